namespace IdentityResolution;

/// <summary>How one field of a pair is judged: ordered levels, the first that holds decides.</summary>
/// <remarks>Immutable. When the field is missing in either record the comparison adds nothing.</remarks>
public sealed record Comparison
{
    /// <summary>The field compared.</summary>
    public required string Field { get; init; }

    /// <summary>The levels, best first; the last is <c>else</c>.</summary>
    /// <value>2 to 15 levels.</value>
    public required IReadOnlyList<ComparisonLevel> Levels { get; init; }

    /// <summary>Does agreement on a rare value weigh more than on a common one?</summary>
    /// <value>Applies to the <c>exact</c> level. Default false.</value>
    public bool AdjustForTermFrequency { get; init; }

    /// <summary>How common the values are; null until trained, or when not adjusted.</summary>
    public TermFrequencyTable? TermFrequencies { get; init; }

    /// <summary>In which share of the values each character triple stands, for <c>grams</c> conditions; null until trained, or when there are none.</summary>
    public TermFrequencyTable? GramFrequencies { get; init; }

    /// <summary>How much of its weights counts: less than 1 where another comparison tells the same.</summary>
    /// <value>In [0, 1]; null = all, unless training finds that the field is derived from another one's. Training keeps a number. Default null.</value>
    public double? EvidenceShare { get; init; }

    /// <summary>Does a level look at character triples?</summary>
    internal bool UsesGrams => Levels.Any(level => LevelCondition.Parse(level.When, out _) is { } condition && condition.Tests.Any(test => test.Function == LevelFunction.Grams));

    /// <summary>The fields that levels look at, the comparison's own first, the others in ordinal order.</summary>
    internal string[] Fields => [Field, .. Levels
        .SelectMany(level => LevelCondition.Parse(level.When, out _) is { Expression: { } expression } ? expression.Fields : [])
        .Where(name => !string.Equals(name, Field, StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)];
}

/// <summary>One ordered outcome of a comparison.</summary>
/// <param name="When">
/// The condition, for example <c>exact</c>, <c>jaro_winkler &gt;= 0.92</c>, <c>levenshtein &lt;= 2</c>, <c>same soundex</c>, <c>nickname</c>, <c>else</c>;
/// or several of them: <c>initial and (same metaphone or birth_date: exact)</c>.
/// </param>
/// <param name="MProbability">P(this level | the records match and both have a value), in (0, 1]; null until trained.</param>
/// <param name="UProbability">P(this level | the records do not match and both have a value), in (0, 1]; null until trained.</param>
/// <param name="RProbability">
/// P(this level | the records are of two related people, such as a family under one roof, and both have a value), in (0, 1];
/// null where the model knows no relatives.
/// </param>
public sealed record ComparisonLevel(string When, double? MProbability = null, double? UProbability = null, double? RProbability = null)
{
    /// <summary>How much of the values' frequency the level takes: 0 = none, 1 = as much as equal values do.</summary>
    /// <value>
    /// In [0, 1]. Default 0. For levels between <c>exact</c> and <c>else</c> of a comparison that adjusts for term frequency; the <c>exact</c> level
    /// always takes it in full. Adds w log2(u of the exact level / frequency of the more common of the two values) bits.
    /// Source: R. Linacre, S. Lindsay, T. Manassis, Z. Slade, T. Hepworth (2022), Splink: Free software for probabilistic record linkage at scale, IJPDS 7(3).
    /// </value>
    public double TermFrequencyWeight { get; init; }

    /// <summary>The match weight of the level against coincidence, in millibits: 1000 log2(m/u), rounded once.</summary>
    /// <value>0 until trained.</value>
    public int Weight => MProbability is { } m && UProbability is { } u ? MatchWeights.FromRatio(m, u) : 0;

    /// <summary>The match weight of the level against kinship, in millibits: 1000 log2(m/r), rounded once.</summary>
    /// <value>0 where the model knows no relatives.</value>
    public int WeightAgainstRelated => MProbability is { } m && RProbability is { } r ? MatchWeights.FromRatio(m, r) : 0;
}

/// <summary>Two fields whose values may stand in each other's place, such as given name and surname.</summary>
/// <param name="First">One field.</param>
/// <param name="Second">The other field.</param>
/// <param name="SwapProbability">P(a record of a matching pair has them swapped), in (0, 0.5]. Default 0.01; trained.</param>
/// <remarks>
/// A pair that agrees crosswise and not straight is compared crosswise, at a cost of log2(2 SwapProbability) bits.
/// </remarks>
public sealed record FieldSwap(string First, string Second, double SwapProbability = 0.01)
{
    /// <summary>The weight of comparing crosswise, in millibits; at most 0.</summary>
    public int Weight => MatchWeights.FromRatio(SwapProbability, 0.5);
}
