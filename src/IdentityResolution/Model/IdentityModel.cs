using System.Security.Cryptography;
using System.Text;

namespace IdentityResolution;

/// <summary>Everything that decides who is who: fields, match rules, blocking rules, comparisons with learned weights, threshold, guards.</summary>
/// <remarks>
/// Immutable, versioned, and a person can read and edit it as JSON. A pair's weight is a pure function of the two records and the model.
/// Validated as a whole by <see cref="Parse"/> and by <see cref="IdentityResolver.Create(IdentityModel, ResolverOptions?, Microsoft.Extensions.Logging.ILogger{IdentityResolver}?)"/>.
/// </remarks>
public sealed record IdentityModel
{
    /// <summary>The version of the JSON format that this library writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The <see cref="MaxClusterSize"/> of a model that says nothing else.</summary>
    public const int DefaultMaxClusterSize = 10_000;

    /// <summary>The fields.</summary>
    /// <value>At least one.</value>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>Deterministic rules, first the one with precedence.</summary>
    /// <value>May be empty when there are comparisons.</value>
    public IReadOnlyList<MatchRule> MatchRules { get; init; } = [];

    /// <summary>The rules that make candidate pairs.</summary>
    /// <value>May be empty when there are no comparisons.</value>
    public IReadOnlyList<BlockingRule> BlockingRules { get; init; } = [];

    /// <summary>The comparisons that score candidate pairs.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];

    /// <summary>Pairs of fields whose values may stand in each other's place.</summary>
    public IReadOnlyList<FieldSwap> Swaps { get; init; } = [];

    /// <summary>Groups of given names that stand for each other, besides the built-in ones: for <c>nickname</c>, <c>names</c> and <c>formal</c>.</summary>
    /// <value>One group each, as <c>formal: variant variant</c>, in any case. Default none.</value>
    public IReadOnlyList<string> Nicknames { get; init; } = [];

    /// <summary>λ: the probability that two records drawn at random are one customer.</summary>
    /// <value>In (0, 1). Default 0.0001; trained.</value>
    public double PriorMatchProbability { get; init; } = 1e-4;

    /// <summary>The probability that two records drawn at random are of two related people, who share what a household shares.</summary>
    /// <value>In (0, 1); null = the model knows no relatives. Trained.</value>
    /// <remarks>
    /// With it, a pair has one sum of weights against coincidence and one against kinship, and the lesser decides: whoever agrees only
    /// on surname, address and city does not become one customer.
    /// </remarks>
    public double? PriorRelatedProbability { get; init; }

    /// <summary>The lowest match probability that links two records.</summary>
    /// <value>In (0, 1). Default 0.9.</value>
    public double MatchProbabilityThreshold { get; init; } = 0.9;

    /// <summary>Are only records of different sources linked?</summary>
    /// <value>Default false.</value>
    public bool LinkOnly { get; init; }

    /// <summary>Are only records of one source linked, so that each source is rid of its own duplicates?</summary>
    /// <value>Default false; excludes <see cref="LinkOnly"/>.</value>
    public bool DedupeOnly { get; init; }

    /// <summary>Sources that hold no customer twice: no two of their records share a customer.</summary>
    /// <value>Source names; default none.</value>
    public IReadOnlyList<string> UniqueSources { get; init; } = [];

    /// <summary>Sources from the most trusted to the least: of links that are as strong as each other, those between trusted sources are followed first.</summary>
    /// <value>Source names; sources that are not named come last, all alike. Default none.</value>
    /// <remarks>It matters where a guard lets only one of two links be followed: a link by the same rule, or with the same weight.</remarks>
    public IReadOnlyList<string> SourcePrecedence { get; init; } = [];

    /// <summary>Most records of one customer; links that would join more are not followed, and are reported.</summary>
    /// <value>A count of at least 2. Default <see cref="DefaultMaxClusterSize"/>.</value>
    public int MaxClusterSize { get; init; } = DefaultMaxClusterSize;

    /// <summary>Are clusters split whose parts contradict each other more than they agree?</summary>
    /// <value>Default true.</value>
    /// <remarks>Links by match rules and judgements are never cut, nor is a single record cut off. Clusters of more than 200 records stay as they are.</remarks>
    public bool SplitOverMerged { get; init; } = true;

    /// <summary>Have all comparisons their m and u?</summary>
    public bool IsTrained => Comparisons.All(comparison => comparison.Levels.All(level => level.MProbability is not null && level.UProbability is not null));

    /// <summary>SHA-256 of the model's JSON, lower-case hexadecimal: equal models have equal hashes.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>Reads a model from JSON.</summary>
    /// <param name="json">The text; comments and trailing commas are allowed.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The text is not a valid model; holds every error with its path.</exception>
    public static IdentityModel Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var errors = new List<ModelError>();
        IdentityModel? model = ModelJsonReader.Read(json, errors);
        if (model is not null)
        {
            // What could not be read was replaced by a default, which is not the reader's mistake to hear of.
            var unread = errors.Select(error => error.Path).ToHashSet(StringComparer.Ordinal);
            errors.AddRange(ModelValidator.Validate(model).Where(error => !unread.Contains(error.Path)));
        }
        return errors.Count == 0 && model is not null ? model : throw new InvalidModelException(errors);
    }

    /// <summary>Writes the model as indented JSON.</summary>
    /// <returns>The text, with <c>\n</c> line ends; the same model always gives the same text.</returns>
    public string ToJson() => ModelJsonWriter.Write(this);

    /// <summary>The model with term frequencies from outside, such as a census, for one of its comparisons; training keeps them.</summary>
    /// <param name="field">The field compared.</param>
    /// <param name="frequencies">
    /// Values as sources write them, each with its frequency in (0, 1], or all with their counts; they are standardized as the field's values are.
    /// Values that standardize to nothing are left out.
    /// </param>
    /// <returns>The model, with <see cref="Comparison.AdjustForTermFrequency"/> switched on for the field.</returns>
    /// <exception cref="ArgumentException">No comparison is of the field, no value is left, or a number is not positive and finite.</exception>
    public IdentityModel WithTermFrequencies(string field, IEnumerable<KeyValuePair<string, double>> frequencies)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(frequencies);
        if (!Comparisons.Any(comparison => string.Equals(comparison.Field, field, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"'{field}' is not compared; compared are {string.Join(", ", Comparisons.Select(comparison => comparison.Field))}.", nameof(field));
        }
        Field described = Fields.First(candidate => string.Equals(candidate.Name, field, StringComparison.Ordinal));
        var table = new TermFrequencyTable(GivenFrequencies.Standardize(described, frequencies));
        return this with
        {
            Comparisons = [.. Comparisons.Select(comparison => string.Equals(comparison.Field, field, StringComparison.Ordinal)
                ? comparison with { AdjustForTermFrequency = true, TermFrequencies = table }
                : comparison)],
        };
    }
}
