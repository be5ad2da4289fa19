using IdentityResolution.Standardization;

namespace IdentityResolution;

/// <summary>Writes a model in code.</summary>
/// <remarks>Every method returns the builder. Errors are reported together when the model is used. Not thread-safe.</remarks>
public sealed class IdentityModelBuilder
{
    private readonly List<Field> _fields = [];
    private readonly List<MatchRule> _matchRules = [];
    private readonly List<BlockingRule> _blockingRules = [];
    private readonly List<Comparison> _comparisons = [];
    private readonly List<FieldSwap> _swaps = [];
    private readonly List<string> _uniqueSources = [];
    private readonly List<string> _nicknames = [];
    private readonly List<string> _sourcePrecedence = [];
    private int _maxClusterSize = IdentityModel.DefaultMaxClusterSize;
    private double _threshold = 0.9;
    private bool _linkOnly;
    private bool _dedupeOnly;

    /// <summary>Adds a field that reads the column of the same name in every source.</summary>
    /// <param name="name">The field's and the column's name.</param>
    /// <param name="kind">What it holds.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder Field(string name, FieldKind kind) => Field(new Field { Name = name, Kind = kind });

    /// <summary>Adds a field that reads the column of the same name in every source, with options for its values.</summary>
    /// <param name="name">The field's and the column's name.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="standardize">Derives the options: <c>o =&gt; o with { DefaultRegion = "GB" }</c>.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder Field(string name, FieldKind kind, Func<StandardizationOptions, StandardizationOptions> standardize)
    {
        ArgumentNullException.ThrowIfNull(standardize);
        return Field(new Field { Name = name, Kind = kind, Standardization = standardize(StandardizationOptions.Default) });
    }

    /// <summary>Adds a field.</summary>
    /// <param name="field">The field, with its columns per source.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder Field(Field field)
    {
        ArgumentNullException.ThrowIfNull(field);
        _fields.Add(field);
        return this;
    }

    /// <summary>Adds a deterministic rule below those added before: records whose keys are all equal are one customer.</summary>
    /// <param name="keys">Features, for example <c>email</c> or <c>birth_date.year</c>; at least one.</param>
    /// <returns>This builder.</returns>
    /// <remarks>The rule is named after its keys: <c>email + surname</c>.</remarks>
    public IdentityModelBuilder MatchOn(params string[] keys) => Rule(new MatchRule { Name = string.Join(" + ", keys), Keys = [.. keys] });

    /// <summary>Adds a rule below those added before: records whose keys are all equal are compared, and shown to a person if the score does not link them.</summary>
    /// <param name="keys">Features; at least one.</param>
    /// <returns>This builder.</returns>
    /// <remarks>The rule is named after its keys: <c>suggest phone</c>.</remarks>
    public IdentityModelBuilder SuggestOn(params string[] keys) =>
        Rule(new MatchRule { Name = $"suggest {string.Join(" + ", keys)}", Effect = MatchRuleEffect.Suggest, Keys = [.. keys] });

    /// <summary>Adds a rule below those added before: records that both have this feature, and not the same, are two customers.</summary>
    /// <param name="feature">A feature, for example <c>national_id</c>.</param>
    /// <returns>This builder.</returns>
    /// <remarks>The rule is named after its feature: <c>different national_id</c>.</remarks>
    public IdentityModelBuilder ForbidDifferent(string feature) =>
        Rule(new MatchRule { Name = $"different {feature}", Effect = MatchRuleEffect.Forbid, Different = [feature] });

    /// <summary>Adds a rule below those added before: records of which one has a date before a date of the other are two customers.</summary>
    /// <param name="first">The field with the date that lies before, for example <c>death_date</c>.</param>
    /// <param name="second">The field with the date that lies after, for example <c>birth_date</c>.</param>
    /// <returns>This builder.</returns>
    /// <remarks>The rule is named after its fields: <c>death_date before birth_date</c>.</remarks>
    public IdentityModelBuilder ForbidBefore(string first, string second) =>
        Rule(new MatchRule { Name = $"{first} before {second}", Effect = MatchRuleEffect.Forbid, Before = [new DateBefore(first, second)] });

