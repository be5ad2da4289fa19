using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>No more records than a customer may have.</summary>
internal sealed class SizeConstraint : ClusterConstraint
{
    private readonly int _records;
    private readonly int _most;
    private int[]? _sizes;

    public SizeConstraint(int records, int most)
        : base(Guard.Size, 0, RecordLink.ByJudgement) => (_records, _most) = (records, most);

    // Seldom asked for: mostly no component is marked at all. Whichever thread asks first makes them.
    private int[] Sizes => Volatile.Read(ref _sizes) ?? MakeSizes();

    public override void Mark(ReadOnlySpan<int> componentOf, Span<bool> marked)
    {
        var sizes = new int[marked.Length];
        foreach (int component in componentOf)
        {
            marked[component] |= ++sizes[component] > _most;
        }
    }

    public override bool Separates(int left, int right) => (long)Sizes[left] + Sizes[right] > _most;

    public override void Join(int winner, int loser) => Sizes[winner] += Sizes[loser];

    private int[] MakeSizes()
    {
        int[] sizes = GC.AllocateUninitializedArray<int>(_records);
        sizes.AsSpan().Fill(1);
        return Interlocked.CompareExchange(ref _sizes, sizes, null) ?? sizes;
    }
}
