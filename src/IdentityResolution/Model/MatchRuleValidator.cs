namespace IdentityResolution;

/// <summary>Finds what is wrong with a match rule.</summary>
internal static class MatchRuleValidator
{
    // What stands in matched_by beside the names of rules.
    private static readonly (string Name, string Meaning)[] Reserved =
        [(ScoredLinks.Name, "what scored links are called"), (JudgedLinks.Name, "what links by judgement are called")];

    public static IEnumerable<ModelError> Validate(MatchRule rule, string path, IReadOnlyList<Field> fields, HashSet<string> fieldNames)
    {
        if (rule.Name.Length == 0)
        {
            yield return new($"{path}.name", "is empty.");
        }
        foreach ((string name, string meaning) in Reserved.Where(reserved => string.Equals(rule.Name, reserved.Name, StringComparison.Ordinal)))
        {
            yield return new($"{path}.name", $"'{name}' is {meaning}; choose another name.");
        }
        if (rule.MaxRecordsPerKey < 2)
        {
            yield return new($"{path}.maxRecordsPerKey", $"must be at least 2 but is {rule.MaxRecordsPerKey}.");
        }
        foreach (ModelError error in ValidateConditions(rule, path, fields, fieldNames))
        {
            yield return error;
        }
    }

    private static IEnumerable<ModelError> ValidateConditions(MatchRule rule, string path, IReadOnlyList<Field> fields, HashSet<string> fieldNames)
    {
        bool needsKeys = rule.Effect != MatchRuleEffect.Forbid || (rule.Different.Count == 0 && rule.Before.Count == 0);
        return (needsKeys ? ModelValidator.ValidateKeys(rule.Keys, $"{path}.keys", fieldNames) : ModelValidator.ValidateFeatures(rule.Keys, $"{path}.keys", fieldNames))
            .Concat(ModelValidator.ValidateFeatures(rule.Different, $"{path}.different", fieldNames))
            .Concat(ValidateSplits(rule.Keys, $"{path}.keys"))
            .Concat(ValidateSplits(rule.Different, $"{path}.different"))
            .Concat(rule.Before.SelectMany((pair, index) => ValidateBefore(pair, $"{path}.before[{index}]", fields, fieldNames)));
    }

    private static IEnumerable<ModelError> ValidateSplits(IReadOnlyList<string> features, string path) => ModelValidator.SplitKeys(features)
        .Select(position => new ModelError($"{path}[{position}]", "gives a record several keys, which only a blocking rule can use."));

    private static IEnumerable<ModelError> ValidateBefore(DateBefore pair, string path, IReadOnlyList<Field> fields, HashSet<string> fieldNames)
    {
        foreach ((string name, string member) in new[] { (pair.First, "first"), (pair.Second, "second") })
        {
            if (ModelValidator.UnknownField(name, $"{path}.{member}", fieldNames) is { } unknown)
            {
                yield return unknown;
            }
            else if (fields.First(field => string.Equals(field.Name, name, StringComparison.Ordinal)).Kind != FieldKind.BirthDate)
            {
                yield return new($"{path}.{member}", $"'{name}' holds no dates; its kind must be {EnumNames.ToText(FieldKind.BirthDate)}.");
            }
        }
    }
}
