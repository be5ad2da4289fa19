namespace IdentityResolution.Reference.Blocking;

/// <summary>Candidate pairs by looking at every pair of records under every rule.</summary>
public static class ReferenceBlocking
{
    /// <summary>The pairs that share a key under some rule whose block is not too large.</summary>
    /// <param name="keys">Per rule and record: the keys, none where the record is in no block of the rule.</param>
    /// <param name="maxBlockSizes">Per rule: records in the largest block that counts.</param>
    /// <param name="allows">May two records match?</param>
    public static HashSet<(int Left, int Right)> Pairs(string[][][] keys, int[] maxBlockSizes, Func<int, int, bool> allows)
    {
        var pairs = new HashSet<(int, int)>();
        for (int rule = 0; rule < keys.Length; rule++)
        {
            string[][] ofRule = keys[rule];
            for (int left = 0; left < ofRule.Length; left++)
            {
                for (int right = left + 1; right < ofRule.Length; right++)
                {
                    if (allows(left, right) && ofRule[left].Intersect(ofRule[right]).Any(key => ofRule.Count(other => other.Contains(key)) <= maxBlockSizes[rule]))
                    {
                        pairs.Add((left, right));
                    }
                }
            }
        }
        return pairs;
    }

    /// <summary>The sizes of one rule's blocks.</summary>
    public static int[] Sizes(string[][] keys) =>
        [.. keys.SelectMany(ofRecord => ofRecord).GroupBy(key => key, StringComparer.Ordinal).Select(block => block.Count())];

    /// <summary>The blocks of one rule that are too large: how many, how many records in them, and the records of the largest.</summary>
    public static (int Blocks, long Records, int Largest) Oversized(string[][] keys, int maxBlockSize)
    {
        int[] sizes = [.. Sizes(keys).Where(size => size > maxBlockSize)];
        return (sizes.Length, sizes.Sum(size => (long)size), sizes.DefaultIfEmpty(0).Max());
    }
}
