namespace IdentityResolution.Evaluation;

/// <summary>How well predicted clusters agree with the truth.</summary>
/// <param name="Pairs">Pairs of records, counted.</param>
/// <param name="BCubed">
/// B-cubed precision and recall: the mean over records of the share of the record's predicted cluster that is the same person, and of the
/// share of the person's records that stand in the record's cluster.
/// </param>
/// <param name="Clusters">Clusters, counted.</param>
/// <param name="Coverage">Records that one side lacks.</param>
/// <remarks>
/// Source of B-cubed: Bagga and Baldwin (1998), "Entity-Based Cross-Document Coreferencing Using the Vector Space Model", COLING-ACL,
/// https://doi.org/10.3115/980845.980859.
/// </remarks>
public sealed record EvaluationResult(PairCounts Pairs, Accuracy BCubed, ClusterCounts Clusters, CoverageCounts Coverage)
{
    /// <summary>Precision and recall over pairs.</summary>
    public Accuracy Pairwise => Pairs.Accuracy;
}

/// <summary>How well predicted clusters agree with labelled pairs.</summary>
/// <param name="Pairs">The pairs in scope, counted.</param>
/// <param name="TrueNegatives">Labelled pairs of two people that stand in two predicted clusters; 0 unless <see cref="PairScope.LabelledPairs"/>.</param>
/// <param name="Coverage">
/// Records of the labelled pairs, and how many of them the prediction lacks. Records that no label names count only as partners of left
/// records, in <see cref="PairScope.LeftRecords"/>.
/// </param>
public sealed record PairEvaluationResult(PairCounts Pairs, long TrueNegatives, CoverageCounts Coverage)
{
    /// <summary>Precision and recall over pairs.</summary>
    public Accuracy Pairwise => Pairs.Accuracy;
}
