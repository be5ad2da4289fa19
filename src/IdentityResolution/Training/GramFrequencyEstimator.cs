using IdentityResolution.Fields;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Learns in which share of a field's distinct values each character triple stands.</summary>
internal static class GramFrequencyEstimator
{
    private const int MaxListedGrams = 5000;

    /// <summary>The table of a field.</summary>
    /// <remarks>The most common triples are listed; the rest share the frequency of an average one of them.</remarks>
    public static TermFrequencyTable Estimate(FieldColumn column)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        char[] buffer = new char[256];
        int single = 0;
        for (int code = 0; code < column.Values.Count; code++)
        {
            if (column.Sets is { } sets && sets.IsSet(code))
            {
                continue;
            }
            single++;
            seen.Clear();
            foreach (Range range in GramTable.Split(column.Values[code], ref buffer, out ReadOnlySpan<char> padded))
            {
                string gram = padded[range].ToString();
                if (seen.Add(gram))
                {
                    counts[gram] = counts.GetValueOrDefault(gram) + 1;
                }
            }
        }
        double values = Math.Max(2, single);
        KeyValuePair<string, int>[] ordered = [.. counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)];
        KeyValuePair<string, int>[] rest = ordered.Length > MaxListedGrams ? ordered[MaxListedGrams..] : [];
        double unlisted = rest.Length == 0 ? 1 : (double)rest.Sum(entry => (long)entry.Value) / rest.Length;
        return new TermFrequencyTable(
            LearnedNumber.Round(Math.Min(1, unlisted / values)),
            ordered.Take(MaxListedGrams).ToDictionary(entry => entry.Key, entry => LearnedNumber.Round(Math.Min(1, entry.Value / values)), StringComparer.Ordinal));
    }
}
