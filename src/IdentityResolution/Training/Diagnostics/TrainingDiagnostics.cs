using System.Globalization;
using IdentityResolution.Fields;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>What deserves a look in a trained model, in plain words and without values.</summary>
internal static class TrainingDiagnostics
{
    // Fewer likely matches than this say nothing about m.
    private const double FewMatches = 10;

    // Millibits; a fifth of a bit moves no pair over a threshold.
    private const int NoWeight = 200;

    /// <summary>One sentence for each finding: first what each comparison lacks, then which comparisons measure the same.</summary>
    /// <param name="trained">The trained model.</param>
    /// <param name="table">The records.</param>
    /// <param name="dependence">Which fields tell others.</param>
    /// <param name="sessions">The pairs of each blocking rule.</param>
    /// <param name="shares">How the pairs of each rule fall into classes.</param>
    /// <param name="sampled">Levels of random pairs, from <see cref="RandomPairs"/>.</param>
    public static List<string> Describe(
        IdentityModel trained, FieldTable table, ColumnDependence dependence, BlockSession[] sessions, SessionShares[] shares, long[][] sampled)
    {
        var notes = new List<string>();
        for (int i = 0; i < trained.Comparisons.Count; i++)
        {
            Comparison comparison = trained.Comparisons[i];
            bool[] levels = Seen(i, comparison, sessions, sampled[i]);
            bool taught = sessions.Zip(shares).Any(item => !item.First.Conditioned[i] && item.First.SampledPairs * item.Second.Match >= FewMatches);
            if (!taught)
            {
                notes.Add($"Comparison '{comparison.Field}' saw too few likely matches to learn from; its m stays near the default.");
            }
            else if (Array.Exists(levels, seen => seen) && comparison.Levels.Where((_, level) => levels[level]).All(level => Math.Abs(level.Weight) < NoWeight))
            {
                notes.Add($"Comparison '{comparison.Field}' learned nothing: every level is about as frequent among matches as among strangers.");
            }
            AddLevels(notes, comparison, levels);
        }
        notes.AddRange(SameEvidence.Find(trained, table, dependence, sessions, shares));
        return notes;
    }

    private static void AddLevels(List<string> notes, Comparison comparison, bool[] seen)
    {
        if (!Array.Exists(seen, level => level))
        {
            notes.Add($"Comparison '{comparison.Field}' saw no pair of records that both have a value.");
            return;
        }
        string[] unseen = [.. comparison.Levels.Where((_, level) => !seen[level]).Select(level => $"'{level.When}'")];
        if (unseen.Length > 0)
        {
            notes.Add($"Comparison '{comparison.Field}' never saw {(unseen.Length == 1 ? "its level" : "its levels")} {string.Join(", ", unseen)}: what {(unseen.Length == 1 ? "it weighs" : "they weigh")} is a guess.");
        }
        for (int level = 0; level < comparison.Levels.Count - 1; level++)
        {
            ComparisonLevel one = comparison.Levels[level];
            if (seen[level] && one.Weight <= -NoWeight)
            {
                notes.Add(string.Create(CultureInfo.InvariantCulture,
                    $"Comparison '{comparison.Field}' counts its level '{one.When}' against a match: it is rarer among matches (m {one.MProbability:G3}) than among strangers (u {one.UProbability:G3})."));
            }
        }
    }

    private static bool[] Seen(int index, Comparison comparison, BlockSession[] sessions, long[] sampled)
    {
        bool[] seen = [.. Enumerable.Range(0, comparison.Levels.Count).Select(level => sampled[level] > 0)];
        foreach (Pattern pattern in sessions.SelectMany(session => session.Patterns))
        {
            byte level = pattern.Levels[index];
            if (level != PairComparer.Missing)
            {
                seen[level] = true;
            }
        }
        return seen;
    }
}
