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
        return reader.MayReadSeveral ? CollectSeveral(table.Count, reader) : CollectSingle(table.Count, reader.Features);
    }

    internal static bool IsSplitKey(string key) => FeatureExpression.Parse(key, out _)!.IsSplit;

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
    private static BlockKeys CollectSeveral(int recordCount, BlockKeyReader reader)
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
        var entries = new BlockKeys(Scratch.Rent<ulong>(blockKeys.Count), Scratch.Rent<int>(records.Count), blockKeys.Count, true);
        blockKeys.CopyTo(entries.Keys);
        records.CopyTo(entries.Records);
        return entries;
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
}
