namespace IdentityResolution.Evaluation;

/// <summary>A candidate pair with its weight, accepted or not.</summary>
/// <param name="Left">One record.</param>
/// <param name="Right">The other record.</param>
/// <param name="Weight">The total match weight in millibits, prior included; <see cref="RuleWeight"/> for a pair that a match rule linked.</param>
public readonly record struct ScoredPair(RecordKey Left, RecordKey Right, int Weight)
{
    /// <summary>The weight of pairs that a match rule linked: above every score. Millibits.</summary>
    public const int RuleWeight = int.MaxValue;

    /// <summary>The weight as a probability, in [0, 1]; 1 for a match rule.</summary>
    public double MatchProbability => Weight == RuleWeight ? 1 : MatchWeights.ToProbability(Weight);
}
