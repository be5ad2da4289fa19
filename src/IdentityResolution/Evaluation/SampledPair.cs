namespace IdentityResolution.Evaluation;

/// <summary>A pair that was drawn for clerical review.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Stratum">The number of its stratum, from 1 for the lowest weights.</param>
/// <param name="StratumPairs">How many pairs the stratum has.</param>
/// <param name="StratumSample">How many of them were drawn.</param>
public readonly record struct SampledPair(ScoredPair Pair, int Stratum, long StratumPairs, long StratumSample)
{
    /// <summary>How many pairs this one stands for: one over the chance that it was drawn.</summary>
    public double SamplingWeight => (double)StratumPairs / StratumSample;
}

/// <summary>What a person said of a sampled pair.</summary>
/// <param name="Left">One record.</param>
/// <param name="Right">The other record.</param>
/// <param name="Stratum">The number of the stratum.</param>
/// <param name="StratumPairs">How many pairs the stratum has.</param>
/// <param name="IsMatch">True = one person, false = two, null = not decided.</param>
public readonly record struct SampleLabel(RecordKey Left, RecordKey Right, int Stratum, long StratumPairs, bool? IsMatch);
