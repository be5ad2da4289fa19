namespace IdentityResolution.Evaluation;

/// <summary>How good a prediction is, estimated from a labelled sample of the scored pairs.</summary>
/// <param name="Precision">Of the scored pairs that the prediction joins, the share that is one person.</param>
/// <param name="Recall">Of the scored pairs that are one person, the share that the prediction joins. Pairs that were never scored are not in it.</param>
/// <param name="Labels">How many pairs somebody decided.</param>
/// <param name="Undecided">How many were drawn and not decided.</param>
/// <param name="ScoredPairs">How many pairs the sample stands for.</param>
/// <param name="Coverage">Records of the sample, and how many of them the prediction lacks.</param>
public sealed record SampleEvaluationResult(
    Estimate Precision, Estimate Recall, long Labels, long Undecided, long ScoredPairs, CoverageCounts Coverage)
{
    /// <summary>The harmonic mean of both estimates, in [0, 1].</summary>
    public double F1 => new Accuracy(Precision.Value, Recall.Value).F1;
}
