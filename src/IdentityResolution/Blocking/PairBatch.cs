namespace IdentityResolution.Blocking;

/// <summary>Pairs on their way to a visitor: many at once, so that it can ask the memory for all of them before it looks at the first.</summary>
internal struct PairBatch
{
    // Twice as many records as pairs: most blocks have two. As many rows as fit in the first-level cache, beside the rest.
    private const int MaxPairs = 128;
    private const int MaxRecords = 256;
    private readonly (int Left, int Right)[] _pairs = new (int Left, int Right)[MaxPairs];
    private readonly int[] _records = new int[MaxRecords];
    private int _count;
    private int _recordCount;

    public PairBatch()
    {
    }

    /// <summary>How many pairs were added.</summary>
    public long Pairs { get; private set; }

    /// <summary>Makes room for as many pairs as one look at a block can bring.</summary>
    public void MakeRoom<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, CandidatePairs.IPairVisitor
    {
        if (_count > MaxPairs - FreshPairs.Width)
        {
            Flush(ref visitor);
        }
    }

    /// <summary>Adds a pair; the smaller index is its left.</summary>
    public void Add(int left, int right)
    {
        _pairs[_count++] = (left, right);
        Pairs++;
    }

    /// <summary>Names records of pairs that come, as far as there is room.</summary>
    public void Announce(ReadOnlySpan<int> records)
    {
        records = records[..Math.Min(records.Length, MaxRecords - _recordCount)];
        records.CopyTo(_records.AsSpan(_recordCount));
        _recordCount += records.Length;
    }

    /// <summary>Hands everything over.</summary>
    public void Flush<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, CandidatePairs.IPairVisitor
    {
        if (_count > 0)
        {
            visitor.Visit(_pairs.AsSpan(0, _count), _records.AsSpan(0, _recordCount));
        }
        _count = 0;
        _recordCount = 0;
    }
}
