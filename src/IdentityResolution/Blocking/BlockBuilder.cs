using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>Builds blocks of equal keys: partition by partition, and then side by side in order of their records.</summary>
/// <remarks>Blocks whose first records are near each other stand together, so that who goes through the blocks finds half of the records near the last ones.</remarks>
internal sealed class BlockBuilder
{
    // So many records are near each other: what is kept of them fits in the processor's caches.
    private const int StretchBits = 14;
    private readonly KeyPartitions _partitions;
    private readonly int _maxBlockSize;
    private readonly int _stretches;

    // Per partition: the sizes of its blocks in order, and how many records stand in blocks over the limit, after those of the blocks.
    private readonly int[][] _sizes;
    private readonly int[][] _oversized;

    // Per stretch and partition: where its blocks and their records go.
    private readonly (int Blocks, int Records)[] _places;

    /// <summary>Groups the keys.</summary>
    /// <param name="partitions">The keys with their records; the records are put in another order.</param>
    /// <param name="records">How many records there are.</param>
    /// <param name="maxBlockSize">Records in the largest block that is kept.</param>
    /// <param name="workers">Threads.</param>
    public BlockBuilder(KeyPartitions partitions, int records, int maxBlockSize, Workers workers)
    {
        _partitions = partitions;
        _maxBlockSize = maxBlockSize;
        _stretches = (records >> StretchBits) + 1;
        _sizes = new int[partitions.Count][];
        _oversized = new int[partitions.Count][];
        _places = new (int Blocks, int Records)[_stretches * partitions.Count];
        workers.Run(partitions.Count, static () => new BlockArranger(), Arrange);
        for (int place = 0; place < _places.Length; place++)
        {
            (int blocks, int kept) = _places[place];
            _places[place] = (Blocks, Records);
            (Blocks, Records) = (Blocks + blocks, Records + kept);
        }
    }

    /// <summary>How many blocks there are.</summary>
    public int Blocks { get; }

    /// <summary>How many records the blocks have.</summary>
    public int Records { get; }

    /// <summary>Hands the blocks over that are over the limit.</summary>
    public void Divide(BlockDivider divider)
    {
        for (int partition = 0; partition < _oversized.Length; partition++)
        {
            ReadOnlySpan<int> records = _partitions.RecordsOf(partition)[_sizes[partition].Sum()..];
            foreach (int size in _oversized[partition])
            {
                divider.Divide(records[..size]);
                records = records[size..];
            }
        }
    }

    /// <summary>Writes the blocks.</summary>
    /// <param name="records">Receives the records, block after block.</param>
    /// <param name="starts">Receives where each block starts.</param>
    /// <param name="workers">Threads.</param>
    public void Write(LargeArray<int> records, LargeArray<int> starts, Workers workers) => workers.Run(_partitions.Count, partition =>
    {
        ReadOnlySpan<int> from = _partitions.RecordsOf(partition);
        Span<int> to = records.Span;
        Span<int> startOf = starts.Span;
        foreach (int size in _sizes[partition])
        {
            ref (int Blocks, int Records) place = ref PlaceOf(from[0], partition);
            startOf[place.Blocks] = place.Records;
            from[..size].CopyTo(to[place.Records..]);
            place = (place.Blocks + 1, place.Records + size);
            from = from[size..];
        }
    });

    private void Arrange(int partition, BlockArranger arranger)
    {
        Span<int> records = _partitions.RecordsOf(partition);
        (_sizes[partition], _oversized[partition]) = arranger.Arrange(_partitions.KeysOf(partition), records, _maxBlockSize);
        foreach (int size in _sizes[partition])
        {
            ref (int Blocks, int Records) place = ref PlaceOf(records[0], partition);
            place = (place.Blocks + 1, place.Records + size);
            records = records[size..];
        }
    }

    private ref (int Blocks, int Records) PlaceOf(int record, int partition) => ref _places[((record >> StretchBits) * _partitions.Count) + partition];
}
