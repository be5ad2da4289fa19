using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Learns from the comparison patterns of blocked pairs, without labels, what matches (and relatives) look like; u stays fixed.</summary>
/// <remarks>
/// A mixture of matches, non-matches and, where asked for, related people; comparisons are independent within each class.
/// Relatives agree on personal fields only as often as strangers do, so that the class can't take in damaged matches. Deterministic.
/// Sources: Dempster, Laird and Rubin (1977), "Maximum Likelihood from Incomplete Data via the EM Algorithm", JRSS B 39(1);
/// Winkler (1988), "Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model of Record Linkage".
/// </remarks>
internal sealed class ExpectationMaximization
{
    private const int MaxIterations = 200;
    private const double Convergence = 1e-5;

    // Weight, in pairs, of where a class starts: keeps levels that were never seen from becoming impossible.
    private const double PriorPairs = 2;

    private readonly BlockSession _session;
    private readonly double[][] _u;
    private readonly double[][] _startM;
    private readonly double[][]? _startR;
    private readonly bool[] _fixedR;

    /// <summary>Prepares one session.</summary>
    /// <param name="session">The pairs of one blocking rule.</param>
    /// <param name="u">P(level | no match); per comparison and level.</param>
    /// <param name="startM">Where m starts.</param>
    /// <param name="roles">Role of each comparison's field; null = no class of relatives.</param>
    public ExpectationMaximization(BlockSession session, double[][] u, double[][] startM, FieldRole[]? roles)
    {
        _session = session;
        _u = u;
        _startM = startM;
        _startR = roles is null ? null : StartRelated(u, startM, roles);
        _fixedR = [.. (roles ?? []).Select(role => role == FieldRole.Personal)];
    }

    /// <summary>Runs to convergence.</summary>
    public EmResult Run()
    {
        Pattern[] patterns = _session.Patterns;
        double[][] m = Clone(_startM);
        double[][]? r = _startR is null ? null : Clone(_startR);
        double matchShare = 0.2;
        double relatedShare = r is null ? 0 : 0.1;
        var match = new double[patterns.Length];
        var related = new double[patterns.Length];
        double logLikelihood = 0;
        for (int iteration = 0; iteration < MaxIterations && patterns.Length > 0; iteration++)
        {
            logLikelihood = Expect(m, r, matchShare, relatedShare, match, related);
            double change = Maximize(match, _startM, m, null);
            if (r is not null)
            {
                change = Math.Max(change, Maximize(related, _startR!, r, _fixedR));
            }
            double newMatchShare = Share(match);
            double newRelatedShare = r is null ? 0 : Share(related);
            change = Math.Max(change, Math.Max(Math.Abs(newMatchShare - matchShare), Math.Abs(newRelatedShare - relatedShare)));
            matchShare = newMatchShare;
            relatedShare = newRelatedShare;
            if (change < Convergence)
            {
                break;
            }
        }
        return new EmResult(matchShare, relatedShare, match, related, logLikelihood);
    }

    /// <summary>Expected pairs of a class at each level of a comparison.</summary>
    public static double[] LevelCounts(Pattern[] patterns, double[] posteriors, int comparison, int levels)
    {
        var counts = new double[levels];
        for (int i = 0; i < patterns.Length; i++)
        {
            byte level = patterns[i].Levels[comparison];
            if (level != PairComparer.Missing)
            {
                counts[level] += posteriors[i] * patterns[i].Count;
            }
        }
        return counts;
    }

    /// <summary>Where the class of relatives starts: as matches on what households share, as strangers on what is personal.</summary>
    public static double[][] StartRelated(double[][] u, double[][] startM, FieldRole[] roles)
    {
        var start = new double[u.Length][];
        for (int comparison = 0; comparison < start.Length; comparison++)
        {
            double shared = roles[comparison] switch
            {
                FieldRole.Shared => 0.9,
                FieldRole.Personal => 0,
                _ => 0.1,
            };
            start[comparison] = [.. u[comparison].Zip(startM[comparison], (stranger, match) => (shared * match) + ((1 - shared) * stranger))];
        }
        return start;
    }

    private double Expect(double[][] m, double[][]? r, double matchShare, double relatedShare, double[] match, double[] related)
    {
        Pattern[] patterns = _session.Patterns;
        double logLikelihood = 0;
        for (int i = 0; i < patterns.Length; i++)
        {
            byte[] levels = patterns[i].Levels;
            double logMatch = 0;
            double logRelated = 0;
            double logStranger = 0;
            for (int comparison = 0; comparison < levels.Length; comparison++)
            {
                int level = levels[comparison];
                if (_session.Conditioned[comparison] || level == PairComparer.Missing)
                {
                    continue;
                }
                logMatch += Math.Log(m[comparison][level]);
                logStranger += Math.Log(_u[comparison][level]);
                logRelated += r is null ? 0 : Math.Log(r[comparison][level]);
            }
            double weightMatch = matchShare * Math.Exp(logMatch);
            double weightRelated = r is null ? 0 : relatedShare * Math.Exp(logRelated);
            double weightStranger = Math.Max(1e-12, 1 - matchShare - relatedShare) * Math.Exp(logStranger);
            double total = weightMatch + weightRelated + weightStranger;
            match[i] = weightMatch / total;
            related[i] = weightRelated / total;
            logLikelihood += patterns[i].Count * Math.Log(total);
        }
        return logLikelihood;
    }

    private double Maximize(double[] posteriors, double[][] start, double[][] probabilities, bool[]? isFixed)
    {
        double change = 0;
        for (int comparison = 0; comparison < probabilities.Length; comparison++)
        {
            if (_session.Conditioned[comparison] || (isFixed is not null && isFixed[comparison]))
            {
                continue;
            }
            double[] current = probabilities[comparison];
            double[] counts = LevelCounts(_session.Patterns, posteriors, comparison, current.Length);
            double total = counts.Sum() + PriorPairs;
            for (int level = 0; level < counts.Length; level++)
            {
                double value = Math.Max((counts[level] + (PriorPairs * start[comparison][level])) / total, 1e-9);
                change = Math.Max(change, Math.Abs(value - current[level]));
                current[level] = value;
            }
        }
        return change;
    }

    private double Share(double[] posteriors)
    {
        double expected = 0;
        for (int i = 0; i < posteriors.Length; i++)
        {
            expected += posteriors[i] * _session.Patterns[i].Count;
        }
        return Math.Clamp((expected + 0.1) / (_session.SampledPairs + 0.3), 1e-9, 1 - 1e-9);
    }

    private static double[][] Clone(double[][] probabilities) => [.. probabilities.Select(levels => (double[])levels.Clone())];
}

/// <summary>What one session learned.</summary>
/// <param name="MatchShare">Share of matches among the session's pairs, in (0, 1).</param>
/// <param name="RelatedShare">Share of relatives; 0 without such a class.</param>
/// <param name="Match">P(match) of each pattern.</param>
/// <param name="Related">P(related) of each pattern.</param>
/// <param name="LogLikelihood">Natural logarithm of the likelihood of the session's pairs.</param>
internal sealed record EmResult(double MatchShare, double RelatedShare, double[] Match, double[] Related, double LogLikelihood);
