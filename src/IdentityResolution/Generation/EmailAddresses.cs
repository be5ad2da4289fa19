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
        // Providers give an address once: whole names that are rare may stand alone, all others carry digits.
        (string local, bool whole) = random.Below(100) switch
        {
            < 38 => ($"{first}.{last}", true),
            < 56 => ($"{first[0]}{last}", false),
            < 66 => ($"{first}{last[0]}", false),
            < 75 => ($"{last}.{first[0]}", false),
            < 84 => ($"{first}_{last}", true),
            < 90 => ($"{first}{last}", true),
            _ => (random.Pick<string>(Pastimes) + first, false),
        };
        bool rare = whole && !Surnames.IsCommon(surname);
        int tail = random.Below(10) switch
        {
            < 3 when rare => -1,
            < 5 when rare => birthYear % 100,
            < 2 => birthYear,
            < 4 => 100 + random.Below(900),
            < 7 => random.Below(10_000),
            _ => random.Below(1_000_000),
        };
        string digits = tail < 0 ? string.Empty : tail.ToString("D2", CultureInfo.InvariantCulture);
        return $"{local}{digits}@{Providers.Pick(ref random)}";
    }

    /// <summary>An address that a whole household uses.</summary>
    public static string OfFamily(ref SplitMix64 random, string surname) =>
        $"{(random.Chance(0.5) ? "the" : string.Empty)}{Plain(surname)}{(random.Chance(0.5) ? "family" : "s")}{random.Below(100_000)}@{Providers.Pick(ref random)}";

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
