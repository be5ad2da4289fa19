namespace IdentityResolution.Evaluation;

/// <summary>Precision and recall, with their harmonic mean.</summary>
/// <param name="Precision">Share of what was found that is true, in [0, 1]; 1 when nothing was found.</param>
/// <param name="Recall">Share of what is true that was found, in [0, 1]; 1 when there is nothing to find.</param>
public readonly record struct Accuracy(double Precision, double Recall)
{
    /// <summary>Harmonic mean of precision and recall, in [0, 1]; 0 when both are 0.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}

/// <summary>Pairs of records, counted by what was predicted and what is true.</summary>
/// <param name="TruePositives">Pairs in one predicted cluster that are one person.</param>
/// <param name="FalsePositives">Pairs in one predicted cluster that are two people.</param>
/// <param name="FalseNegatives">Pairs of one person that stand in two predicted clusters.</param>
public readonly record struct PairCounts(long TruePositives, long FalsePositives, long FalseNegatives)
{
    /// <summary>Precision and recall over these pairs.</summary>
    public Accuracy Accuracy => new(
        Share(TruePositives, TruePositives + FalsePositives),
        Share(TruePositives, TruePositives + FalseNegatives));

    private static double Share(long part, long whole) => whole == 0 ? 1 : (double)part / whole;
}

/// <summary>Clusters, counted by how they lie to the true people.</summary>
/// <param name="Predicted">Predicted clusters that hold at least one record of the truth; records that the prediction lacks are clusters of one.</param>
/// <param name="True">True people.</param>
/// <param name="Exact">True people all of whose records, and no others, make up one predicted cluster.</param>
/// <param name="OverMerged">Predicted clusters that hold records of more than one person.</param>
/// <param name="OverSplit">True people whose records stand in more than one predicted cluster.</param>
/// <remarks>A person may be split and also sit in an over-merged cluster: the three counts need not add up to anything.</remarks>
public readonly record struct ClusterCounts(long Predicted, long True, long Exact, long OverMerged, long OverSplit);

/// <summary>How far prediction and truth speak of the same records.</summary>
/// <param name="Evaluated">Records that both know.</param>
/// <param name="OnlyPredicted">Records that the truth does not know: nothing can be said of them, and no figure counts them.</param>
/// <param name="OnlyInTruth">Records that the prediction lacks, for example because they are in quarantine: each counts as found alone.</param>
public readonly record struct CoverageCounts(long Evaluated, long OnlyPredicted, long OnlyInTruth);
