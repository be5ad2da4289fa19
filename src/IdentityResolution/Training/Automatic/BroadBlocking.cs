using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;

namespace IdentityResolution.Training;

/// <summary>Rules on one field each, for records so few that they can be afforded. Pairs of broad blocks are weighed, but not learned from.</summary>
/// <remarks>
/// With few records, too many pairs of relatives and neighbours among those that training sees would draw the class of matches to them;
/// a trained model tells them apart. So training leaves these rules out.
/// </remarks>
internal static class BroadBlocking
{
    // Among so many allowed pairs no set of rules needs a budget.
    private const long FewPairs = 2_000_000;

    // As many as the pattern counts of training have room for, should the model be trained again.
    private const int MaxRules = 32;
    private const int MaxBlockSize = 1000;

    // Words that so many records share tell nothing.
    private const int MaxRecordsPerWord = 8;

    /// <summary>A trained model with broad rules where the records are few.</summary>
    /// <param name="trained">The model.</param>
    /// <param name="table">The records.</param>
    /// <param name="filter">Which pairs may match.</param>
    /// <param name="decisions">Receives what was added.</param>
    public static IdentityModel Add(IdentityModel trained, FieldTable table, PairFilter filter, List<string> decisions)
    {
        if (trained.BlockingRules.Count == 0 || filter.PossiblePairs > FewPairs)
        {
            return trained;
        }
        HashSet<string> compared = [.. trained.Comparisons.Select(comparison => comparison.Field)];
        HashSet<string> known = [.. trained.BlockingRules.Select(rule => string.Join('+', rule.Keys))];
        var added = new List<BlockingRule>();
        foreach (string key in trained.Fields.Where(field => compared.Contains(field.Name)).SelectMany(KeysOf))
        {
            int maxBlockSize = key.EndsWith(".words", StringComparison.Ordinal) ? MaxRecordsPerWord : MaxBlockSize;
            if (trained.BlockingRules.Count + added.Count < MaxRules && known.Add(key) && BlockTally.Count(table, [key], maxBlockSize, filter).Pairs > 0)
            {
                added.Add(new BlockingRule { Keys = [key], MaxBlockSize = maxBlockSize, Trains = false });
            }
        }
        if (added.Count == 0)
        {
            return trained;
        }
        decisions.Add(string.Create(CultureInfo.InvariantCulture,
            $"The records are few, so records are also compared, though not learned from, that share {string.Join(", ", added.Select(rule => rule.Keys[0]))}."));
        return trained with { BlockingRules = [.. trained.BlockingRules, .. added] };
    }

    private static IEnumerable<string> KeysOf(Field field) => field.Kind switch
    {
        FieldKind.GivenName or FieldKind.Surname or FieldKind.PostalCode or FieldKind.City => [field.Name],
        FieldKind.StreetAddress => [field.Name, $"{field.Name}.words"],
        FieldKind.FullName or FieldKind.OrganizationName => [$"{field.Name}.words"],
        FieldKind.Phone => [$"{field.Name}.suffix:6"],
        _ => [],
    };
}
