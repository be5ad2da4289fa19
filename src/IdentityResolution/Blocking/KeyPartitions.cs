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
        // First how many keys of each piece go to each partition, then where.
        var places = new int[pieces * count];
        workers.Run(pieces, number =>
        {
            using var piece = new Piece(source, number);
            Span<int> own = places.AsSpan(number * count, count);
            foreach (ulong key in piece.Keys)
            {
                own[PartitionOf(key, bits)]++;
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
        workers.Run(pieces, number =>
        {
            using var piece = new Piece(source, number);
            Span<int> own = places.AsSpan(number * count, count);
            ReadOnlySpan<ulong> keysOfPiece = piece.Keys;
            ReadOnlySpan<int> recordsOfPiece = piece.Records;
            for (int i = 0; i < keysOfPiece.Length; i++)
            {
                int place = own[PartitionOf(keysOfPiece[i], bits)]++;
                keys[place] = keysOfPiece[i];
                if (withRecords)
                {
                    records[place] = recordsOfPiece[i];
                }
            }
        });
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

    // The keys of a piece and the record of each, as scratch.
    private readonly ref struct Piece
    {
        private readonly ulong[] _keys;
        private readonly int[] _records;
        private readonly int _count;

        public Piece(IKeySource source, int piece)
        {
            int first = piece * PieceLength;
            int length = Math.Min(PieceLength, source.Length - first);
            _keys = Scratch.Rent<ulong>(length);
            _records = Scratch.Rent<int>(length);
            _count = source.Read(first, _keys.AsSpan(0, length), _records.AsSpan(0, length));
        }

        public ReadOnlySpan<ulong> Keys => _keys.AsSpan(0, _count);

        public ReadOnlySpan<int> Records => _records.AsSpan(0, _count);

        public void Dispose()
        {
            Scratch.Return(_keys);
            Scratch.Return(_records);
        }
    }
}
