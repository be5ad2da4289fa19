using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>How far two comparisons agree and disagree together beyond what the classes explain.</summary>
/// <param name="Matches">Correlation of agreement among matches, in [-1, 1]; null when too few pairs tell.</param>
/// <param name="Strangers">The same among strangers.</param>
/// <param name="Agreeing">Pairs that agree on both.</param>
/// <param name="Discordant">Share of the pairs that agree on one alone, of those that agree on one or both; 0 when there are none.</param>
/// <remarks>
/// Within a class comparisons are meant to be independent. A household agrees on surname and street together too, but only among strangers;
/// what is the same evidence goes together in both classes. The measure is the phi coefficient (Pearson 1900).
/// </remarks>
internal readonly record struct LevelAssociation(double? Matches, double? Strangers, double Agreeing, double Discordant)
{
    private const double Strong = 0.6;

    // Among matches alone, where strangers never agree on either.
    private const double VeryStrong = 0.75;

    // Pairs of the rarer outcome that it takes to tell a correlation.
    private const double LeastPairs = 20;

    private const double ManyPairs = 100;

    private const double LeastDamage = 0.03;

    /// <summary>Is it the same evidence?</summary>
    /// <param name="damage">How often matches disagree on a typical other comparison, in [0, 1].</param>
    /// <remarks>Two that always go together draw the line between the classes by themselves: then only the damage that they lack gives them away.</remarks>
    public bool IsStrong(double damage) => (Matches, Strangers) switch
    {
        (null, null) => Agreeing >= ManyPairs && damage >= LeastDamage && Discordant <= damage / 10,
        (_, null) => Matches >= VeryStrong,
        _ => Matches >= Strong && Strangers >= Strong,
    };

    /// <summary>Measures two comparisons over the rules that fix neither.</summary>
    public static LevelAssociation Measure(int first, int second, IdentityModel model, BlockSession[] sessions, SessionShares[] shares)
    {
        var matches = new Table();
        var strangers = new Table();
        for (int s = 0; s < sessions.Length; s++)
        {
            if (sessions[s].Conditioned[first] || sessions[s].Conditioned[second])
            {
                continue;
            }
            Pattern[] patterns = sessions[s].Patterns;
            for (int i = 0; i < patterns.Length; i++)
            {
                (byte one, byte other) = (patterns[i].Levels[first], patterns[i].Levels[second]);
                if (one == PairComparer.Missing || other == PairComparer.Missing)
                {
                    continue;
                }
                bool agreeFirst = one < model.Comparisons[first].Levels.Count - 1;
                bool agreeSecond = other < model.Comparisons[second].Levels.Count - 1;
                matches.Add(agreeFirst, agreeSecond, shares[s].MatchOf[i] * patterns[i].Count);
                strangers.Add(agreeFirst, agreeSecond, Math.Max(0, 1 - shares[s].MatchOf[i] - shares[s].RelatedOf[i]) * patterns[i].Count);
            }
        }
        double agreeing = matches.Both + strangers.Both;
        double discordant = matches.Discordant + strangers.Discordant;
        return new LevelAssociation(matches.Phi, strangers.Phi, agreeing, discordant / Math.Max(1, agreeing + discordant));
    }

    private sealed class Table
    {
        private double _both;
        private double _first;
        private double _second;
        private double _neither;

        public double Both => _both;

        public double Discordant => _first + _second;

        public double? Phi
        {
            get
            {
                (double first, double notFirst) = (_both + _first, _second + _neither);
                (double second, double notSecond) = (_both + _second, _first + _neither);
                double rarest = Math.Min(Math.Min(first, notFirst), Math.Min(second, notSecond));
                return rarest < LeastPairs ? null : ((_both * _neither) - (_first * _second)) / Math.Sqrt(first * notFirst * second * notSecond);
            }
        }

        public void Add(bool first, bool second, double pairs)
        {
            _both += first && second ? pairs : 0;
            _first += first && !second ? pairs : 0;
            _second += !first && second ? pairs : 0;
            _neither += !first && !second ? pairs : 0;
        }
    }
}