    /// <summary>Adds a deterministic rule below those added before.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder Rule(MatchRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _matchRules.Add(rule);
        return this;
    }

    /// <summary>Adds a blocking rule: records whose keys are all equal are compared.</summary>
    /// <param name="keys">Features, for example <c>surname.soundex</c>; at least one.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder BlockOn(params string[] keys)
    {
        _blockingRules.Add(new BlockingRule { Keys = [.. keys] });
        return this;
    }

    /// <summary>Compares a field by the levels that suit its kind.</summary>
    /// <param name="field">A field added before.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The field was not added before.</exception>
    public IdentityModelBuilder Compare(string field)
    {
        Field known = _fields.Find(candidate => string.Equals(candidate.Name, field, StringComparison.Ordinal))
            ?? throw new ArgumentException($"'{field}' is no field; add it with Field first.", nameof(field));
        return Compare(ReadyComparisons.For(field, known.Kind));
    }

    /// <summary>Compares a field by levels of your own.</summary>
    /// <param name="comparison">The comparison; see <see cref="ComparisonLevel.When"/> for conditions.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder Compare(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        _comparisons.Add(comparison);
        return this;
    }

    /// <summary>Lets two compared fields stand in each other's place, as given name and surname often do.</summary>
    /// <param name="first">One field.</param>
    /// <param name="second">The other field.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder AllowSwap(string first, string second)
    {
        _swaps.Add(new FieldSwap(first, second));
        return this;
    }

    /// <summary>Adds groups of given names that stand for each other.</summary>
    /// <param name="groups">One group each, as <c>formal: variant variant</c>.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder Nicknames(params string[] groups)
    {
        _nicknames.AddRange(groups);
        return this;
    }

    /// <summary>Sets the lowest match probability that links.</summary>
    /// <param name="probability">In (0, 1). Default 0.9.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder LinkAtOrAbove(double probability)
    {
        _threshold = probability;
        return this;
    }

    /// <summary>Links only records of different sources.</summary>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder LinkOnly()
    {
        _linkOnly = true;
        return this;
    }

    /// <summary>Links only records of one source.</summary>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder DedupeOnly()
    {
        _dedupeOnly = true;
        return this;
    }

    /// <summary>Declares sources that hold no customer twice.</summary>
    /// <param name="sources">Source names.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder UniqueSources(params string[] sources)
    {
        _uniqueSources.AddRange(sources);
        return this;
    }

    /// <summary>Says which sources are trusted most: of links that are as strong as each other, theirs are followed first.</summary>
    /// <param name="sources">Source names, from the most trusted to the least.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder SourcePrecedence(params string[] sources)
    {
        _sourcePrecedence.AddRange(sources);
        return this;
    }

    /// <summary>Sets the most records that one customer may have.</summary>
    /// <param name="records">A count of at least 2. Default <see cref="IdentityModel.DefaultMaxClusterSize"/>.</param>
    /// <returns>This builder.</returns>
    public IdentityModelBuilder LimitClusterSize(int records)
    {
        _maxClusterSize = records;
        return this;
    }

    /// <summary>The model as described so far; not validated yet.</summary>
    /// <returns>The model.</returns>
    public IdentityModel Build() => new()
    {
        Fields = [.. _fields],
        MatchRules = [.. _matchRules],
        BlockingRules = [.. _blockingRules],
        Comparisons = [.. _comparisons],
        Swaps = [.. _swaps],
        UniqueSources = [.. _uniqueSources],
        Nicknames = [.. _nicknames],
        SourcePrecedence = [.. _sourcePrecedence],
        MaxClusterSize = _maxClusterSize,
        MatchProbabilityThreshold = _threshold,
        LinkOnly = _linkOnly,
        DedupeOnly = _dedupeOnly,
    };
}
