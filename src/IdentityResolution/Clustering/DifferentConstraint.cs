using IdentityResolution.Fields;

namespace IdentityResolution.Clustering;

/// <summary>A rule that forbids two values of one feature: of each cluster it is enough to know its value, or that it has several.</summary>
internal sealed class DifferentConstraint : ClusterConstraint
{
    private const int Missing = -1;
    private const int Several = -2;
    private readonly int[] _valueOf;

    public DifferentConstraint(int rule, FeatureMap feature, int records)
        : base(Guard.Rule, rule, rule)
    {
        _valueOf = new int[records];
        for (int record = 0; record < records; record++)
        {
            _valueOf[record] = feature.CodeOf(record);
        }
    }

    public override void Mark(ReadOnlySpan<int> componentOf, Span<bool> marked)
    {
        var values = new int[marked.Length];
        values.AsSpan().Fill(Missing);
        for (int record = 0; record < componentOf.Length; record++)
        {
            int component = componentOf[record];
            marked[component] |= Differ(values[component], _valueOf[record]);
            values[component] = Both(values[component], _valueOf[record]);
        }
    }

    // Several values came together by a rule above this one: each value differs from one of them.
    public override bool Separates(int left, int right) => Differ(_valueOf[left], _valueOf[right]);

    public override void Join(int winner, int loser) => _valueOf[winner] = Both(_valueOf[winner], _valueOf[loser]);

    private static bool Differ(int left, int right) => left != Missing && right != Missing && (left == Several || left != right);

    private static int Both(int left, int right) => Differ(left, right) ? Several : Math.Max(left, right) is var one and >= 0 ? one : Math.Min(left, right);
}
