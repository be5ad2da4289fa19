namespace IdentityResolution.Matching;

/// <summary>The two sums of a pair in millibits: against coincidence and against kinship. The lesser decides.</summary>
/// <param name="AgainstCoincidence">Sum of 1000 log2(m/u).</param>
/// <param name="AgainstKinship">Sum of 1000 log2(m/r); far above the other where the model knows no relatives.</param>
internal readonly record struct PairWeight(int AgainstCoincidence, int AgainstKinship)
{
    /// <summary>The weight that decides.</summary>
    public int Least => Math.Min(AgainstCoincidence, AgainstKinship);

    public static PairWeight operator +(PairWeight left, PairWeight right) =>
        new(left.AgainstCoincidence + right.AgainstCoincidence, left.AgainstKinship + right.AgainstKinship);
}
