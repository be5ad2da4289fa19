using System.Runtime.InteropServices;
using IdentityResolution.Features;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>The combined keys of a rule with the records that have them, unsorted. Both arrays are scratch.</summary>
/// <param name="Keys">Combined keys. Length: at least <paramref name="Count"/>.</param>
/// <param name="Records">The record of each key. Length: at least <paramref name="Count"/>.</param>
/// <param name="Count">How many keys there are.</param>
/// <param name="IsSplit">Can a record have several keys?</param>
internal readonly record struct BlockKeys(ulong[] Keys, int[] Records, int Count, bool IsSplit)
{
    /// <summary>Combines the keys of every record that has all of them.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features; at most one of them split.</param>
    public static BlockKeys Collect(FieldTable table, IReadOnlyList<string> keys)
    {
        var reader = new BlockKeyReader(table, keys);
        if (!reader.MayReadSeveral)
        {
            return CollectSingle(table.Count, reader.Features);
        }
        (List<ulong> blockKeys, List<int> records) = CollectSeveral(table.Count, reader);
        var entries = new BlockKeys(Scratch.Rent<ulong>(blockKeys.Count), Scratch.Rent<int>(records.Count), blockKeys.Count, true);
        blockKeys.CopyTo(entries.Keys);
        records.CopyTo(entries.Records);
        return entries;
    }

    internal static bool IsSplitKey(string key) => FeatureExpression.Parse(key, out _)!.IsSplit;

    /// <summary>The combined keys of every record that has all features, to be grouped.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features; at most one of them split.</param>
    /// <param name="isSplit">Can a record have several keys?</param>
    public static IKeySource Open(FieldTable table, IReadOnlyList<string> keys, out bool isSplit)
    {
        var reader = new BlockKeyReader(table, keys);
        isSplit = reader.MayReadSeveral;
        if (!isSplit)
        {
            return new KeyColumns(reader.Features, table.Count);
        }
        (List<ulong> blockKeys, List<int> records) = CollectSeveral(table.Count, reader);
        return new ListedKeys(blockKeys, records);
    }

    private static BlockKeys CollectSingle(int recordCount, FeatureMap[] features)
    {
        ulong[] blockKeys = Scratch.Rent<ulong>(recordCount);
        int[] records = Scratch.Rent<int>(recordCount);
        int count = 0;
        for (int record = 0; record < recordCount; record++)
        {
            if (TryCombine(features, record, out ulong key))
            {
                blockKeys[count] = key;
                records[count++] = record;
            }
        }
        return new BlockKeys(blockKeys, records, count, false);
    }

    // A record stands in the block of each combination of its values and words.
    private static (List<ulong> Keys, List<int> Records) CollectSeveral(int recordCount, BlockKeyReader reader)
    {
        var blockKeys = new List<ulong>(recordCount);
        var records = new List<int>(recordCount);
        var ofRecord = new List<ulong>();
        for (int record = 0; record < recordCount; record++)
        {
            reader.Read(record, ofRecord);
            foreach (ulong key in ofRecord)
            {
                blockKeys.Add(key);
                records.Add(record);
            }
        }
        return (blockKeys, records);
    }

    internal static bool TryCombine(FeatureMap[] features, int record, out ulong key)
    {
        int first = features[0].CodeOf(record);
        key = (ulong)first;
        if (first < 0)
        {
            return false;
        }
        for (int i = 1; i < features.Length; i++)
        {
            int code = features[i].CodeOf(record);
            if (code < 0)
            {
                return false;
            }
            key = Combine(key, code, i);
        }
        return true;
    }

    // Two codes fit side by side; with more the key is a hash, whose collisions would only add a candidate pair.
    internal static ulong Combine(ulong key, int code, int position) => position == 1 ? (key << 32) | (uint)code : StableHash.Combine(key, (ulong)code);

    private sealed class ListedKeys(List<ulong> all, List<int> recordOf) : IKeySource
    {
        public int Length => all.Count;

        public ReadOnlySpan<int> RecordOf => CollectionsMarshal.AsSpan(recordOf);

        public void Read(int first, Span<ulong> keys) => CollectionsMarshal.AsSpan(all).Slice(first, keys.Length).CopyTo(keys);
    }
}
