namespace IdentityResolution.Training;

/// <summary>Proposes deterministic rules: combinations that hardly ever agree for two people.</summary>
internal static class MatchRuleProposer
{
    /// <summary>Rules in order of precedence; none when the fields name no person.</summary>
    public static List<MatchRule> Propose(IReadOnlyList<Field> fields, List<string> decisions)
    {
        string[] names = [.. First(fields, FieldKind.GivenName).Concat(First(fields, FieldKind.Surname))];
        if (names.Length < 2)
        {
            names = [.. First(fields, FieldKind.FullName)];
        }
        if (names.Length == 0)
        {
            return [];
        }
        var rules = new List<MatchRule>();
        foreach (Field field in fields.Where(field => field.Kind is FieldKind.Identifier or FieldKind.Email or FieldKind.Phone))
        {
            Add(rules, [field.Name, .. names], decisions);
        }
        if (First(fields, FieldKind.BirthDate).FirstOrDefault() is { } birth && First(fields, FieldKind.PostalCode).FirstOrDefault() is { } place)
        {
            Add(rules, [.. names, birth, place], decisions);
        }
        return rules;
    }

    private static void Add(List<MatchRule> rules, string[] keys, List<string> decisions)
    {
        var rule = new MatchRule { Name = string.Join(" + ", keys), Keys = keys };
        rules.Add(rule);
        decisions.Add($"Match without scoring when {rule.Name} are all equal.");
    }

    private static IEnumerable<string> First(IReadOnlyList<Field> fields, FieldKind kind) =>
        fields.Where(field => field.Kind == kind).Select(field => field.Name).Take(1);
}
