using IdentityResolution.Features;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>The combined keys of a rule with the records that have them, unsorted.</summary>
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
        FeatureMap[] features = [.. keys.Where(key => !IsSplitKey(key)).Select(table.Prepare)];
        return keys.FirstOrDefault(IsSplitKey) is { } split
            ? CollectSplit(table.Count, features, table.PrepareSplit(split))
            : CollectSingle(table.Count, features);
    }

    internal static bool IsSplitKey(string key) => FeatureExpression.Parse(key, out _)!.IsSplit;

    private static BlockKeys CollectSingle(int recordCount, FeatureMap[] features)
    {
        var blockKeys = new ulong[recordCount];
        var records = new int[recordCount];
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

    private static BlockKeys CollectSplit(int recordCount, FeatureMap[] features, SplitFeature split)
    {
        var blockKeys = new List<ulong>(recordCount);
        var records = new List<int>(recordCount);
        var codes = new List<int>();
        for (int record = 0; record < recordCount; record++)
        {
            ulong rest = 0;
            if (features.Length > 0 && !TryCombine(features, record, out rest))
            {
                continue;
            }
            split.AddCodes(record, codes);
            foreach (int code in codes)
            {
                blockKeys.Add(Combine(rest, features.Length, code));
                records.Add(record);
            }
        }
        return new BlockKeys([.. blockKeys], [.. records], blockKeys.Count, true);
    }

    internal static ulong Combine(ulong rest, int features, int code) => features switch
    {
        0 => (ulong)code,
        1 => (rest << 32) | (uint)code,
        _ => StableHash.Combine(rest, (ulong)code),
    };

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
            // Two codes fit side by side; with more the key is a hash, whose collisions would only add a candidate pair.
            key = i == 1 ? (key << 32) | (uint)code : StableHash.Combine(key, (ulong)code);
        }
        return true;
    }
}
