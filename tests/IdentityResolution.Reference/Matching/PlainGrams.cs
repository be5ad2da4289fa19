namespace IdentityResolution.Reference.Matching;

/// <summary>Cosine similarity of character triples, from the definition.</summary>
public static class PlainGrams
{
    /// <summary>The distinct triples of a value: of each word with a blank before and after it.</summary>
    public static HashSet<string> Of(string value)
    {
        var grams = new HashSet<string>(StringComparer.Ordinal);
        foreach (string word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string padded = $" {word} ";
            for (int i = 0; i + 3 <= padded.Length; i++)
            {
                grams.Add(padded.Substring(i, 3));
            }
        }
        return grams;
    }

    /// <summary>Cosine of the vectors of inverse document frequencies.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    /// <param name="frequency">In which share of all values a triple stands, in (0, 1].</param>
    public static double Cosine(string left, string right, Func<string, double> frequency)
    {
        double Square(string gram) => Math.Pow(Math.Log(1 / frequency(gram)), 2);
        double common = Of(left).Intersect(Of(right)).Sum(Square);
        return common == 0 ? 0 : common / Math.Sqrt(Of(left).Sum(Square) * Of(right).Sum(Square));
    }
}
