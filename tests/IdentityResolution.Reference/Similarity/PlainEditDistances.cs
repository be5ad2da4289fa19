namespace IdentityResolution.Reference.Similarity;

/// <summary>Edit distances and common subsequences from the whole matrix, as the textbooks have them.</summary>
public static class PlainEditDistances
{
    public static int Levenshtein(string left, string right) => Matrix(left, right, allowSwaps: false)[left.Length, right.Length];

    public static int OptimalStringAlignment(string left, string right) => Matrix(left, right, allowSwaps: true)[left.Length, right.Length];

    /// <summary>Lowrance and Wagner's algorithm with a dictionary of each letter's last row.</summary>
    public static int DamerauLevenshtein(string left, string right)
    {
        int unreachable = left.Length + right.Length;
        int[,] cost = new int[left.Length + 2, right.Length + 2];
        cost[0, 0] = unreachable;
        for (int i = 0; i <= left.Length; i++)
        {
            cost[i + 1, 0] = unreachable;
            cost[i + 1, 1] = i;
        }
        for (int j = 0; j <= right.Length; j++)
        {
            cost[0, j + 1] = unreachable;
            cost[1, j + 1] = j;
        }
        var lastRow = new Dictionary<char, int>();
        for (int i = 1; i <= left.Length; i++)
        {
            int lastColumn = 0;
            for (int j = 1; j <= right.Length; j++)
            {
                int row = lastRow.GetValueOrDefault(right[j - 1]);
                int column = lastColumn;
                bool equal = left[i - 1] == right[j - 1];
                if (equal)
                {
                    lastColumn = j;
                }
                int edit = Math.Min(cost[i, j] + (equal ? 0 : 1), Math.Min(cost[i + 1, j], cost[i, j + 1]) + 1);
                cost[i + 1, j + 1] = Math.Min(edit, cost[row, column] + (i - row - 1) + 1 + (j - column - 1));
            }
            lastRow[left[i - 1]] = i;
        }
        return cost[left.Length + 1, right.Length + 1];
    }

    public static int Subsequence(string left, string right)
    {
        int[,] length = new int[left.Length + 1, right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                length[i, j] = left[i - 1] == right[j - 1]
                    ? length[i - 1, j - 1] + 1
                    : Math.Max(length[i - 1, j], length[i, j - 1]);
            }
        }
        return length[left.Length, right.Length];
    }

    public static int Indel(string left, string right) => left.Length + right.Length - (2 * Subsequence(left, right));

    public static int Substring(string left, string right)
    {
        int longest = 0;
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right.Length; j++)
            {
                int run = 0;
                while (i + run < left.Length && j + run < right.Length && left[i + run] == right[j + run])
                {
                    run++;
                }
                longest = Math.Max(longest, run);
            }
        }
        return longest;
    }

    public static int Hamming(string left, string right)
    {
        int common = Math.Min(left.Length, right.Length);
        return Enumerable.Range(0, common).Count(i => left[i] != right[i]) + Math.Max(left.Length, right.Length) - common;
    }

    /// <summary>Every gap length is tried at every cell: no recurrence for gaps.</summary>
    public static int SmithWaterman(string left, string right, int match, int mismatch, int gapOpen, int gapExtend)
    {
        int[,] weight = new int[left.Length + 1, right.Length + 1];
        int greatest = 0;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int best = Math.Max(0, weight[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? match : -mismatch));
                for (int gap = 1; gap <= i; gap++)
                {
                    best = Math.Max(best, weight[i - gap, j] - gapOpen - ((gap - 1) * gapExtend));
                }
                for (int gap = 1; gap <= j; gap++)
                {
                    best = Math.Max(best, weight[i, j - gap] - gapOpen - ((gap - 1) * gapExtend));
                }
                weight[i, j] = best;
                greatest = Math.Max(greatest, best);
            }
        }
        return greatest;
    }

    private static int[,] Matrix(string left, string right, bool allowSwaps)
    {
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            cost[i, 0] = i;
        }
        for (int j = 0; j <= right.Length; j++)
        {
            cost[0, j] = j;
        }
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int substitution = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(substitution, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (allowSwaps && i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }
        return cost;
    }
}
