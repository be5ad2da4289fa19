using System.Buffers.Binary;
using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>Puts records in order of their keys, as <see cref="RecordKeyIndex.Compare"/> has it, whatever the order of arrival.</summary>
/// <remarks>
/// Sources apart. Ids that ascend as most exports have them are merged; of others the most significant bytes first, seven at a time: a radix sort of large ranges, and only records that are equal
/// in those bytes are looked at again, behind the prefix that they share.
/// </remarks>
internal static class RecordKeyOrder
{
    private const int ChunkBytes = 7;
    private const int FewRecords = 16;
    private const int RadixThreshold = 4096;

    /// <summary>The records in order of their keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="workers">Threads, of which each sorts whole sources; null = one.</param>
    public static int[] Sort(RecordKeyIndex keys, Workers? workers = null)
    {
        workers ??= Workers.One;
        int[] order = GroupBySource(keys, out int[] ends);
        workers.Run(ends.Length, static () => new Scratch(), (source, scratch) =>
        {
            int start = source == 0 ? 0 : ends[source - 1];
            if (AscendingRuns.TryMerge(keys, order.AsSpan(start, ends[source] - start)))
            {
                return;
            }
            var pending = new Stack<Range>();
            if (ends[source] > start)
            {
                pending.Push(new Range(start, ends[source] - start, 0));
            }
            scratch.Reserve(ends[source] - start);
            while (pending.TryPop(out Range range))
            {
                SortRange(keys, order, range, scratch, pending);
            }
        });
        return order;
    }

    private static void SortRange(
        RecordKeyIndex keys, int[] order, Range range, Scratch scratch, Stack<Range> pending)
    {
        Span<int> records = order.AsSpan(range.Start, range.Length);
        if (records.Length <= FewRecords)
        {
            records.Sort(keys.Compare);
            return;
        }
        int depth = range.Depth + SharedPrefix(keys, records, range.Depth);
        Span<ulong> chunks = scratch.Chunks.AsSpan(0, range.Length);
        bool sorted = true;
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = Chunk(keys.Id(records[i])[depth..]);
            sorted &= i == 0 || chunks[i - 1] <= chunks[i];
        }
        if (!sorted)
        {
            if (records.Length < RadixThreshold)
            {
                chunks.Sort(records);
            }
            else
            {
                RadixSort.Sort(chunks, records, scratch.SortedChunks.AsSpan(0, chunks.Length), scratch.SortedRecords.AsSpan(0, chunks.Length));
            }
        }
        for (int first = 0; first < chunks.Length;)
        {
            int next = first + 1;
            while (next < chunks.Length && chunks[next] == chunks[first])
            {
                next++;
            }
            if (next - first > 1)
            {
                pending.Push(new Range(range.Start + first, next - first, depth + ChunkBytes));
            }
            first = next;
        }
    }

    private static int[] GroupBySource(RecordKeyIndex keys, out int[] ends)
    {
        int[] sources = [.. Enumerable.Range(0, keys.Sources.Count)];
        Array.Sort(sources, (left, right) => CodePointOrder.Compare(keys.Sources[left], keys.Sources[right]));
        var counts = new int[sources.Length];
        for (int record = 0; record < keys.Count; record++)
        {
            counts[keys.SourceOf(record)]++;
        }
        ends = new int[sources.Length];
        var next = new int[sources.Length];
        int total = 0;
        for (int rank = 0; rank < sources.Length; rank++)
        {
            next[sources[rank]] = total;
            total += counts[sources[rank]];
            ends[rank] = total;
        }
        var order = new int[keys.Count];
        for (int record = 0; record < order.Length; record++)
        {
            order[next[keys.SourceOf(record)]++] = record;
        }
        return order;
    }

    // How many bytes all ids of the range have in common from here on.
    private static int SharedPrefix(RecordKeyIndex keys, ReadOnlySpan<int> records, int depth)
    {
        ReadOnlySpan<byte> prefix = keys.Id(records[0])[depth..];
        foreach (int record in records)
        {
            prefix = prefix[..prefix.CommonPrefixLength(keys.Id(record)[depth..])];
            if (prefix.IsEmpty)
            {
                break;
            }
        }
        return prefix.Length;
    }

    // Seven bytes, then how many there are (8 = more than seven): an id that ends here stands before one that goes on with zero bytes.
    // Two equal chunks are therefore both of longer ids, since keys are unique.
    private static ulong Chunk(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > ChunkBytes)
        {
            return (BinaryPrimitives.ReadUInt64BigEndian(rest) & ~0xFFUL) | (ChunkBytes + 1);
        }
        ulong chunk = (ulong)rest.Length;
        for (int i = 0; i < rest.Length; i++)
        {
            chunk |= (ulong)rest[i] << (56 - (8 * i));
        }
        return chunk;
    }

    private readonly record struct Range(int Start, int Length, int Depth);

    private sealed class Scratch
    {
        public ulong[] Chunks { get; private set; } = [];

        public ulong[] SortedChunks { get; private set; } = [];

        public int[] SortedRecords { get; private set; } = [];

        public void Reserve(int length)
        {
            if (Chunks.Length < length)
            {
                Chunks = GC.AllocateUninitializedArray<ulong>(length);
                SortedChunks = GC.AllocateUninitializedArray<ulong>(length);
                SortedRecords = GC.AllocateUninitializedArray<int>(length);
            }
        }
    }
}
