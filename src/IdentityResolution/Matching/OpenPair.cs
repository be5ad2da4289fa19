namespace IdentityResolution.Matching;

/// <summary>A pair that is being weighed: what it can still weigh at most, and what is not known yet.</summary>
internal struct OpenPair
{
    /// <summary>One record.</summary>
    public int Left;

    /// <summary>The other record.</summary>
    public int Right;

    /// <summary>The most that the pair can weigh against coincidence, in millibits.</summary>
    public int Coincidence;

    /// <summary>The most that the pair can weigh against kinship, in millibits.</summary>
    public int Kinship;

    /// <summary>Bit c is set when the level of comparison c is not known.</summary>
    public uint Open;

    /// <summary>The most that the pair can weigh; its weight once nothing is open.</summary>
    public readonly int Most => Math.Min(Coincidence, Kinship);
}
