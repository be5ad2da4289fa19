using IdentityResolution.Blocking;
using IdentityResolution.Fields;

namespace IdentityResolution.Training;

/// <summary>Counts the term frequencies that a model asks for and does not hold, as one that comes from elsewhere may not.</summary>
internal static class MissingFrequencies
{
    /// <summary>Does a trained comparison lack its term frequencies?</summary>
    public static bool AreIn(IdentityModel model) => model.Comparisons.Any(Lacks);

    /// <summary>The model with a table for each comparison that lacks one; m, u and priors stay as they are.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="table">The records.</param>
    /// <param name="filter">Which pairs may match.</param>
    public static IdentityModel Count(IdentityModel model, FieldTable table, PairFilter filter)
    {
        double matchesPerRecord = table.Count < 2 ? 0 : 2 * model.PriorMatchProbability * filter.PossiblePairs / table.Count;
        return model with
        {
            Comparisons = [.. model.Comparisons.Select(comparison =>
            {
                if (!Lacks(comparison))
                {
                    return comparison;
                }
                ComparisonLevel exact = comparison.Levels.First(IsExact);
                return comparison with
                {
                    TermFrequencies = TermFrequencyEstimator.Estimate(
                        table[comparison.Field], table[comparison.Field].CountValues(), exact.UProbability!.Value, matchesPerRecord * exact.MProbability!.Value),
                };
            })],
        };
    }

    private static bool Lacks(Comparison comparison) =>
        comparison is { AdjustForTermFrequency: true, TermFrequencies: null } && comparison.Levels.Any(IsExact);

    private static bool IsExact(ComparisonLevel level) => string.Equals(level.When, "exact", StringComparison.Ordinal);
}
