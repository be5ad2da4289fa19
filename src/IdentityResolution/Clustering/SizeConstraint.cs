using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>No more records than a customer may have.</summary>
internal sealed class SizeConstraint : ClusterConstraint
{
    private readonly int[] _sizes;
    private readonly int _most;

    public SizeConstraint(int records, int most)
        : base(Guard.Size, 0, RecordLink.ByJudgement)
    {
        _most = most;
        _sizes = new int[records];
        _sizes.AsSpan().Fill(1);
    }

    public override void Mark(ReadOnlySpan<int> componentOf, Span<bool> marked)
    {
        var sizes = new int[marked.Length];
        foreach (int component in componentOf)
        {
            marked[component] |= ++sizes[component] > _most;
        }
    }

    public override bool Separates(int left, int right) => (long)_sizes[left] + _sizes[right] > _most;

    public override void Join(int winner, int loser) => _sizes[winner] += _sizes[loser];
}
