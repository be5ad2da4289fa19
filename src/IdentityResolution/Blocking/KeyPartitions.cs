using System.Numerics;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>Keys divided by a hash, so that equal ones stand in one partition and a partition stays in the processor's caches while it is grouped.</summary>
/// <remarks>Within a partition keys keep their order. The arrays are scratch.</remarks>
internal sealed class KeyPartitions
{
    private const int PieceLength = 1 << 14;
    private const int KeysPerPartition = 1 << 13;
    private const int MostBits = 9;
    private readonly ulong[] _keys;
    private readonly int[] _records;
    private readonly int[] _starts;

    private KeyPartitions(ulong[] keys, int[] records, int[] starts)
    {
        _keys = keys;
        _records = records;
        _starts = starts;
    }

    /// <summary>How many partitions there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The keys of a partition.</summary>
    public ReadOnlySpan<ulong> KeysOf(int partition) => _keys.AsSpan(_starts[partition].._starts[partition + 1]);

    /// <summary>The record of each key of a partition; may be put in another order.</summary>
    public Span<int> RecordsOf(int partition) => _records.AsSpan(_starts[partition].._starts[partition + 1]);

    /// <summary>Divides keys.</summary>
    /// <param name="source">The keys.</param>
    /// <param name="withRecords">Are the records of the keys to come along?</param>
    /// <param name="workers">Threads; the outcome does not depend on them.</param>
    public static KeyPartitions Split(IKeySource source, bool withRecords, Workers workers)
    {
        int pieces = (source.Length + PieceLength - 1) / PieceLength;
        int bits = Math.Min(MostBits, BitOperations.Log2((uint)(source.Length / KeysPerPartition) | 1));
        int count = 1 << bits;
        ulong[] read = Scratch.Rent<ulong>(source.Length);
        // First how many keys of each piece go to each partition, then where.
        var places = new int[pieces * count];
        workers.Run(pieces, piece =>
        {
            int first = piece * PieceLength;
            Span<ulong> keysOfPiece = read.AsSpan(first, Math.Min(PieceLength, source.Length - first));
            source.Read(first, keysOfPiece);
            Span<int> own = places.AsSpan(piece * count, count);
            foreach (ulong key in keysOfPiece)
            {
                if (key != IKeySource.None)
                {
                    own[PartitionOf(key, bits)]++;
                }
            }
        });
        var starts = new int[count + 1];
        int total = 0;
        for (int partition = 0; partition < count; partition++)
        {
            for (int place = partition; place < places.Length; place += count)
            {
                (places[place], total) = (total, total + places[place]);
            }
            starts[partition + 1] = total;
        }
        ulong[] keys = Scratch.Rent<ulong>(total);
        int[] records = withRecords ? Scratch.Rent<int>(total) : [];
        workers.Run(pieces, piece =>
        {
            Span<int> own = places.AsSpan(piece * count, count);
            ReadOnlySpan<int> recordOf = source.RecordOf;
            int end = Math.Min(source.Length, (piece + 1) * PieceLength);
            for (int from = piece * PieceLength; from < end; from++)
            {
                ulong key = read[from];
                if (key == IKeySource.None)
                {
                    continue;
                }
                int place = own[PartitionOf(key, bits)]++;
                keys[place] = key;
                if (withRecords)
                {
                    records[place] = recordOf.IsEmpty ? from : recordOf[from];
                }
            }
        });
        Scratch.Return(read);
        return new KeyPartitions(keys, records, starts);
    }

    /// <summary>Gives the memory back; there are no keys then.</summary>
    public void Free()
    {
        Scratch.Return(_keys);
        if (_records.Length > 0)
        {
            Scratch.Return(_records);
        }
    }

    private static int PartitionOf(ulong key, int bits) => (int)((StableHash.Of(key) >> 1) >> (63 - bits));
}
