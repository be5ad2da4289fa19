using IdentityResolution.Features;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Blocking;

/// <summary>Sorts the records by their keys and cuts the order into windows that overlap by half.</summary>
/// <remarks>Hernández and Stolfo, The merge/purge problem for large databases (1995). Two records at most half a window apart share one.</remarks>
internal static class SortedNeighbourhood
{
    /// <summary>The records that have the first key, in order of the texts of all keys, a missing one first; where all are equal, of the hashes of the records' own keys.</summary>
    public static int[] Sort(FieldTable table, IReadOnlyList<string> keys)
    {
        FeatureMap[] features = [.. keys.Select(table.Prepare)];
        int[][] ranks = [.. keys.Select((key, i) => Rank(features[i], FeatureExpression.Parse(key, out _)!, table))];
        int[] order = [.. Enumerable.Range(0, table.Count).Where(record => Value(features[0], record) >= 0)];
        var by = new ulong[order.Length];
        // The least important criterion first: each later sort keeps the order of records that it finds equal.
        Sort(order, by, table.Keys.Hash);
        for (int key = keys.Count - 1; key >= 0; key--)
        {
            Sort(order, by, record => Value(features[key], record) is var value and >= 0 ? (ulong)ranks[key][value] + 1 : 0);
        }
        return order;
    }

    /// <summary>Where each window begins, and where the last one ends.</summary>
    /// <param name="count">How many records are sorted.</param>
    /// <param name="window">Records in a window, at least 2.</param>
    public static IEnumerable<Range> Windows(int count, int window)
    {
        int step = Math.Max(1, window / 2);
        for (int start = 0; start + 1 < count; start += step)
        {
            int end = Math.Min(count, start + window);
            yield return start..end;
            if (end == count)
            {
                break;
            }
        }
    }

    private static void Sort(int[] order, ulong[] by, Func<int, ulong> criterion)
    {
        for (int i = 0; i < order.Length; i++)
        {
            by[i] = criterion(order[i]);
        }
        RadixSort.Sort(by, order);
    }

    // The value that a record is sorted by: of several the first.
    private static int Value(FeatureMap feature, int record)
    {
        int value = feature.Column.Codes[record];
        return value < 0 || (feature.CodeOfValue is { } codes && codes[First(feature, value)] < 0) ? -1 : First(feature, value);
    }

    private static int First(FeatureMap feature, int value) => feature.HasSets ? feature.Column.MembersOf(value)[0] : value;

    // The place of each value among the texts of the feature, in ordinal order.
    private static int[] Rank(FeatureMap feature, FeatureExpression expression, FieldTable table)
    {
        ValueDictionary values = feature.Column.Values;
        string[] texts = [.. Enumerable.Range(0, values.Count).Select(value => Transforms.ApplyAll(expression.Steps, values.GetString(value), table.Nicknames))];
        int[] order = [.. Enumerable.Range(0, texts.Length)];
        Array.Sort(order, (left, right) => string.CompareOrdinal(texts[left], texts[right]));
        var ranks = new int[texts.Length];
        for (int i = 1; i < order.Length; i++)
        {
            ranks[order[i]] = ranks[order[i - 1]] + (string.Equals(texts[order[i]], texts[order[i - 1]], StringComparison.Ordinal) ? 0 : 1);
        }
        return ranks;
    }
}
