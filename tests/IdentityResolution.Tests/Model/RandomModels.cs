using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Model;

/// <summary>Draws models that are valid, with everything that a model can hold.</summary>
internal static class RandomModels
{
    private static readonly string[] Conditions =
    [
        "exact", "nickname", "initial", "contained", "day_month_swapped", "two_parts_equal", "same soundex", "same prefix:3",
        "jaro >= 0.9", "jaro_winkler >= 0.92", "levenshtein_ratio >= 0.8", "bigrams >= 0.5", "words >= 0.25", "names >= 0.75", "organizations >= 0.75", "domain_typo",
        "levenshtein <= 2", "osa <= 1", "days <= 31", "difference <= 0.5", "percent <= 10", "kilometres <= 0.5",
        "initial and same metaphone", "exact or (jaro >= 0.5 and contained)", "common >= 2", "common_share >= 0.5",
    ];

    private static readonly string[] Steps =
    [
        "remove: ltd", "replace:&=> and ", "before:;", "after:=>", "no_brackets", "no_digits", "no_punctuation", "digits", "letters", "no_leading_zeros", "pad_zeros:9",
    ];

    private static readonly string[] Texts = ["crm", "Web Shop", "e\u0301te\u0301", "日本", "a\"b\\c", "<&>'", "tab\t", "x y", "*", "🙂"];

    public static IdentityModel Create(Random random)
    {
        string[] fields = [.. Enumerable.Range(0, random.Next(1, 7)).Select(i => $"f{i}_{(char)('a' + random.Next(26))}")];
        bool trained = random.Next(2) == 0;
        bool related = trained && random.Next(2) == 0;
        string[] compared = [.. fields.Where(_ => random.Next(3) > 0)];
        bool needsRules = compared.Length == 0;
        return new IdentityModel
        {
            Fields =
            [
                .. fields.Select(name => CreateField(random, name)),
                new Field { Name = "born", Kind = FieldKind.BirthDate },
                new Field { Name = "died", Kind = FieldKind.BirthDate },
            ],
            MatchRules = [.. Enumerable.Range(0, random.Next(needsRules ? 1 : 0, 4)).Select(i => new MatchRule
            {
                Name = $"{Pick(random, Texts)} {i}",
                // The first rule links, so that a model without comparisons links something.
                Effect = i == 0 ? MatchRuleEffect.Link : (MatchRuleEffect)random.Next(3),
                Keys = Keys(random, fields),
                Different = random.Next(3) == 0 ? Keys(random, fields) : [],
                Before = random.Next(3) == 0 ? [new DateBefore("died", "born")] : [],
                Sources = [.. Texts.Where(_ => random.Next(8) == 0)],
                MaxRecordsPerKey = random.Next(2, 1000),
            }).Select(rule => rule.Effect != MatchRuleEffect.Forbid ? rule : rule with
            {
                Keys = rule.Different.Count + rule.Before.Count > 0 && random.Next(2) == 0 ? [] : rule.Keys,
                MaxRecordsPerKey = 100,
            })],
            BlockingRules = [.. Enumerable.Range(0, random.Next(needsRules ? 0 : 1, 5)).Select(_ => new BlockingRule
            {
                Keys = Keys(random, fields),
                MaxBlockSize = random.Next(2, 100_000),
                DivideBy = random.Next(3) == 0 ? Keys(random, fields) : [],
            }).Select(rule => rule.DivideBy.Count == 0 && random.Next(4) == 0 ? rule with { Window = random.Next(2, 100) } : rule)],
            Comparisons = [.. compared.Select(field => CreateComparison(random, field, trained, related))],
            Swaps = compared.Length >= 2 && random.Next(2) == 0 ? [new FieldSwap(compared[0], compared[1], Probability(random) / 2)] : [],
            PriorMatchProbability = Probability(random) * 0.99,
            PriorRelatedProbability = related ? Probability(random) * 0.99 : null,
            MatchProbabilityThreshold = Probability(random) * 0.99,
            LinkOnly = random.Next(2) == 0,
            Nicknames = random.Next(3) == 0 ? ["zebulon: zeb, Zebby", "Bé: bb"] : [],
            SplitOverMerged = random.Next(2) == 0,
            UniqueSources = [.. Texts.Where(_ => random.Next(4) == 0)],
            SourcePrecedence = [.. Texts.Where(_ => random.Next(4) == 0)],
            MaxClusterSize = random.Next(2) == 0 ? IdentityModel.DefaultMaxClusterSize : random.Next(2, 1000),
        };
    }

