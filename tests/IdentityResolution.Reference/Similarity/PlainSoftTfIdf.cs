namespace IdentityResolution.Reference.Similarity;

/// <summary>Soft TF-IDF from dictionaries: everything is counted again for each pair.</summary>
public static class PlainSoftTfIdf
{
    public static double Similarity(
        string[] texts, string left, string right, Func<string, string, double> inner, double minWordSimilarity)
    {
        SortedDictionary<string, double> leftWeights = Weights(texts, left);
        SortedDictionary<string, double> rightWeights = Weights(texts, right);
        if (leftWeights.Count == 0 || rightWeights.Count == 0)
        {
            return leftWeights.Count == rightWeights.Count ? 1 : 0;
        }
        return Math.Min(1, (Directed(leftWeights, rightWeights) + Directed(rightWeights, leftWeights)) / 2);

        double Directed(SortedDictionary<string, double> from, SortedDictionary<string, double> to)
        {
            double sum = 0;
            foreach ((string word, double weight) in from)
            {
                // OrderByDescending is stable: of equally near words the first by its letters.
                (string other, double similarity) = to.Keys.Select(key => (key, inner(word, key))).OrderByDescending(pair => pair.Item2).First();
                sum += similarity >= minWordSimilarity ? weight * to[other] * similarity : 0;
            }
            return sum;
        }
    }

    private static SortedDictionary<string, double> Weights(string[] texts, string text)
    {
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (IGrouping<string, string> word in Words(text).GroupBy(word => word, StringComparer.Ordinal))
        {
            int holding = texts.Count(other => Words(other).Contains(word.Key, StringComparer.Ordinal));
            weights[word.Key] = Math.Log(1 + word.Count()) * (1 + Math.Log((1.0 + texts.Length) / (1.0 + holding)));
        }
        double length = Math.Sqrt(weights.Values.Sum(weight => weight * weight));
        foreach (string word in weights.Keys.ToArray())
        {
            weights[word] /= length;
        }
        return weights;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
