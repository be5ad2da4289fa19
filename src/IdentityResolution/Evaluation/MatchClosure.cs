using System.Globalization;
using IdentityResolution.Clustering;

namespace IdentityResolution.Evaluation;

/// <summary>Turns a complete list of matches into true clusters.</summary>
public static class MatchClosure
{
    /// <summary>The clusters that matching pairs make: what is linked by a chain of matches is one person, every other record is alone.</summary>
    /// <param name="records">All records that were looked at.</param>
    /// <param name="labels">Labelled pairs; those that are no match are passed over. Their records need not be among <paramref name="records"/>.</param>
    /// <returns>One member for each record of either list.</returns>
    public static IReadOnlyList<ClusterMember> Close(IEnumerable<RecordKey> records, IEnumerable<LabelledPair> labels)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(labels);
        var numbers = new Dictionary<RecordKey, int>();
        foreach (RecordKey record in records)
        {
            numbers.TryAdd(record, numbers.Count);
        }
        var matches = new List<(int Left, int Right)>();
        foreach (LabelledPair label in labels)
        {
            int left = Number(numbers, label.Left);
            int right = Number(numbers, label.Right);
            if (label.IsMatch)
            {
                matches.Add((left, right));
            }
        }
        var sets = new DisjointSets(numbers.Count);
        foreach ((int left, int right) in matches)
        {
            sets.Union(left, right);
        }
        return [.. numbers.Select(entry => new ClusterMember(entry.Key, sets.Find(entry.Value).ToString(CultureInfo.InvariantCulture)))];
    }

    private static int Number(Dictionary<RecordKey, int> numbers, RecordKey record)
    {
        numbers.TryAdd(record, numbers.Count);
        return numbers[record];
    }
}
