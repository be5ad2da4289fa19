using System.Collections.Frozen;

namespace IdentityResolution.Standardization.Text;

/// <summary>Values that people and programs write when there is nothing to write.</summary>
/// <remarks>Asked with words of folded text: punctuation counts as a blank, so <c>n/a</c>, <c>N.A.</c> and <c>n a</c> are one.</remarks>
internal sealed class Placeholders
{
    /// <summary>Longest text that can be a built-in placeholder, with some room for punctuation.</summary>
    public const int MaxLength = 32;

    // Nobody is named so; also safe for surnames.
    private static readonly string[] Plain =
    [
        "n a", "n/a", "unknown", "not known", "not available", "not applicable", "not provided", "not given", "not stated", "not specified", "not set",
        "not entered", "not recorded", "not disclosed", "undisclosed", "unspecified", "undefined", "none given", "none provided", "no data",
        "no value", "no name", "no surname", "no last name", "no first name", "noname", "nolastname", "nofirstname", "unnamed", "name unknown",
        "unknown unknown", "anonymous", "redacted", "withheld", "refused", "declined", "confidential", "tbd", "t b d", "tba", "t b a", "to be determined",
        "to be confirmed", "missing value", "missing", "blank", "empty", "xxx", "xxxx", "xxxxx", "xxxxxx", "xx", "zzz", "zzzz", "asdf", "asdfgh",
        "qwerty", "qwertz", "dummy", "lname", "fname", "lnu", "fnu", "first name", "last name", "firstname", "lastname", "surname", "unbekannt",
        "nicht bekannt", "keine angabe", "inconnu", "inconnue", "non renseigne", "desconocido", "desconocida", "sin datos", "sconosciuto",
        "onbekend", "nieznany", "neizvestno", "n n", "nn", "none none",
    ];

    // Words that can be names or values, so they count only where a field holds neither: addresses, numbers, dates.
    private static readonly string[] Broad =
    [
        "none", "null", "nil", "nul", "na", "nan", "unk", "unkn", "unknwn", "test", "testing", "test test", "nothing", "default", "x", "x x", "other unknown", "void",
        "no", "not", "sample", "example", "deleted", "removed", "invalid",
    ];

    private static readonly FrozenSet<string> BroadSet = Plain.Concat(Broad).ToFrozenSet(StringComparer.Ordinal);

    // A given name may be Nil or Na; a country is NA.
    private static readonly string[] Named = ["none", "null", "unk", "unkn", "test", "testing", "test test"];
    private static readonly FrozenSet<string> NamedSet = Plain.Concat(Named).ToFrozenSet(StringComparer.Ordinal);

    // "no", "x" and "default" say something in a category.
    private static readonly FrozenSet<string> ValueSet = NamedSet.Concat(["na", "nil", "nul", "nan"]).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> SurnameSet =
        Plain.Concat(["none", "test test"]).Except(["missing", "blank"], StringComparer.Ordinal).ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    // How text starts, blanks and punctuation left out: with two letters, with fewer word characters than two, or with others than letters.
    private const int Letters = 26 * 26;
    private const int Short = Letters;
    private const int Other = Letters + 1;

    // Flags over the starts that a placeholder has: most values are told apart without hashing.
    private readonly bool[] _starts = new bool[Letters + 2];

    // And how it ends: with a letter, or with none.
    private readonly bool[] _ends = new bool[26 + 1];

    private Placeholders(FrozenSet<string> words)
    {
        _words = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string word in words)
        {
            _starts[Start(word)] = true;
            _ends[End(word)] = true;
        }
    }

    /// <summary>The placeholders of a kind with the user's own, which come folded.</summary>
    public static Placeholders For(FieldKind kind, IReadOnlyList<string> extra)
    {
        FrozenSet<string> words = kind switch
        {
            FieldKind.Surname or FieldKind.FullName or FieldKind.OrganizationName => SurnameSet,
            FieldKind.GivenName or FieldKind.MiddleName => NamedSet,
            FieldKind.StreetAddress or FieldKind.HouseNumber or FieldKind.City or FieldKind.Region or FieldKind.Country => NamedSet,
            FieldKind.Text or FieldKind.Category or FieldKind.Number or FieldKind.Year or FieldKind.Location or FieldKind.Sex => ValueSet,
            _ => BroadSet,
        };
        return extra.Count == 0 ? new Placeholders(words) : new Placeholders(words.Concat(extra).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>Whether a finished form is a placeholder.</summary>
    public bool Contains(ReadOnlySpan<char> form) => CanBe(form) && _words.Contains(form);

    /// <summary>Whether text can become a placeholder when its punctuation is dropped; cheap, and seldom true in vain.</summary>
    public bool CanBe(ReadOnlySpan<char> folded) => _starts[Start(folded)] && _ends[End(folded)];

    private static int Start(ReadOnlySpan<char> text)
    {
        int first = -1;
        foreach (char c in text)
        {
            if (char.IsAsciiLetterLower(c))
            {
                if (first >= 0)
                {
                    return (first * 26) + (c - 'a');
                }
                first = c - 'a';
            }
            else if (Words.IsWordCharacter(c))
            {
                return Other;
            }
        }
        return Short;
    }

    private static int End(ReadOnlySpan<char> text)
    {
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (Words.IsWordCharacter(text[i]))
            {
                return char.IsAsciiLetterLower(text[i]) ? text[i] - 'a' : 26;
            }
        }
        return 26;
    }
}
