namespace IdentityResolution.Evaluation;

/// <summary>What an evaluation counts.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The options used when none are given.</summary>
    public static EvaluationOptions Default { get; } = new();

    /// <summary>Whether only pairs of records from two sources count, as where sources hold no duplicates and are linked to one another.</summary>
    /// <value>
    /// Default false. When true, pairs within a source are left out; B-cubed compares each record with itself and the records of other
    /// sources. Whole clusters are counted as before.
    /// </value>
    public bool AcrossSources { get; init; }
}

/// <summary>Which pairs an evaluation by labelled pairs counts.</summary>
public enum PairScope
{
    /// <summary>The labelled pairs and no others: for judgements on a sample of pairs.</summary>
    LabelledPairs = 0,

    /// <summary>
    /// Every pair that holds the left record of a labelled pair: for sets where all matches of some records were looked up. A predicted
    /// partner of such a record that is not labelled a match is false.
    /// </summary>
    LeftRecords,
}
