namespace IdentityResolution.Evaluation;

/// <summary>What is wrong with a pair.</summary>
public enum ConfusionKind
{
    /// <summary>Two people in one predicted cluster.</summary>
    FalsePositive = 0,

    /// <summary>One person in two predicted clusters.</summary>
    FalseNegative,
}

/// <summary>A pair of records that the prediction has wrong.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Left">The record that comes first by key.</param>
/// <param name="Right">The other record.</param>
/// <param name="LeftCluster">The predicted cluster of the left record; empty when the prediction lacks the record.</param>
/// <param name="RightCluster">The predicted cluster of the right record; empty when the prediction lacks the record.</param>
/// <param name="LeftPerson">The true person of the left record.</param>
/// <param name="RightPerson">The true person of the right record.</param>
public readonly record struct ConfusedPair(
    ConfusionKind Kind, RecordKey Left, RecordKey Right, string LeftCluster, string RightCluster, string LeftPerson, string RightPerson);
