using System.Globalization;
using IdentityResolution.Fields;

namespace IdentityResolution.Training;

/// <summary>Finds comparisons that measure the same thing, whose weights a sum counts twice.</summary>
internal static class SameEvidence
{
    /// <summary>One sentence for each pair of comparisons.</summary>
    /// <param name="trained">The trained model.</param>
    /// <param name="table">The records.</param>
    /// <param name="dependence">Which fields tell others.</param>
    /// <param name="sessions">The pairs of each blocking rule.</param>
    /// <param name="shares">How the pairs of each rule fall into classes.</param>
    public static IEnumerable<string> Find(
        IdentityModel trained, FieldTable table, ColumnDependence dependence, BlockSession[] sessions, SessionShares[] shares)
    {
        for (int i = 0; i < trained.Comparisons.Count; i++)
        {
            for (int j = i + 1; j < trained.Comparisons.Count; j++)
            {
                if (trained.Comparisons[i].EvidenceShare is not null || trained.Comparisons[j].EvidenceShare is not null)
                {
                    continue;
                }
                string first = trained.Comparisons[i].Field;
                string second = trained.Comparisons[j].Field;
                if (Describe(table[first], table[second], dependence, LevelAssociation.Measure(i, j, trained, sessions, shares), Damage(trained, i, j)) is { } found)
                {
                    yield return $"Comparisons '{first}' and '{second}' measure the same thing ({found}): their weights are counted twice; consider leaving one out.";
                }
            }
        }
    }

    private static string? Describe(FieldColumn first, FieldColumn second, ColumnDependence dependence, LevelAssociation association, double damage)
    {
        if (dependence.AreCopies(first, second))
        {
            return "they hold the same values";
        }
        if (dependence.Determines(first, second))
        {
            return $"the value of '{first.Name}' tells that of '{second.Name}'";
        }
        if (dependence.Determines(second, first))
        {
            return $"the value of '{second.Name}' tells that of '{first.Name}'";
        }
        if (!association.IsStrong(damage))
        {
            return null;
        }
        return association.Matches is { } matches
            ? string.Create(CultureInfo.InvariantCulture, $"they agree and disagree together, with a correlation of {matches:F2} among matches")
            : "they agree and disagree together";
    }

    // The median of how often matches disagree on the other comparisons.
    private static double Damage(IdentityModel trained, int first, int second)
    {
        double[] others = [.. trained.Comparisons
            .Where((_, i) => i != first && i != second)
            .Select(comparison => comparison.Levels[^1].MProbability ?? 0)
            .Order()];
        return others.Length == 0 ? 0 : others[others.Length / 2];
    }
}
