using System.Text.RegularExpressions;

namespace IdentityResolution.Reference.Similarity;

/// <summary>The codex and the comparison of the match rating approach, over strings and lists. Words of A to Z in capitals.</summary>
public static class PlainMatchRating
{
    public static string Codex(string word)
    {
        if (word.Length < 2)
        {
            return "";
        }
        string consonants = Regex.Replace(word, "(?<=.)[AEIOU]", "");
        string single = Regex.Replace(consonants, @"([^AEIOU])\1", "$1");
        return single.Length <= 6 ? single : single[..3] + single[^3..];
    }

    /// <summary>The rating; none where the two can't be rated.</summary>
    public static int? Rate(string left, string right)
    {
        (string l, string r) = (Codex(left), Codex(right));
        if (l.Length == 0 || r.Length == 0 || Math.Abs(l.Length - r.Length) > 2)
        {
            return null;
        }
        int shorter = Math.Min(l.Length, r.Length);
        HashSet<int> leftGone = [.. Enumerable.Range(0, shorter).Where(i => l[i] == r[i])];
        HashSet<int> rightGone = [.. leftGone];
        foreach (int i in Enumerable.Range(1, shorter))
        {
            (int atLeft, int atRight) = (l.Length - i, r.Length - i);
            if (l[atLeft] == r[atRight] && !leftGone.Contains(atLeft) && !rightGone.Contains(atRight))
            {
                leftGone.Add(atLeft);
                rightGone.Add(atRight);
            }
        }
        return 6 - Math.Max(l.Length - leftGone.Count, r.Length - rightGone.Count);
    }

    /// <summary>The least rating for the sum of the lengths of two codices.</summary>
    public static int MinRating(string left, string right) => (Codex(left).Length + Codex(right).Length) switch
    {
        <= 4 => 5,
        <= 7 => 4,
        <= 11 => 3,
        _ => 2,
    };
}
