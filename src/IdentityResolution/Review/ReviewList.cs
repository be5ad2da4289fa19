namespace IdentityResolution;

/// <summary>What a run leaves for a person to decide, most in doubt first.</summary>
/// <param name="Items">The pairs, as many as <see cref="ReviewOptions.MaxItems"/> allows; of any two customers, and of any customer's two parts, one pair.</param>
/// <param name="TotalCount">How many there are in all.</param>
public sealed record ReviewList(IReadOnlyList<ReviewItem> Items, int TotalCount)
{
    /// <summary>Nothing in doubt, or nobody asked.</summary>
    public static ReviewList Empty { get; } = new([], 0);
}
