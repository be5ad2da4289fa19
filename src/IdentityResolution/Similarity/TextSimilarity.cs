namespace IdentityResolution.Similarity;

/// <summary>Any similarity of two texts: the place where one's own measure plugs in. The measures of this namespace fit as they are.</summary>
/// <param name="left">One text.</param>
/// <param name="right">The other text.</param>
/// <param name="minSimilarity">The cut-off in [0, 1]: a smaller similarity may be given as 0 without being worked out.</param>
/// <returns>A similarity in [0, 1]; 1 for equal texts.</returns>
/// <remarks>Must be pure and safe to call from several threads. Should be symmetric.</remarks>
/// <example><c>TextSimilarity similarity = JaroWinkler.Similarity;</c></example>
public delegate double TextSimilarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity);
