namespace IdentityResolution.Evaluation;

/// <summary>What a threshold would give.</summary>
/// <param name="Weight">The threshold in millibits: pairs of this weight and above link. <see cref="ScoredPair.RuleWeight"/> = match rules alone.</param>
/// <param name="Links">The linked pairs themselves, against all true pairs.</param>
/// <param name="Clusters">The pairs within the clusters that chains of these links make, against all true pairs.</param>
public readonly record struct SweepPoint(int Weight, PairCounts Links, PairCounts Clusters)
{
    /// <summary>The threshold as a probability, in [0, 1].</summary>
    public double MatchProbability => Weight == ScoredPair.RuleWeight ? 1 : MatchWeights.ToProbability(Weight);
}
