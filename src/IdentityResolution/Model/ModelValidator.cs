using IdentityResolution.Features;
using IdentityResolution.Standardization;

namespace IdentityResolution;

/// <summary>Finds everything that is wrong with a model, before any work is done.</summary>
internal static class ModelValidator
{
    /// <summary>Most comparisons of a model: four bits each, a pattern of levels fits 64 bits.</summary>
    public const int MaxComparisons = 16;

    /// <summary>The most records in a window of a blocking rule.</summary>
    public const int MaxWindow = 1000;

    /// <summary>Most sources that can be declared unique: one bit each.</summary>
    public const int MaxUniqueSources = 64;

    public static IEnumerable<ModelError> Validate(IdentityModel model)
    {
        var fields = new HashSet<string>(StringComparer.Ordinal);
        return FieldValidator.Validate(model.Fields, fields)
            .Concat(ValidateNumbers(model))
            .Concat(ValidateNicknames(model.Nicknames))
            .Concat(model.MatchRules.SelectMany((rule, index) => MatchRuleValidator.Validate(rule, $"matchRules[{index}]", model.Fields, fields)))
            .Concat(Repeated(model.MatchRules.Select(rule => rule.Name), "matchRules"))
            .Concat(model.BlockingRules.SelectMany((rule, index) => ValidateBlockingRule(rule, $"blockingRules[{index}]", fields)))
            .Concat(model.Swaps.SelectMany((swap, index) => ValidateSwap(swap, $"swaps[{index}]", fields)))
            .Concat(model.Swaps.SelectMany((swap, index) => ComparisonValidator.ValidateSwap(swap, $"swaps[{index}]", model.Comparisons)))
            .Concat(RepeatedInSwaps(model.Swaps))
            .Concat(model.Comparisons.SelectMany((comparison, index) => ComparisonValidator.Validate(comparison, $"comparisons[{index}]", fields, model.PriorRelatedProbability is not null)))
            .Concat(Repeated(model.Comparisons.Select(comparison => comparison.Field), "comparisons"))
            .Concat(ValidateWhole(model));
    }

    private static IEnumerable<ModelError> ValidateNumbers(IdentityModel model)
    {
        if (model.PriorMatchProbability is not (> 0 and < 1))
        {
            yield return new("priorMatchProbability", $"must be in (0, 1) but is {model.PriorMatchProbability}.");
        }
        if (model.PriorRelatedProbability is not null and not (> 0 and < 1))
        {
            yield return new("priorRelatedProbability", $"must be in (0, 1) but is {model.PriorRelatedProbability}.");
        }
        if (model.MatchProbabilityThreshold is not (> 0 and < 1))
        {
            yield return new("matchProbabilityThreshold", $"must be in (0, 1) but is {model.MatchProbabilityThreshold}.");
        }
    }

    private static IEnumerable<ModelError> ValidateNicknames(IReadOnlyList<string> groups)
    {
        for (int i = 0; i < groups.Count; i++)
        {
            if (!NicknameTable.IsGroup(groups[i]))
            {
                yield return new($"nicknames[{i}]", $"'{groups[i]}' must be 'formal: variant variant', such as 'zebulon: zeb zebby'.");
            }
        }
    }

    /// <summary>The positions of keys that are split into words.</summary>
    public static IEnumerable<int> SplitKeys(IReadOnlyList<string> keys) =>
        Enumerable.Range(0, keys.Count).Where(i => FeatureExpression.Parse(keys[i], out _) is { IsSplit: true });

    private static IEnumerable<ModelError> ValidateBlockingRule(BlockingRule rule, string path, HashSet<string> fields)
    {
        if (rule.MaxBlockSize < 2)
        {
            yield return new($"{path}.maxBlockSize", $"must be at least 2 but is {rule.MaxBlockSize}.");
        }
        foreach (ModelError error in ValidateKeys(rule.Keys, $"{path}.keys", fields))
        {
            yield return error;
        }
        foreach (int split in SplitKeys(rule.Keys).Skip(1))
        {
            yield return new($"{path}.keys[{split}]", "is a second key that is split; one is possible.");
        }
        foreach (ModelError error in ValidateFeatures(rule.DivideBy, $"{path}.divideBy", fields))
        {
            yield return error;
        }
        foreach (int split in SplitKeys(rule.DivideBy))
        {
            yield return new($"{path}.divideBy[{split}]", "is split, and can only be a key.");
        }
        if (rule.Window != 0 && rule.Window is < 2 or > MaxWindow)
        {
            yield return new($"{path}.window", $"must be from 2 to {MaxWindow}, or 0 for none, but is {rule.Window}.");
        }
        if (rule.Window != 0 && (rule.DivideBy.Count > 0 || SplitKeys(rule.Keys).Any()))
        {
            yield return new($"{path}.window", "can't be with divideBy or a split key: windows slide over one order of the records.");
        }
    }

