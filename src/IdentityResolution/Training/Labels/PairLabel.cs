namespace IdentityResolution.Training;

/// <summary>Two records of which somebody knows whether they are one customer.</summary>
/// <param name="Left">The smaller record index.</param>
/// <param name="Right">The larger record index.</param>
/// <param name="IsMatch">Are they one customer?</param>
internal readonly record struct PairLabel(int Left, int Right, bool IsMatch);
