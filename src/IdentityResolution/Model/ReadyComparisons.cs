namespace IdentityResolution;

/// <summary>Ready comparisons by field kind: the levels that are used when nothing else is said.</summary>
public static class ReadyComparisons
{
    /// <summary>The comparison of a field by its kind, untrained.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="kind">What the field holds.</param>
    /// <returns>Ordered levels, and whether rare values weigh more.</returns>
    public static Comparison For(string field, FieldKind kind) => kind switch
    {
        FieldKind.GivenName => Create(field, true, "exact", "nickname", "jaro_winkler >= 0.92", "initial", "contained", "jaro_winkler >= 0.8"),
        FieldKind.MiddleName => Create(field, true, "exact", "initial", "nickname", "jaro_winkler >= 0.9"),
        FieldKind.Surname => Create(field, true, "exact", "jaro_winkler >= 0.92", "contained", "jaro_winkler >= 0.8"),
        FieldKind.FullName => Create(field, true, "exact", "words >= 0.85", "contained", "words >= 0.45", "jaro_winkler >= 0.88"),
        FieldKind.OrganizationName => Create(field, true, "exact", "same sorted", "grams >= 0.8", "grams >= 0.65", "contained", "grams >= 0.5", "grams >= 0.35", "jaro_winkler >= 0.9"),
        FieldKind.BirthDate => Create(field, true, "exact", "osa <= 1", "day_month_swapped", "two_parts_equal", "osa <= 2", "same year"),
        FieldKind.Sex => Create(field, false, "exact"),
        FieldKind.Email => Create(field, true, "exact", "same local", "jaro_winkler >= 0.92", "same domain"),
        FieldKind.Phone => Create(field, true, "exact", "same suffix:7", "osa <= 1", "osa <= 2"),
        FieldKind.StreetAddress => Create(field, true, "exact", "words >= 0.8", "same street", "words >= 0.45"),
        FieldKind.HouseNumber => Create(field, true, "exact", "osa <= 1"),
        FieldKind.City => Create(field, true, "exact", "jaro_winkler >= 0.9"),
        FieldKind.Region => Create(field, true, "exact", "osa <= 1"),
        FieldKind.PostalCode => Create(field, true, "exact", "osa <= 1", "same area"),
        FieldKind.Country => Create(field, false, "exact"),
        FieldKind.Identifier => Create(field, true, "exact", "osa <= 1", "osa <= 2"),
        FieldKind.Number => Create(field, true, "exact", "percent <= 0.05", "percent <= 1", "percent <= 10"),
        FieldKind.Year => Create(field, true, "exact", "difference <= 1", "difference <= 2", "difference <= 5"),
        FieldKind.Location => Create(field, true, "exact", "kilometres <= 0.1", "kilometres <= 1", "kilometres <= 10", "kilometres <= 100"),
        FieldKind.Category => Create(field, true, "exact"),
        FieldKind.Text => Create(
            field, true, "exact", "grams >= 0.85", "grams >= 0.75", "grams >= 0.65", "grams >= 0.55", "grams >= 0.5", "grams >= 0.45", "grams >= 0.4",
            "grams >= 0.35", "grams >= 0.3", "grams >= 0.25", "grams >= 0.2", "grams >= 0.1"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The ready comparison, and for names a level for those that sound alike: transliterations, and spellings by ear.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="kind">What the field holds.</param>
    internal static Comparison BySound(string field, FieldKind kind)
    {
        Comparison ready = For(field, kind);
        int contained = ready.Levels.ToList().FindIndex(level => string.Equals(level.When, "contained", StringComparison.Ordinal));
        return kind is FieldKind.GivenName or FieldKind.Surname
            ? ready with { Levels = [.. ready.Levels.Take(contained + 1), new ComparisonLevel("same metaphone"), .. ready.Levels.Skip(contained + 1)] }
            : ready;
    }

    private static Comparison Create(string field, bool adjust, params string[] conditions) => new()
    {
        Field = field,
        Levels = [.. conditions.Append("else").Select(condition => new ComparisonLevel(condition))],
        AdjustForTermFrequency = adjust,
    };
}