    /// <summary>What is wrong with a list of features of which a rule needs at least one.</summary>
    public static IEnumerable<ModelError> ValidateKeys(IReadOnlyList<string> keys, string path, HashSet<string> fields) =>
        keys.Count == 0 ? [new ModelError(path, "names no key.")] : ValidateFeatures(keys, path, fields);

    /// <summary>What is wrong with a list of features.</summary>
    public static IEnumerable<ModelError> ValidateFeatures(IReadOnlyList<string> features, string path, HashSet<string> fields)
    {
        for (int i = 0; i < features.Count; i++)
        {
            if (FeatureExpression.Parse(features[i], out string error) is not { } feature)
            {
                yield return new($"{path}[{i}]", error);
            }
            else if (UnknownField(feature.Field, $"{path}[{i}]", fields) is { } unknown)
            {
                yield return unknown;
            }
        }
    }

    /// <summary>An error where a field's name is not known.</summary>
    public static ModelError? UnknownField(string name, string path, HashSet<string> fields) => fields.Contains(name)
        ? null
        : new ModelError(path, $"'{name}' is no field; fields are {string.Join(", ", fields.Order(StringComparer.Ordinal))}.");

    private static IEnumerable<ModelError> ValidateSwap(FieldSwap swap, string path, HashSet<string> fields)
    {
        if (UnknownField(swap.First, $"{path}.first", fields) is { } first)
        {
            yield return first;
        }
        if (UnknownField(swap.Second, $"{path}.second", fields) is { } second)
        {
            yield return second;
        }
        if (string.Equals(swap.First, swap.Second, StringComparison.Ordinal))
        {
            yield return new(path, "names one field twice.");
        }
        if (swap.SwapProbability is not (> 0 and <= 0.5))
        {
            yield return new($"{path}.swapProbability", $"must be in (0, 0.5] but is {swap.SwapProbability}.");
        }
    }

    private static IEnumerable<ModelError> ValidateWhole(IdentityModel model)
    {
        if (model.Comparisons.Count == 0 && !model.MatchRules.Any(rule => rule.Effect == MatchRuleEffect.Link))
        {
            yield return new("", "The model links nothing: it has neither match rules that link nor comparisons.");
        }
        if (model.Comparisons.Count > 0 && model.BlockingRules.Count == 0)
        {
            yield return new("blockingRules", "is empty, so the comparisons would never see a pair.");
        }
        else if (model.Comparisons.Count > 0 && !model.BlockingRules.Any(rule => rule.Trains))
        {
            yield return new("blockingRules", "holds no rule to learn from: 'trains' is false in all of them.");
        }
        if (model.Comparisons.Count > MaxComparisons)
        {
            yield return new("comparisons", $"holds {model.Comparisons.Count}; at most {MaxComparisons} are supported.");
        }
        if (model.UniqueSources.Count > MaxUniqueSources)
        {
            yield return new("uniqueSources", $"holds {model.UniqueSources.Count}; at most {MaxUniqueSources} are supported.");
        }
        if (model.DedupeOnly && model.LinkOnly)
        {
            yield return new("dedupeOnly", "excludes linkOnly: no pair would be left.");
        }
        if (model.MaxClusterSize < 2)
        {
            yield return new("maxClusterSize", $"must be at least 2 but is {model.MaxClusterSize}.");
        }
        foreach (ModelError error in Repeated(model.SourcePrecedence, "sourcePrecedence"))
        {
            yield return error;
        }
        if (model.BlockingRules.Count > 32)
        {
            yield return new("blockingRules", $"holds {model.BlockingRules.Count}; at most 32 are supported.");
        }
    }

    private static IEnumerable<ModelError> Repeated(IEnumerable<string> names, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var repeated = new HashSet<string>(StringComparer.Ordinal);
        int index = 0;
        foreach (string name in names)
        {
            if (name.Length > 0 && !seen.Add(name) && repeated.Add(name))
            {
                yield return new($"{path}[{index}]", $"'{name}' stands here twice.");
            }
            index++;
        }
    }

    private static IEnumerable<ModelError> RepeatedInSwaps(IReadOnlyList<FieldSwap> swaps)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < swaps.Count; i++)
        {
            foreach (string name in new[] { swaps[i].First, swaps[i].Second }.Distinct(StringComparer.Ordinal))
            {
                if (name.Length > 0 && !seen.Add(name))
                {
                    yield return new($"swaps[{i}]", $"'{name}' stands in another swap already.");
                }
            }
        }
    }
}
