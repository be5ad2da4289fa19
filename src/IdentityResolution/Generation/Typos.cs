namespace IdentityResolution.Generation;

/// <summary>Errors of typists, ears and scanners: each call makes one. Case is kept.</summary>
internal static class Typos
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    // Rows of a QWERTY keyboard; neighbours are left and right in a row and the two keys above and below.
    private static readonly string[] KeyRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    private static readonly (string Heard, string Written)[] Sounds =
    [
        ("ph", "f"), ("f", "ph"), ("ck", "k"), ("c", "k"), ("k", "c"), ("ie", "ei"), ("ei", "ie"), ("y", "i"), ("i", "y"), ("ll", "l"), ("l", "ll"),
        ("nn", "n"), ("n", "nn"), ("tt", "t"), ("ss", "s"), ("s", "z"), ("z", "s"), ("ee", "ea"), ("ea", "ee"), ("ai", "ay"), ("ou", "oo"),
        ("son", "sen"), ("sen", "son"), ("mac", "mc"), ("th", "t"), ("wh", "w"), ("gh", "g"), ("er", "ar"), ("x", "ks"), ("qu", "kw"), ("v", "w"),
    ];

    private static readonly (string Printed, string Read)[] Shapes =
    [
        ("m", "rn"), ("rn", "m"), ("cl", "d"), ("d", "cl"), ("l", "1"), ("i", "l"), ("o", "0"), ("s", "5"), ("b", "6"), ("u", "v"), ("vv", "w"),
        ("w", "vv"), ("h", "b"), ("e", "c"), ("g", "q"), ("t", "f"),
    ];

    /// <summary>A text with one error. A text of less than two characters stays as it is.</summary>
    public static string InText(ref SplitMix64 random, string text)
    {
        if (text.Length < 2)
        {
            return text;
        }
        int at = random.Below(text.Length);
        return random.Below(100) switch
        {
            < 14 => Substitute(ref random, text, Sounds),
            < 22 => Substitute(ref random, text, Shapes),
            < 42 => Replace(text, at, Neighbour(ref random, text[at])),
            < 50 => Replace(text, at, random.Pick(Letters)),
            < 68 => text.Remove(at, 1),
            < 76 => text.Insert(at, text[at].ToString()),
            < 84 => text.Insert(at, random.Pick(Letters).ToString()),
            _ => Transpose(text, Math.Min(at, text.Length - 2)),
        };
    }

    /// <summary>A text with one of its digits wrong, lost, or in its neighbour's place; without digits it stays as it is.</summary>
    public static string InDigits(ref SplitMix64 random, string text)
    {
        int count = text.Count(char.IsAsciiDigit);
        if (count == 0)
        {
            return text;
        }
        int wanted = random.Below(count);
        int at = 0;
        for (; ; at++)
        {
            if (char.IsAsciiDigit(text[at]) && wanted-- == 0)
            {
                break;
            }
        }
        return random.Below(10) switch
        {
            < 5 => Replace(text, at, random.Pick(Digits)),
            < 7 => text.Remove(at, 1),
            _ => at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) ? Transpose(text, at) : Replace(text, at, random.Pick(Digits)),
        };
    }

    private static string Substitute(ref SplitMix64 random, string text, (string From, string To)[] table)
    {
        // Start somewhere in the table and take the first entry that applies.
        int start = random.Below(table.Length);
        for (int i = 0; i < table.Length; i++)
        {
            (string from, string to) = table[(start + i) % table.Length];
            int at = text.IndexOf(from, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                string put = char.IsUpper(text[at]) ? char.ToUpperInvariant(to[0]) + to[1..] : to;
                return string.Concat(text.AsSpan(0, at), put, text.AsSpan(at + from.Length));
            }
        }
        return text;
    }

    private static char Neighbour(ref SplitMix64 random, char key)
    {
        char lower = char.ToLowerInvariant(key);
        for (int row = 0; row < KeyRows.Length; row++)
        {
            int column = KeyRows[row].IndexOf(lower, StringComparison.Ordinal);
            if (column < 0)
            {
                continue;
            }
            (int rowStep, int columnStep) = random.Below(4) switch
            {
                0 => (0, -1),
                1 => (0, 1),
                2 => (-1, 0),
                _ => (1, 0),
            };
            string newRow = KeyRows[Math.Clamp(row + rowStep, 0, KeyRows.Length - 1)];
            return newRow[Math.Clamp(column + columnStep, 0, newRow.Length - 1)];
        }
        return random.Pick(Letters);
    }

    private static string Replace(string text, int at, char with)
    {
        char put = char.IsUpper(text[at]) ? char.ToUpperInvariant(with) : with;
        return string.Concat(text.AsSpan(0, at), [put], text.AsSpan(at + 1));
    }

    private static string Transpose(string text, int at)
    {
        char first = text[at];
        char second = text[at + 1];
        if (char.IsUpper(first) && char.IsLower(second))
        {
            (first, second) = (char.ToLowerInvariant(first), char.ToUpperInvariant(second));
        }
        return string.Concat(text.AsSpan(0, at), [second, first], text.AsSpan(at + 2));
    }
}
