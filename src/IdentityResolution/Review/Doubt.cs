namespace IdentityResolution.Review;

/// <summary>A pair in doubt, before it is known whether it comes on the list.</summary>
/// <param name="Left">One record index.</param>
/// <param name="Right">The other record index.</param>
/// <param name="Kind">Why it is in doubt.</param>
/// <param name="Degree">How much, in (0, 1].</param>
/// <param name="Weight">The match weight in millibits; null where it was not scored.</param>
/// <param name="Detail">What the reason needs: a rule, a source, or the number of records on one side.</param>
/// <param name="Guard">What refused a link.</param>
internal readonly record struct Doubt(int Left, int Right, ReviewKind Kind, double Degree, int? Weight, int Detail = 0, Clustering.Guard Guard = default);
