namespace IdentityResolution.Generation;

/// <summary>Names from most to least frequent, drawn as often as their rank says (Zipf-Mandelbrot).</summary>
/// <remarks>
/// The weight of rank r (1-based) is 1 / (r + offset) or, steeper, 1 / (r + offset)^1.25. Only operations that IEEE 754 rounds exactly are
/// used, so the tables are the same on every machine.
/// </remarks>
internal sealed class RankedNames
{
    private readonly string[] _names;
    private readonly long[] _cumulative;

    /// <summary>Ranks names.</summary>
    /// <param name="names">The names, most frequent first.</param>
    /// <param name="offset">Flattens the head of the distribution; at least 0.</param>
    /// <param name="steep">Exponent 1.25 in place of 1.</param>
    public RankedNames(IReadOnlyList<string> names, double offset, bool steep)
    {
        _names = [.. names];
        _cumulative = new long[_names.Length];
        long total = 0;
        for (int rank = 0; rank < _names.Length; rank++)
        {
            double x = rank + 1 + offset;
            double weight = steep ? 1 / (x * Math.Sqrt(Math.Sqrt(x))) : 1 / x;
            total += Math.Max(1, (long)(weight * (1L << 40)));
            _cumulative[rank] = total;
        }
    }

    /// <summary>How many names there are.</summary>
    public int Count => _names.Length;

    /// <summary>The name at a rank; 0 = most frequent.</summary>
    public string this[int rank] => _names[rank];

    /// <summary>Draws a name.</summary>
    public string Pick(ref SplitMix64 random) => _names[PickRank(ref random)];

    /// <summary>Draws the 0-based rank of a name.</summary>
    public int PickRank(ref SplitMix64 random)
    {
        int index = Array.BinarySearch(_cumulative, random.Below(_cumulative[^1]));
        return index < 0 ? ~index : index + 1;
    }

    /// <summary>The names of a list, followed by invented ones until there are <paramref name="count"/>; no name occurs twice.</summary>
    /// <param name="head">Known names, most frequent first, separated by white space.</param>
    /// <param name="count">How many names to return.</param>
    /// <param name="seed">Chooses the invented names.</param>
    /// <param name="surnames">Whether to invent surnames, else given names.</param>
    public static List<string> Extend(string head, int count, ulong seed, bool surnames)
    {
        var names = new List<string>(count);
        var seen = new HashSet<string>(count, StringComparer.OrdinalIgnoreCase);
        foreach (string name in head.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (seen.Add(name))
            {
                names.Add(name);
            }
        }
        var random = new SplitMix64(seed);
        while (names.Count < count)
        {
            string name = Syllables.Invent(ref random, surnames);
            if (seen.Add(name))
            {
                names.Add(name);
            }
        }
        return names;
    }
}
