namespace IdentityResolution.Reference.Similarity;

/// <summary>Jaro and Jaro-Winkler with two arrays of flags.</summary>
public static class PlainJaro
{
    public static double Similarity(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == right.Length ? 1 : 0;
        }
        int window = Math.Max(0, (Math.Max(left.Length, right.Length) / 2) - 1);
        bool[] leftMatched = new bool[left.Length];
        bool[] rightMatched = new bool[right.Length];
        for (int j = 0; j < right.Length; j++)
        {
            for (int i = Math.Max(0, j - window); i <= Math.Min(left.Length - 1, j + window); i++)
            {
                if (!leftMatched[i] && left[i] == right[j])
                {
                    leftMatched[i] = rightMatched[j] = true;
                    break;
                }
            }
        }
        char[] fromLeft = [.. left.Where((_, i) => leftMatched[i])];
        char[] fromRight = [.. right.Where((_, j) => rightMatched[j])];
        if (fromLeft.Length == 0)
        {
            return 0;
        }
        double matches = fromLeft.Length;
        int transpositions = fromLeft.Where((unit, k) => unit != fromRight[k]).Count() / 2;
        return ((matches / left.Length) + (matches / right.Length) + ((matches - transpositions) / matches)) / 3;
    }

    public static double WinklerSimilarity(string left, string right)
    {
        double jaro = Similarity(left, right);
        if (jaro <= 0.7)
        {
            return jaro;
        }
        int prefix = 0;
        while (prefix < 4 && prefix < left.Length && prefix < right.Length && left[prefix] == right[prefix])
        {
            prefix++;
        }
        return jaro + (prefix * 0.1 * (1 - jaro));
    }
}
