namespace IdentityResolution.Blocking;

/// <summary>What the blocking rules of a model do with the records: pairs, blocks, and how many matches they find.</summary>
public sealed record BlockingReport
{
    /// <summary>The model whose rules these are, trained.</summary>
    public required IdentityModel Model { get; init; }

    /// <summary>One entry per blocking rule, in model order.</summary>
    public required IReadOnlyList<BlockingRuleReport> Rules { get; init; }

    /// <summary>Records read.</summary>
    public required long Records { get; init; }

    /// <summary>Pairs of records that may match at all.</summary>
    public required long PossiblePairs { get; init; }

    /// <summary>Pairs that at least one rule finds.</summary>
    public long CandidatePairs => Rules.Sum(rule => rule.MarginalPairs);

    /// <summary>Share of the possible pairs that need not be compared.</summary>
    /// <value>In [0, 1]; 1 when there are none.</value>
    public double ReductionRatio => PossiblePairs == 0 ? 1 : 1 - ((double)CandidatePairs / PossiblePairs);

    /// <summary>Estimated matching pairs among all possible pairs, without labels; null when the model has no comparisons.</summary>
    public double? EstimatedMatches { get; init; }

    /// <summary>Estimated share of the matching pairs that at least one rule finds, without labels; null when the model has no comparisons.</summary>
    /// <value>In [0, 1].</value>
    public double? EstimatedPairCompleteness => EstimatedMatches is { } matches
        ? Math.Min(1, Rules.Sum(rule => rule.EstimatedMarginalMatches ?? 0) / matches)
        : null;

    /// <summary>Matching pairs that may match, by the truth; null when none was given.</summary>
    public long? TruePairs { get; init; }

    /// <summary>Share of the matching pairs that at least one rule finds, by the truth; null when none was given.</summary>
    /// <value>In [0, 1]; 1 when there are none.</value>
    public double? PairCompleteness => TruePairs is { } pairs ? pairs == 0 ? 1 : (double)Rules.Sum(rule => rule.MarginalTruePairs ?? 0) / pairs : null;

    /// <summary>Records of the truth that are not among the inputs.</summary>
    public long TruthOnly { get; init; }

    /// <summary>What the library decided and found, in plain sentences.</summary>
    public IReadOnlyList<string> Decisions { get; init; } = [];

    /// <summary>The rows that could not be read.</summary>
    public IReadOnlyList<QuarantinedRow> Quarantine { get; init; } = [];
}

/// <summary>What one blocking rule does.</summary>
public sealed record BlockingRuleReport
{
    /// <summary>The rule.</summary>
    public required BlockingRule Rule { get; init; }

    /// <summary>Blocks of at least two records, those that are too large left out.</summary>
    public required int Blocks { get; init; }

    /// <summary>Pairs that the rule finds.</summary>
    public required long Pairs { get; init; }

    /// <summary>Pairs that no earlier rule finds.</summary>
    public required long MarginalPairs { get; init; }

    /// <summary>Blocks over the limit that are divided by further features; 0 when the rule has none.</summary>
    public int DividedBlocks { get; init; }

    /// <summary>Records in blocks that are divided.</summary>
    public long DividedRecords { get; init; }

    /// <summary>Blocks that are too large to make pairs; of divided ones the parts that are.</summary>
    public required int OversizedBlocks { get; init; }

    /// <summary>Records in blocks that are too large.</summary>
    public required long OversizedRecords { get; init; }

    /// <summary>The largest blocks, those that are too large among them, largest first.</summary>
    public required IReadOnlyList<LargeBlock> LargestBlocks { get; init; }

    /// <summary>Estimated matching pairs that the rule finds, without labels; null when the model has no comparisons.</summary>
    public double? EstimatedMatches { get; init; }

    /// <summary>Estimated matching pairs that the rule finds and no earlier one does, without labels; null when the model has no comparisons.</summary>
    public double? EstimatedMarginalMatches { get; init; }

    /// <summary>Matching pairs that the rule finds, by the truth; null when none was given.</summary>
    public long? TruePairs { get; init; }

    /// <summary>Matching pairs that the rule finds and no earlier one does, by the truth; null when none was given.</summary>
    public long? MarginalTruePairs { get; init; }
}

/// <summary>A block with many records.</summary>
/// <param name="Records">How many records share the keys.</param>
/// <param name="Pairs">How many allowed pairs they are.</param>
/// <param name="IsOversized">Is it too large, so that it makes no pairs under its rule, or is divided?</param>
/// <param name="Values">The value of each key, standardized; null unless asked for, as they are personal.</param>
public sealed record LargeBlock(int Records, long Pairs, bool IsOversized, IReadOnlyList<string>? Values);

/// <summary>What a blocking report shows.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BlockingReportOptions
{
    /// <summary>The options used when none are given.</summary>
    public static BlockingReportOptions Default { get; } = new();

    /// <summary>How many of the largest blocks are shown for each rule.</summary>
    /// <value>A count of at least 0. Default 3.</value>
    public int LargestBlocks { get; init; } = 3;

    /// <summary>Show the values that the largest blocks share? They are personal data.</summary>
    /// <value>Default false.</value>
    public bool ShowValues { get; init; }

    /// <summary>Who each record is of, where that is known; null = unknown.</summary>
    /// <value>
    /// Record to person. Records that it does not name are left out of the figures against the truth. Records are recognized by their ids alone
    /// where it names no source that is among the inputs. Default null.
    /// </value>
    public IReadOnlyDictionary<RecordKey, string>? Truth { get; init; }
}
