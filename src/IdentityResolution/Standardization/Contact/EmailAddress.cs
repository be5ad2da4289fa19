using IdentityResolution.Standardization.Contact;

namespace IdentityResolution.Standardization;

/// <summary>Answers questions about e-mail addresses in standard form, without allocation.</summary>
public static class EmailAddress
{
    /// <summary>Parts an address at its at sign.</summary>
    /// <param name="standard">A standard form of <see cref="FieldKind.Email"/>.</param>
    /// <param name="local">What stands before the at sign; empty when there is none.</param>
    /// <param name="domain">What stands after it; empty when there is none.</param>
    /// <returns>Whether both parts are there.</returns>
    public static bool TrySplit(ReadOnlySpan<char> standard, out ReadOnlySpan<char> local, out ReadOnlySpan<char> domain)
    {
        int at = standard.LastIndexOf('@');
        local = at <= 0 ? [] : standard[..at];
        domain = at < 0 ? [] : standard[(at + 1)..];
        return !local.IsEmpty && !domain.IsEmpty;
    }

    /// <summary>Whether the mailbox belongs to a function and so to many people: info@, sales@, noreply@.</summary>
    /// <param name="standard">A standard form of <see cref="FieldKind.Email"/>.</param>
    public static bool IsRole(ReadOnlySpan<char> standard) => TrySplit(standard, out ReadOnlySpan<char> local, out _) && EmailDomains.IsRole(local);

    /// <summary>Whether the domain gives out mailboxes for some minutes to anybody.</summary>
    /// <param name="standard">A standard form of <see cref="FieldKind.Email"/>.</param>
    /// <remarks>Knows the common providers only; new ones appear every day.</remarks>
    public static bool IsDisposable(ReadOnlySpan<char> standard) =>
        TrySplit(standard, out _, out ReadOnlySpan<char> domain) && EmailDomains.IsDisposable(domain);

    /// <summary>Whether a domain is one of a known provider.</summary>
    internal static bool IsKnownDomain(ReadOnlySpan<char> domain) => EmailDomains.IsPublicProvider(domain);

    /// <summary>Whether the domain gives mailboxes to the public (gmail.com, gmx.de), so that sharing it says nothing.</summary>
    /// <param name="standard">A standard form of <see cref="FieldKind.Email"/>.</param>
    public static bool IsPublicProvider(ReadOnlySpan<char> standard) =>
        TrySplit(standard, out _, out ReadOnlySpan<char> domain) && EmailDomains.IsPublicProvider(domain);
}
