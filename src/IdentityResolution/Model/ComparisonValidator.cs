namespace IdentityResolution;

/// <summary>Finds what is wrong with comparisons.</summary>
internal static class ComparisonValidator
{
    /// <summary>What is wrong with one comparison.</summary>
    public static IEnumerable<ModelError> Validate(Comparison comparison, string path, HashSet<string> fields, bool knowsRelatives)
    {
        if (ModelValidator.UnknownField(comparison.Field, $"{path}.field", fields) is { } unknown)
        {
            yield return unknown;
        }
        if (comparison.Levels.Count is < 2 or > 15)
        {
            yield return new($"{path}.levels", $"must hold 2 to 15 levels but holds {comparison.Levels.Count}.");
        }
        for (int i = 0; i < comparison.Levels.Count; i++)
        {
            ComparisonLevel level = comparison.Levels[i];
            string levelPath = $"{path}.levels[{i}]";
            if (LevelCondition.Parse(level.When, out string error) is not { } condition)
            {
                yield return new($"{levelPath}.when", error);
            }
            else if (condition.Function == LevelFunction.Else != (i == comparison.Levels.Count - 1))
            {
                yield return new($"{levelPath}.when", i == comparison.Levels.Count - 1 ? "the last level must be 'else'." : "'else' must be the last level.");
            }
            else
            {
                foreach (ModelError unfit in ValidateTests(comparison, condition, $"{levelPath}.when", fields).Concat(ValidateAdjustment(comparison, level, condition, levelPath)))
                {
                    yield return unfit;
                }
            }
            foreach ((double? value, string name) in new[] { (level.MProbability, "m"), (level.UProbability, "u"), (level.RProbability, "r") })
            {
                if (value is not null and not (> 0 and <= 1))
                {
                    yield return new($"{levelPath}.{name}", $"must be in (0, 1] but is {value}.");
                }
            }
            if (level.MProbability is null != level.UProbability is null)
            {
                yield return new(levelPath, "has one of m and u; give both or none.");
            }
            if (level.MProbability is not null && level.RProbability is null == knowsRelatives)
            {
                yield return new($"{levelPath}.r", knowsRelatives ? "is missing, although the model has priorRelatedProbability." : "needs priorRelatedProbability in the model.");
            }
        }
        if (comparison.EvidenceShare is not null and not (>= 0 and <= 1))
        {
            yield return new($"{path}.evidenceShare", $"must be in [0, 1] but is {comparison.EvidenceShare}.");
        }
        if (comparison.GramFrequencies is null && comparison.UsesGrams && comparison.Levels.Any(level => level.MProbability is not null))
        {
            yield return new($"{path}.gramFrequencies", "is missing, although a trained level looks at character triples.");
        }
        foreach (ModelError error in ValidateFrequencies(comparison.TermFrequencies, $"{path}.termFrequencies")
            .Concat(ValidateFrequencies(comparison.GramFrequencies, $"{path}.gramFrequencies")))
        {
            yield return error;
        }
    }

    private static IEnumerable<ModelError> ValidateFrequencies(TermFrequencyTable? table, string path)
    {
        if (table is null)
        {
            yield break;
        }
        if (table.Default is not (> 0 and <= 1))
        {
            yield return new($"{path}.default", $"must be in (0, 1] but is {table.Default}.");
        }
        foreach (double frequency in table.Values.Values)
        {
            if (frequency is not (> 0 and <= 1))
            {
                yield return new($"{path}.values", $"holds {frequency}; every frequency must be in (0, 1].");
                yield break;
            }
        }
    }

    private static IEnumerable<ModelError> ValidateTests(Comparison comparison, LevelCondition condition, string path, HashSet<string> fields)
    {
        if (condition.Expression is not { } expression)
        {
            yield break;
        }
        foreach (string field in expression.Fields.Distinct(StringComparer.Ordinal))
        {
            if (ModelValidator.UnknownField(field, path, fields) is { } unknown)
            {
                yield return unknown;
            }
        }
        foreach (LevelExpression test in expression.Tests)
        {
            if (string.Equals(test.Test.Other, test.Field ?? comparison.Field, StringComparison.Ordinal))
            {
                yield return new(path, $"'{test}' must name another field than the one it looks at.");
            }
            if (test.Test.Function == LevelFunction.Grams && !string.Equals(test.Field ?? comparison.Field, comparison.Field, StringComparison.Ordinal))
            {
                yield return new(path, $"'{test}' looks at another field; 'grams' only knows how common the triples of '{comparison.Field}' are.");
            }
        }
    }

    private static IEnumerable<ModelError> ValidateAdjustment(Comparison comparison, ComparisonLevel level, LevelCondition condition, string path)
    {
        path = $"{path}.termFrequencyWeight";
        if (level.TermFrequencyWeight is not (>= 0 and <= 1))
        {
            yield return new(path, $"must be in [0, 1] but is {level.TermFrequencyWeight}.");
        }
        else if (level.TermFrequencyWeight > 0 && condition.Function is LevelFunction.Exact or LevelFunction.Else)
        {
            yield return new(path, condition.Function == LevelFunction.Exact ? "is not for the 'exact' level: adjustForTermFrequency weighs it in full." : "is not for the last level.");
        }
        else if (level.TermFrequencyWeight > 0 && !(comparison.AdjustForTermFrequency && comparison.Levels.Any(other => LevelCondition.Parse(other.When, out _) is { Function: LevelFunction.Exact })))
        {
            yield return new(path, "needs adjustForTermFrequency and a level 'exact' in the comparison: frequencies are measured against it.");
        }
    }

    /// <summary>Is a swapped field compared together with other fields?</summary>
    public static IEnumerable<ModelError> ValidateSwap(FieldSwap swap, string path, IReadOnlyList<Comparison> comparisons)
    {
        foreach ((string field, string name) in new[] { (swap.First, "first"), (swap.Second, "second") })
        {
            if (comparisons.Any(comparison => string.Equals(comparison.Field, field, StringComparison.Ordinal) && comparison.Fields.Length > 1))
            {
                yield return new($"{path}.{name}", $"the comparison of '{field}' looks at other fields, too; such a field can't be compared crosswise. Use 'swapped with FIELD' in its levels instead.");
            }
        }
    }
}
