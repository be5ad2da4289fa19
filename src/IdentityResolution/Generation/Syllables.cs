using System.Text;

namespace IdentityResolution.Generation;

/// <summary>Invents names that can be said aloud: the long tail that no list holds.</summary>
internal static class Syllables
{
    private static readonly string[] Onsets =
    [
        "b", "bl", "br", "c", "ch", "cl", "d", "dr", "f", "fr", "g", "gl", "gr", "h", "j", "k", "kr", "l", "m", "n", "p", "pr", "r", "s", "sh",
        "sk", "st", "t", "th", "tr", "v", "w", "y", "z",
    ];

    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "au", "ea", "ee", "ia", "ie", "oo", "ou"];

    private static readonly string[] Codas = ["", "", "", "", "l", "n", "r", "s", "m", "t", "k", "nd", "ng", "rn", "rd", "st", "ck", "ll"];

    private static readonly string[] GivenNameEndings = ["", "", "", "a", "a", "ie", "ia", "in", "on", "el", "is", "an", "ette", "ine", "us"];

    private static readonly string[] SurnameEndings =
    [
        "", "", "", "son", "man", "ski", "ez", "ova", "ic", "ini", "ton", "ley", "ford", "well", "er", "in", "ard", "sen", "berg", "stein", "idis",
        "ian", "enko", "aki", "ier", "eau", "worth", "wood", "field", "ham",
    ];

    /// <summary>One name: an initial capital, at least three letters.</summary>
    public static string Invent(ref SplitMix64 random, bool surname)
    {
        var name = new StringBuilder(24);
        do
        {
            name.Clear();
            int count = 1 + random.Below(2);
            for (int i = 0; i < count; i++)
            {
                name.Append(random.Pick<string>(Onsets)).Append(random.Pick<string>(Vowels)).Append(random.Pick<string>(Codas));
            }
            name.Append(random.Pick<string>(surname ? SurnameEndings : GivenNameEndings));
        }
        while (name.Length < 3);
        name[0] = char.ToUpperInvariant(name[0]);
        return name.ToString();
    }
}
