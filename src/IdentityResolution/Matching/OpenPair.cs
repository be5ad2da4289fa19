namespace IdentityResolution.Matching;

/// <summary>A pair that is being weighed: what it can still weigh at most, and what is not known yet.</summary>
/// <param name="Left">One record.</param>
/// <param name="Right">The other record.</param>
/// <param name="Coincidence">The most that the pair can weigh against coincidence, in millibits.</param>
/// <param name="Kinship">The most that the pair can weigh against kinship, in millibits.</param>
/// <param name="Open">Bit c is set when the level of comparison c is not known.</param>
internal readonly record struct OpenPair(int Left, int Right, int Coincidence, int Kinship, uint Open)
{
    /// <summary>The most that the pair can weigh; its weight once nothing is open.</summary>
    public int Most => Math.Min(Coincidence, Kinship);
}
