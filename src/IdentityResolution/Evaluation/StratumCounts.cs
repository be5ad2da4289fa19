namespace IdentityResolution.Evaluation;

/// <summary>The labels of one stratum, counted by whether the pair is a match and whether the prediction joins it.</summary>
/// <param name="pairs">How many pairs the stratum has.</param>
internal sealed class StratumCounts(long pairs)
{
    private static readonly (bool IsMatch, bool IsJoined)[] Kinds = [(false, false), (false, true), (true, false), (true, true)];
    private readonly Tally<(bool IsMatch, bool IsJoined)> _counts = new();

    /// <summary>How many pairs the stratum has.</summary>
    public long Pairs { get; } = pairs;

    /// <summary>How many of them somebody decided.</summary>
    public long Decided { get; private set; }

    /// <summary>How many were drawn and not decided.</summary>
    public long Undecided { get; private set; }

    /// <summary>Whether a pair is a match.</summary>
    public static bool IsMatch(bool isMatch, bool isJoined) => isMatch;

    /// <summary>Whether a pair is joined.</summary>
    public static bool IsJoined(bool isMatch, bool isJoined) => isJoined;

    /// <summary>Whether a pair is both.</summary>
    public static bool IsBoth(bool isMatch, bool isJoined) => isMatch && isJoined;

    public void Add(bool? isMatch, bool isJoined)
    {
        if (isMatch is { } decided)
        {
            _counts.Add((decided, isJoined));
            Decided++;
        }
        else
        {
            Undecided++;
        }
    }

    /// <summary>The share of pairs of a kind.</summary>
    /// <param name="isCounted">Says by match and joined whether a pair is of the kind.</param>
    /// <param name="isSmoothed">Whether half a match and half a non-match are added.</param>
    public double Mean(Func<bool, bool, bool> isCounted, bool isSmoothed) =>
        Kinds.Sum(kind => isCounted(kind.IsMatch, kind.IsJoined) ? Share(kind, isSmoothed) : 0);

    /// <summary>The variance of the stratum's part in (joined matches - ratio * pairs of a kind).</summary>
    public double VarianceOfTotal(Func<bool, bool, bool> isCounted, double ratio)
    {
        double mean = Kinds.Sum(kind => Share(kind, isSmoothed: true) * Residual(kind));
        double variance = Kinds.Sum(kind => Share(kind, isSmoothed: true) * Math.Pow(Residual(kind) - mean, 2));
        return (double)Pairs * Pairs * (1 - ((double)Decided / Pairs)) * variance / Decided;

        double Residual((bool IsMatch, bool IsJoined) kind) =>
            (IsBoth(kind.IsMatch, kind.IsJoined) ? 1 : 0) - (isCounted(kind.IsMatch, kind.IsJoined) ? ratio : 0);
    }

    // What is added is joined as often as the pairs seen.
    private double Share((bool IsMatch, bool IsJoined) kind, bool isSmoothed)
    {
        if (!isSmoothed)
        {
            return (double)_counts[kind] / Decided;
        }
        double joined = (double)(_counts[(false, kind.IsJoined)] + _counts[(true, kind.IsJoined)]) / Decided;
        return (_counts[kind] + (joined / 2)) / (Decided + 1);
    }
}
