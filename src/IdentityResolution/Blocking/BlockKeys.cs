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

    /// <summary>Collects keys of 32 bits where all keys of a rule fit in them; in the same order as the long ones.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features.</param>
    /// <param name="shortKeys">The keys, as scratch. Length: at least the returned number.</param>
    /// <param name="records">The record of each key, as scratch.</param>
    /// <param name="bits">Significant bits of the keys.</param>
    /// <returns>How many keys there are; -1 = they do not fit, or a record may have several.</returns>
    public static int TryCollectShort(FieldTable table, IReadOnlyList<string> keys, out uint[] shortKeys, out int[] records, out int bits)
    {
        (shortKeys, records, bits) = ([], [], 0);
        if (keys.Count > 2 || keys.Any(IsSplitKey) || keys.Any(key => table.Prepare(key).HasSets))
        {
            return -1;
        }
        FeatureMap first = table.Prepare(keys[0]);
        FeatureMap second = table.Prepare(keys[^1]);
        int secondBits = keys.Count == 1 ? 0 : second.CodeBits;
        bits = Math.Max(1, first.CodeBits + secondBits);
        if (bits > 32)
        {
            return -1;
        }
        shortKeys = Scratch.Rent<uint>(table.Count);
        records = Scratch.Rent<int>(table.Count);
        return keys.Count == 1
            ? Collect(first.Column.Codes.AsSpan(0, table.Count), Spanned(first), [], default, 0, shortKeys, records)
            : Collect(first.Column.Codes.AsSpan(0, table.Count), Spanned(first), second.Column.Codes.Span, Spanned(second), secondBits, shortKeys, records);
    }

    // Values of one key, or of two, with the features of the values where the key is not the value itself.
    private static int Collect(
        ReadOnlySpan<int> first, ReadOnlySpan<int> featureOfFirst, ReadOnlySpan<int> second, ReadOnlySpan<int> featureOfSecond, int secondBits, uint[] shortKeys, int[] records)
    {
        int count = 0;
        for (int record = 0; record < first.Length; record++)
        {
            int code = first[record];
            int other = second.IsEmpty ? 0 : second[record];
            if ((code | other) < 0)
            {
                continue;
            }
            code = featureOfFirst.IsEmpty ? code : featureOfFirst[code];
            other = featureOfSecond.IsEmpty ? other : featureOfSecond[other];
            if ((code | other) >= 0)
            {
                shortKeys[count] = ((uint)code << secondBits) | (uint)other;
                records[count++] = record;
            }
        }
        return count;
    }

    // Empty = the value itself.
    private static ReadOnlySpan<int> Spanned(FeatureMap feature) => feature.CodeOfValue is { } codes ? codes.Span : default;

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
