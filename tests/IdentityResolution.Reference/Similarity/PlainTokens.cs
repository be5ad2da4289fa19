namespace IdentityResolution.Reference.Similarity;

/// <summary>Token and q-gram measures with LINQ and sets.</summary>
public static class PlainTokens
{
    public static double TokenSort(string left, string right) =>
        Ratio(string.Join(' ', Words(left).Order(StringComparer.Ordinal)), string.Join(' ', Words(right).Order(StringComparer.Ordinal)));

    public static double TokenSet(string left, string right)
    {
        var leftWords = Words(left).ToHashSet(StringComparer.Ordinal);
        var rightWords = Words(right).ToHashSet(StringComparer.Ordinal);
        if (leftWords.Count == 0 || rightWords.Count == 0)
        {
            return leftWords.Count == rightWords.Count ? 1 : 0;
        }
        string[] common = [.. leftWords.Where(rightWords.Contains).Order(StringComparer.Ordinal)];
        string[] onlyLeft = [.. leftWords.Where(word => !rightWords.Contains(word)).Order(StringComparer.Ordinal)];
        string[] onlyRight = [.. rightWords.Where(word => !leftWords.Contains(word)).Order(StringComparer.Ordinal)];
        string c = string.Join(' ', common);
        string l = string.Join(' ', common.Concat(onlyLeft));
        string r = string.Join(' ', common.Concat(onlyRight));
        return common.Length == 0 ? Ratio(l, r) : Math.Max(Ratio(l, r), Math.Max(Ratio(c, l), Ratio(c, r)));
    }

    public static double MongeElkan(string left, string right, Func<string, string, double> inner)
    {
        return (Directed(left, right) + Directed(right, left)) / 2;

        double Directed(string from, string to)
        {
            string[] words = Words(from);
            string[] others = Words(to);
            return words.Length == 0 || others.Length == 0
                ? words.Length == others.Length ? 1 : 0
                : words.Select(word => others.Max(other => inner(word, other))).Average();
        }
    }

    public static double Jaccard(string left, string right, int q)
    {
        (HashSet<string> l, HashSet<string> r) = (Grams(left, q).ToHashSet(StringComparer.Ordinal), Grams(right, q).ToHashSet(StringComparer.Ordinal));
        return l.Count + r.Count == 0 ? Equal(left, right) : (double)l.Intersect(r, StringComparer.Ordinal).Count() / l.Union(r, StringComparer.Ordinal).Count();
    }

    public static double Dice(string left, string right, int q)
    {
        (HashSet<string> l, HashSet<string> r) = (Grams(left, q).ToHashSet(StringComparer.Ordinal), Grams(right, q).ToHashSet(StringComparer.Ordinal));
        return l.Count + r.Count == 0 ? Equal(left, right) : 2.0 * l.Intersect(r, StringComparer.Ordinal).Count() / (l.Count + r.Count);
    }

    public static double Overlap(string left, string right, int q)
    {
        (HashSet<string> l, HashSet<string> r) = (Grams(left, q).ToHashSet(StringComparer.Ordinal), Grams(right, q).ToHashSet(StringComparer.Ordinal));
        int common = l.Intersect(r, StringComparer.Ordinal).Count();
        return l.Count + r.Count == 0 ? Equal(left, right) : common == 0 ? 0 : (double)common / Math.Min(l.Count, r.Count);
    }

    public static double Cosine(string left, string right, int q)
    {
        (Dictionary<string, int> l, Dictionary<string, int> r) = (Counts(left, q), Counts(right, q));
        double product = l.Sum(gram => (double)gram.Value * r.GetValueOrDefault(gram.Key));
        double squares = l.Values.Sum(n => (double)n * n) * r.Values.Sum(n => (double)n * n);
        return l.Count + r.Count == 0 ? Equal(left, right) : product == 0 ? 0 : Math.Min(1, product / Math.Sqrt(squares));
    }

    public static int QGramDistance(string left, string right, int q)
    {
        (Dictionary<string, int> l, Dictionary<string, int> r) = (Counts(left, q), Counts(right, q));
        return l.Keys.Union(r.Keys, StringComparer.Ordinal).Sum(gram => Math.Abs(l.GetValueOrDefault(gram) - r.GetValueOrDefault(gram)));
    }

    private static double Ratio(string left, string right)
    {
        int both = left.Length + right.Length;
        return both == 0 ? 1 : 1 - ((double)PlainEditDistances.Indel(left, right) / both);
    }

    private static double Equal(string left, string right) => string.Equals(left, right, StringComparison.Ordinal) ? 1 : 0;

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Grams(string text, int q) => Enumerable.Range(0, Math.Max(0, text.Length - q + 1)).Select(i => text.Substring(i, q));

    private static Dictionary<string, int> Counts(string text, int q) =>
        Grams(text, q).GroupBy(gram => gram, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
}
