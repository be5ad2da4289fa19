using IdentityResolution.Standardization;

namespace IdentityResolution.Similarity;

/// <summary>Tells slips in the domains of e-mail addresses. Addresses are never rewritten: what looks like a slip may be a domain.</summary>
/// <remarks>Safe for many threads; does not allocate for domains of up to 256 characters.</remarks>
public static class EmailSimilarity
{
    // Of domains this long two slips are still unlikely to meet another domain by chance.
    private const int LongDomain = 10;

    /// <summary>How alike two domains are: 1 less the share of letters that slips would have changed.</summary>
    /// <param name="left">A domain in standard form, such as <c>gmail.com</c>.</param>
    /// <param name="right">A domain in standard form.</param>
    /// <returns>A similarity in [0, 1]; 1 when they are equal, 0 when both are known providers (gmail.com and ymail.com are no slips of each other) or one is empty.</returns>
    public static double OfDomains(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.SequenceEqual(right))
        {
            return left.IsEmpty ? 0 : 1;
        }
        return left.IsEmpty || right.IsEmpty || (EmailAddress.IsKnownDomain(left) && EmailAddress.IsKnownDomain(right))
            ? 0
            : 1 - ((double)OptimalStringAlignment.Distance(left, right) / Math.Max(left.Length, right.Length));
    }

    /// <summary>Whether two addresses have one local part and domains that differ by one slip of the keyboard, or two in a long domain.</summary>
    /// <param name="left">A standard form of <see cref="FieldKind.Email"/>.</param>
    /// <param name="right">A standard form of <see cref="FieldKind.Email"/>.</param>
    /// <returns>True for <c>ann@gmail.com</c> and <c>ann@gmial.com</c>; false for equal addresses, and for two known providers.</returns>
    /// <remarks>Slips are inserted, dropped, changed or exchanged letters (optimal string alignment), as in .con, .co, gmial.com.</remarks>
    public static bool IsDomainTypo(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (!EmailAddress.TrySplit(left, out ReadOnlySpan<char> leftLocal, out ReadOnlySpan<char> leftDomain)
            || !EmailAddress.TrySplit(right, out ReadOnlySpan<char> rightLocal, out ReadOnlySpan<char> rightDomain)
            || !leftLocal.SequenceEqual(rightLocal)
            || leftDomain.SequenceEqual(rightDomain)
            || (EmailAddress.IsKnownDomain(leftDomain) && EmailAddress.IsKnownDomain(rightDomain)))
        {
            return false;
        }
        int slips = Math.Min(leftDomain.Length, rightDomain.Length) >= LongDomain ? 2 : 1;
        return OptimalStringAlignment.Distance(leftDomain, rightDomain, slips) <= slips;
    }
}
