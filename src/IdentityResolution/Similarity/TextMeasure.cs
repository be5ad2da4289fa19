namespace IdentityResolution.Similarity;

/// <summary>Any measure of two texts in whole numbers: the distances and lengths of this namespace fit as they are.</summary>
/// <param name="left">One text.</param>
/// <param name="right">The other text.</param>
/// <param name="cutOff">The measure's own cut-off: a greatest distance, or a least length.</param>
/// <returns>A distance or a length, at least 0.</returns>
public delegate int TextMeasure(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int cutOff);
