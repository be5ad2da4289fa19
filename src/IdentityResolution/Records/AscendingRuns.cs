namespace IdentityResolution.Records;

/// <summary>Puts records of one source in order whose ids ascend already, shorter ones first, as numbers behind a prefix do.</summary>
/// <remarks>Ids of one length are then in order; what is left is to merge one run for each length, from the shortest ids to the longest.</remarks>
internal static class AscendingRuns
{
    // Each merge moves all before it again: with more lengths another way is quicker.
    private const int MostRuns = 16;

    /// <summary>Puts records in order of their ids; false, with nothing changed, when their ids don't ascend or have too many lengths.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="records">Records of one source, in order of arrival; receives them in order of ids.</param>
    public static bool TryMerge(RecordKeyIndex keys, Span<int> records)
    {
        Span<int> ends = stackalloc int[MostRuns];
        int runs = FindRuns(keys, records, ends);
        if (runs < 0)
        {
            return false;
        }
        if (runs < 2)
        {
            return true;
        }
        int[] before = GC.AllocateUninitializedArray<int>(ends[runs - 2]);
        for (int run = 1; run < runs; run++)
        {
            Span<int> merged = before.AsSpan(0, ends[run - 1]);
            records[..merged.Length].CopyTo(merged);
            Merge(keys, merged, records[..ends[run]]);
        }
        return true;
    }

    // Where the run of each length ends; -1 = the ids do not ascend.
    private static int FindRuns(RecordKeyIndex keys, ReadOnlySpan<int> records, Span<int> ends)
    {
        int runs = 0;
        bool isKnown = keys.AscendsByLength;
        for (int i = 1; i < records.Length; i++)
        {
            ReadOnlySpan<byte> id = keys.Id(records[i]);
            ReadOnlySpan<byte> last = keys.Id(records[i - 1]);
            if (id.Length > last.Length && runs < ends.Length - 1)
            {
                ends[runs++] = i;
            }
            else if (id.Length != last.Length || (!isKnown && ShortBytes.Compare(id, last) <= 0))
            {
                return -1;
            }
        }
        if (records.Length > 0)
        {
            ends[runs++] = records.Length;
        }
        return runs;
    }

    // The longer ids stand at the end of the target; what is written never passes what is still to be read of them.
    private static void Merge(RecordKeyIndex keys, ReadOnlySpan<int> shorter, Span<int> target)
    {
        int next = shorter.Length;
        int place = 0;
        foreach (int record in shorter)
        {
            ReadOnlySpan<byte> id = keys.Id(record);
            while (next < target.Length && ShortBytes.Compare(keys.Id(target[next]), id) < 0)
            {
                target[place++] = target[next++];
            }
            target[place++] = record;
        }
    }
}
