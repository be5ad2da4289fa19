namespace IdentityResolution.Evaluation;

/// <summary>How many of the true pairs are among the candidates at all: what no threshold can win back.</summary>
/// <param name="CandidatePairs">Candidate pairs of records that the truth knows.</param>
/// <param name="TruePairsFound">Those of them that are one person.</param>
/// <param name="TruePairs">Pairs of one person that there are.</param>
/// <param name="PossiblePairs">Pairs of records of the truth that there are.</param>
/// <remarks>
/// Source: Christen (2012), "A Survey of Indexing Techniques for Scalable Record Linkage and Deduplication", IEEE TKDE 24(9),
/// https://doi.org/10.1109/TKDE.2011.127.
/// </remarks>
public readonly record struct BlockingQuality(long CandidatePairs, long TruePairsFound, long TruePairs, long PossiblePairs)
{
    /// <summary>Share of the true pairs that are candidates, in [0, 1]; 1 when there are none.</summary>
    public double PairCompleteness => TruePairs == 0 ? 1 : (double)TruePairsFound / TruePairs;

    /// <summary>Share of the possible pairs that are no candidates, in [0, 1]; 0 when there are none.</summary>
    public double ReductionRatio => PossiblePairs == 0 ? 0 : 1 - ((double)CandidatePairs / PossiblePairs);
}
