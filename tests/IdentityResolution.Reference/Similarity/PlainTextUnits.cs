using System.Globalization;

namespace IdentityResolution.Reference.Similarity;

/// <summary>Splits texts into letters or code points, and gives every different one a character of its own, counted from A.</summary>
/// <remarks>Knows the decompositions of a small alphabet, written out by hand: tests draw their texts from it.</remarks>
public static class PlainTextUnits
{
    /// <summary>What the tests put texts together from.</summary>
    public static readonly string[] Alphabet =
    [
        "a", "b", "e", "o", " ", "\r", "\n", "\r\n", "\u00E9", "\u00EA", "\u1EC7", "\u1EB9", "\u00C5", "\u212B", "\u1E69", "\u015B", "s", "A", "\u03B1", "\u1F82",
        "\u0915", "\u0958", "\u093C", "\u1100", "\u1161", "\u11A8", "\uAC00", "\uAC01", "\u738B", "\uFA0C", "\u5140", "\u0301", "\u0302", "\u0307", "\u030A",
        "\u0313", "\u0300", "\u0323", "\u0345", "\u200D", "\uFE0F", "\u2764", "\U0001F468", "\U0001F469", "\U0001F467", "\U0001F1E9", "\U0001F1EA",
        "\U0001F44D", "\U0001F3FD", "\U0001D15E", "\U0001D157", "\U0001D165", "\U0002F800", "\u4E3D", "\uD83D", "\uDC68",
    ];

    private static readonly Dictionary<string, string> Decompositions = new(StringComparer.Ordinal)
    {
        ["\u00E9"] = "e\u0301",
        ["\u00EA"] = "e\u0302",
        ["\u1EB9"] = "e\u0323",
        ["\u1EC7"] = "e\u0323\u0302",
        ["\u00C5"] = "A\u030A",
        ["\u212B"] = "A\u030A",
        ["\u1E69"] = "s\u0323\u0307",
        ["\u015B"] = "s\u0301",
        ["\u1F82"] = "\u03B1\u0313\u0300\u0345",
        ["\u0958"] = "\u0915\u093C",
        ["\uAC00"] = "\u1100\u1161",
        ["\uAC01"] = "\u1100\u1161\u11A8",
        ["\uFA0C"] = "\u5140",
        ["\U0001D15E"] = "\U0001D157\U0001D165",
        ["\U0002F800"] = "\u4E3D",
    };

    private static readonly Dictionary<string, int> Classes = new(StringComparer.Ordinal)
    {
        ["\u0301"] = 230,
        ["\u0302"] = 230,
        ["\u0307"] = 230,
        ["\u030A"] = 230,
        ["\u0313"] = 230,
        ["\u0300"] = 230,
        ["\u0323"] = 220,
        ["\u0345"] = 240,
        ["\u093C"] = 7,
        ["\U0001D165"] = 216,
    };

    /// <summary>The code points of a text, each as a string; a lone surrogate is one.</summary>
    public static List<string> CodePoints(string text)
    {
        var points = new List<string>();
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            points.Add(isPair ? text.Substring(i++, 2) : text.Substring(i, 1));
        }
        return points;
    }

    /// <summary>The letters of a text, equivalent ones spelled alike.</summary>
    public static List<string> Letters(string text)
    {
        var letters = new List<string>();
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            string letter = elements.GetTextElement();
            if (letter == "\r\n")
            {
                letters.AddRange(["\r", "\n"]);
            }
            else
            {
                letters.Add(Decompose(letter));
            }
        }
        return letters;
    }

    /// <summary>Both texts with one character per unit.</summary>
    public static (string Left, string Right) Rewrite(List<string> left, List<string> right)
    {
        var numbers = new Dictionary<string, char>(StringComparer.Ordinal);
        foreach (string unit in left.Concat(right))
        {
            numbers.TryAdd(unit, (char)('A' + numbers.Count));
        }
        return (string.Concat(left.Select(unit => numbers[unit])), string.Concat(right.Select(unit => numbers[unit])));
    }

    private static string Decompose(string letter)
    {
        List<string> points = [.. CodePoints(letter).SelectMany(point => CodePoints(Decompositions.GetValueOrDefault(point, point)))];
        for (bool isChanged = true; isChanged;)
        {
            isChanged = false;
            for (int i = 1; i < points.Count; i++)
            {
                (int before, int here) = (Classes.GetValueOrDefault(points[i - 1]), Classes.GetValueOrDefault(points[i]));
                if (here > 0 && before > here)
                {
                    (points[i - 1], points[i]) = (points[i], points[i - 1]);
                    isChanged = true;
                }
            }
        }
        return string.Concat(points);
    }
}
