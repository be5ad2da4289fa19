using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Contact;

/// <summary>What is known of e-mail providers and of addresses that are none.</summary>
internal static class EmailDomains
{
    private static readonly WordMap MainDomains = new("gmail.com: googlemail.com");

    private static readonly WordSet PlaceholderLocals = new(
        "none na n/a null nil unknown noemail no-email no_email no.email nomail no-mail nomail1 noemailaddress noemailgiven noemailprovided notprovided " +
        "not.provided notavailable not.available notgiven noone nobody donthave declined refused nothing noaddress anonymous xxx xxxx test@test " +
        "donotreply@example fake dummy unk unspecified");

    private static readonly WordSet PlaceholderDomains = new(
        "test.com test.test noemail.com nomail.com none.com none.none no.com no.email noemail.org noemail.net na.com null.com unknown.com email.invalid invalid.invalid " +
        "example.invalid xxx.xxx xx.xx a.a x.x notprovided.com fake.com nowhere.com");

    private static readonly WordSet ExampleDomains = new("example.com example.org example.net email.com mail.com domain.com company.com");
    private static readonly WordSet TestLocals = new("test tester testing test1 test123 user username email e-mail mail me you name your.name yourname youremail your.email someone somebody abc asdf a aa aaa x");

    /// <summary>The one name of a provider that has several.</summary>
    public static bool TryGetMainDomain(ReadOnlySpan<char> domain, out string main) => MainDomains.TryGet(domain, out main);

    /// <summary>Whether the provider takes <c>j.doe</c> and <c>jdoe</c> for one mailbox.</summary>
    public static bool IgnoresDots(ReadOnlySpan<char> domain) => domain is "gmail.com";

    /// <summary>Whether an address stands for "no address".</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> local, ReadOnlySpan<char> domain) =>
        PlaceholderLocals.Contains(local)
        || PlaceholderDomains.Contains(domain)
        || (ExampleDomains.Contains(domain) && TestLocals.Contains(local));
}
