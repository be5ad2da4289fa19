using System.Globalization;
using System.Text;

namespace IdentityResolution.Generation;

/// <summary>Invents e-mail addresses. All end in <c>.example</c> (RFC 2606): no message can reach anyone.</summary>
internal static class EmailAddresses
{
    private static readonly RankedNames Providers = new(
        [
            "postbox.example", "quickmail.example", "mailhaven.example", "letterbird.example", "inboxly.example", "netpost.example",
            "skymail.example", "homelink.example", "broadline.example", "webnote.example", "citynet.example", "oldmail.example",
        ],
        offset: 1,
        steep: false);

    private static readonly string[] Pastimes =
        ["sunny", "blue", "happy", "star", "lucky", "garden", "music", "runner", "cat", "coffee", "river", "wild", "retro", "tiny", "bookish", "chess"];

    /// <summary>An address for one person.</summary>
    public static string Of(ref SplitMix64 random, string firstName, string surname, int birthYear)
    {
        string first = Plain(firstName);
        string last = Plain(surname);
        string local = random.Below(100) switch
        {
            < 38 => $"{first}.{last}",
            < 56 => $"{first[0]}{last}",
            < 66 => $"{first}{last[0]}",
            < 75 => $"{last}.{first[0]}",
            < 84 => $"{first}_{last}",
            < 90 => $"{first}{last}",
            _ => random.Pick<string>(Pastimes) + first,
        };
        string tail = random.Below(10) switch
        {
            < 2 => string.Empty,
            < 4 => (birthYear % 100).ToString("D2", CultureInfo.InvariantCulture),
            < 7 => random.Below(100).ToString(CultureInfo.InvariantCulture),
            _ => random.Below(10_000).ToString(CultureInfo.InvariantCulture),
        };
        return $"{local}{tail}@{Providers.Pick(ref random)}";
    }

    /// <summary>An address that a whole household uses.</summary>
    public static string OfFamily(ref SplitMix64 random, string surname) =>
        $"{(random.Chance(0.5) ? "the" : string.Empty)}{Plain(surname)}{(random.Chance(0.5) ? "family" : "s")}{random.Below(1000)}@{Providers.Pick(ref random)}";

    /// <summary>One of the providers.</summary>
    public static string PickProvider(ref SplitMix64 random) => Providers.Pick(ref random);

    /// <summary>Lower-case ASCII letters of a name; <c>x</c> when there are none.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            char lower = char.ToLowerInvariant(Diacritics.Strip(c));
            if (lower is >= 'a' and <= 'z')
            {
                plain.Append(lower);
            }
        }
        return plain.Length == 0 ? "x" : plain.ToString();
    }
}
