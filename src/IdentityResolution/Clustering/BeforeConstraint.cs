using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>A rule that forbids a date before another: of each cluster it is enough to know the first of the one and the last of the other.</summary>
internal sealed class BeforeConstraint : ClusterConstraint
{
    // By representative: when everything that has to lie after must lie at the latest, and what the latest of it is.
    private readonly int[] _first;
    private readonly int[] _second;

    public BeforeConstraint(int rule, DateSpans first, DateSpans second, int records)
        : base(Guard.Rule, rule, rule)
    {
        _first = new int[records];
        _second = new int[records];
        for (int record = 0; record < records; record++)
        {
            _first[record] = first.Latest(record);
            _second[record] = second.Earliest(record);
        }
    }

    public override void Mark(ReadOnlySpan<int> componentOf, Span<bool> marked)
    {
        var first = new int[marked.Length];
        var second = new int[marked.Length];
        first.AsSpan().Fill(int.MaxValue);
        second.AsSpan().Fill(int.MinValue);
        for (int record = 0; record < componentOf.Length; record++)
        {
            int component = componentOf[record];
            first[component] = Math.Min(first[component], _first[record]);
            second[component] = Math.Max(second[component], _second[record]);
            marked[component] |= first[component] < second[component];
        }
    }

    public override bool Separates(int left, int right) => _first[left] < _second[right] || _first[right] < _second[left];

    public override void Join(int winner, int loser)
    {
        _first[winner] = Math.Min(_first[winner], _first[loser]);
        _second[winner] = Math.Max(_second[winner], _second[loser]);
    }
}