    public static string Pick(Random random, string[] items) => items[random.Next(items.Length)];

    private static Field CreateField(Random random, string name) => CreateField(random, name, (FieldKind)random.Next(Enum.GetValues<FieldKind>().Length));

    private static Field CreateField(Random random, string name, FieldKind kind) => new()
    {
        Name = name,
        Kind = kind,
        Columns = Texts.Where(_ => random.Next(5) == 0).ToDictionary(
            source => source, _ => (IReadOnlyList<string>)[.. Texts.Take(random.Next(1, 4))], StringComparer.Ordinal),
        Parts = Texts.Where(_ => random.Next(8) == 0).ToDictionary(source => source, _ => (NamePart)random.Next(7), StringComparer.Ordinal),
        Label = kind == FieldKind.Identifier && random.Next(2) == 0 ? "tax-id_1" : null,
        Separators = random.Next(4) == 0 ? [";", " / "] : [],
        Alternatives = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new FieldAlternative
        {
            Columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [Pick(random, Texts)] = [.. Texts.Take(random.Next(1, 3))] },
            Parts = Texts.Where(_ => random.Next(8) == 0).ToDictionary(source => source, _ => (NamePart)random.Next(7), StringComparer.Ordinal),
            Label = kind == FieldKind.Identifier && random.Next(2) == 0 ? "passport" : null,
        })],
        Standardization = CreateOptions(random, kind),
        SourceStandardization = Texts.Where(_ => random.Next(8) == 0).ToDictionary(source => source, _ => CreateOptions(random, kind), StringComparer.Ordinal),
    };

    private static StandardizationOptions CreateOptions(Random random, FieldKind kind)
    {
        var options = new StandardizationOptions
        {
            Steps = [.. Steps.Where(_ => random.Next(6) == 0)],
            IgnoredValues = [.. Texts.Where(_ => random.Next(6) == 0)],
        };
        string[] names = [.. Texts.Where(text => char.IsAsciiLetter(text[0]) && random.Next(3) == 0)];
        return kind switch
        {
            FieldKind.BirthDate => options with { DateOrder = (DateOrder)random.Next(3), TwoDigitYearPivot = random.Next(1900, 2200) },
            FieldKind.Phone or FieldKind.PostalCode => options with { DefaultRegion = random.Next(2) == 0 ? null : "GB" },
            FieldKind.Email => options with { DropEmailTags = random.Next(2) == 0, DropEmailDots = random.Next(2) == 0 },
            FieldKind.FullName or FieldKind.Surname => options with { DropTitles = random.Next(2) == 0, Titles = names, Suffixes = names, Transliterate = random.Next(2) == 0 },
            FieldKind.OrganizationName => options with { DropLegalForm = random.Next(2) == 0, LegalForms = names },
            FieldKind.Identifier => options with { IdentifierScheme = random.Next(2) == 0 ? null : "us-ssn" },
            _ => options,
        };
    }

    private static string[] Keys(Random random, string[] fields) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, fields) + Pick(random, ["", ".soundex", ".prefix:4", ".local.suffix:100", ".month_day"]))];

    private static Comparison CreateComparison(Random random, string field, bool trained, bool related)
    {
        string[] conditions = [.. Conditions.Where(_ => random.Next(3) == 0).Take(14), "else"];
        conditions = conditions.Length == 1 ? ["exact", "else"] : conditions;
        return new Comparison
        {
            Field = field,
            Levels = [.. conditions.Select(condition => new ComparisonLevel(
                condition, trained ? Probability(random) : null, trained ? Probability(random) : null, related ? Probability(random) : null))],
            AdjustForTermFrequency = random.Next(2) == 0,
            EvidenceShare = random.Next(4) == 0 ? random.Next(5) / 4.0 : null,
            GramFrequencies = trained
                ? new TermFrequencyTable(Probability(random), Texts.ToDictionary(text => text, _ => Probability(random), StringComparer.Ordinal))
                : null,
            TermFrequencies = trained && random.Next(2) == 0
                ? new TermFrequencyTable(Probability(random), Texts.ToDictionary(text => text, _ => Probability(random), StringComparer.Ordinal))
                : null,
        };
    }

    // In (0, 1], from about 1e-12 up.
    private static double Probability(Random random) => Math.Pow(10, -12 * random.NextDouble() * random.NextDouble());
}
