using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Learns from the comparison patterns of blocked pairs, without labels, what matches (and relatives) look like.</summary>
/// <remarks>
/// A mixture of matches, non-matches and, where asked for, related people; comparisons are independent within each class. All blocking rules
/// are learned from together: m and r are common to all, each rule has shares of its own and, where no relatives can be told, strangers of its own
/// (who shares a telephone often shares an address too); a rule says nothing about the fields it is made of.
/// Relatives agree on personal fields only as often as strangers do, so that the class can't take in damaged matches. Deterministic.
/// Sources: Dempster, Laird and Rubin (1977), "Maximum Likelihood from Incomplete Data via the EM Algorithm", JRSS B 39(1);
/// Winkler (1988), "Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model of Record Linkage".
/// </remarks>
internal sealed class ExpectationMaximization
{
    private const int MaxIterations = 300;
    private const double Convergence = 1e-4;

    /// <summary>Weight, in pairs, of where a class starts: keeps levels that were never seen from becoming impossible.</summary>
    public const double StartPairs = 2;

    /// <summary>Least m of a level. Where it was never seen, more data might still show it: no single comparison forbids a match.</summary>
    public const double LeastProbability = 4e-3;

    // Of what was never seen in n cases the share is at most 3/n with 95 percent confidence.
    private const double Unseen = 3;

    private readonly BlockSession[] _sessions;
    private readonly double[][] _u;
    private readonly double[][] _startM;
    private readonly double[][]? _startR;
    private readonly FieldRole[]? _roles;
    private readonly bool _ownStrangers;
    private readonly Workers _workers;
    private readonly PatternLabels? _labels;
    private readonly double[]? _evidenceShares;

    /// <summary>Prepares the learning.</summary>
    /// <param name="sessions">The pairs of each blocking rule.</param>
    /// <param name="u">P(level | no match); per comparison and level.</param>
    /// <param name="roles">Role of each comparison's field; null = no class of relatives.</param>
    /// <param name="ownStrangers">
    /// Does each rule learn how its own strangers compare? Not where relatives can be told: a rule's strangers would take them in.
    /// </param>
    /// <param name="workers">Threads.</param>
    /// <param name="labels">Pairs whose class is known; null = none.</param>
    /// <param name="evidenceShares">How much each comparison tells beside the others, in [0, 1]; null = all tell all.</param>
    public ExpectationMaximization(
        BlockSession[] sessions, double[][] u, FieldRole[]? roles, bool ownStrangers, Workers workers, PatternLabels? labels = null, double[]? evidenceShares = null)
    {
        _evidenceShares = evidenceShares;
        _labels = labels;
        _ownStrangers = ownStrangers;
        _sessions = sessions;
        _u = u;
        _roles = roles;
        _workers = workers;
        _startM = [.. u.Select(levels => StartMatch(levels.Length))];
        _startR = roles is null ? null : [.. u.Select((levels, comparison) => StartRelated(levels, _startM[comparison], roles[comparison]))];
    }

    /// <summary>The first m of a comparison: most matches agree on the best level.</summary>
    public static double[] StartMatch(int levels)
    {
        const double Best = 0.85;
        const double Else = 0.05;
        if (levels == 2)
        {
            return [0.92, 0.08];
        }
        var m = new double[levels];
        m.AsSpan().Fill((1 - Best - Else) / (levels - 2));
        m[0] = Best;
        m[^1] = Else;
        return m;
    }

    /// <summary>Least probability of a level in a class that few pairs are known of: they can't show that a level is impossible.</summary>
    /// <remarks>
    /// The rule of three: what was seen in none of n cases has at most a share of 3/n with 95 percent confidence (Hanley and Lippman-Hand 1983,
    /// "If Nothing Goes Wrong, Is Everything All Right?", JAMA 249(13)). It is never more than the class starts with, and never speaks for the class.
    /// </remarks>
    /// <param name="pairs">Likely pairs of the class that the comparison was seen in; at least 0.</param>
    /// <param name="start">What the class starts with.</param>
    /// <param name="level">The level.</param>
    /// <param name="u">P(level | no match).</param>
    public static double Least(double pairs, double[] start, int level, double u) =>
        Math.Max(LeastProbability, Math.Min(Math.Min(u, start[level]), Unseen / (pairs + start.Length)));

    /// <summary>Runs to convergence.</summary>
    /// <param name="from">Where to go on from: what was learned with a slightly different u; null = from the start.</param>
    public EmResult Run(EmResult? from = null)
    {
        double[][] m = Clone(from?.M ?? _startM);
        double[][]? r = _startR is null ? null : [.. _startR.Select((start, i) => (double[])(from?.R is null || _roles![i] == FieldRole.Personal ? start : from.R[i]).Clone())];
        SessionShares[] shares = from?.Sessions ?? [.. _sessions.Select(session => new SessionShares(session, _u, r is not null))];
        foreach (SessionShares session in _ownStrangers ? [] : shares)
        {
            session.UseCommonStrangers(_u);
        }
        double logLikelihood = 0;
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            _workers.Run(_sessions.Length, session =>
            {
                Expect(_sessions[session], m, r, shares[session]);
                _labels?.Apply(session, shares[session]);
            });
            logLikelihood = shares.Sum(share => share.LogLikelihood);
            double change = Maximize(shares, share => share.MatchOf, _startM, m, null, _labels);
            if (r is not null)
            {
                change = Math.Max(change, Maximize(shares, share => share.RelatedOf, _startR!, r, _roles));
            }
            for (int session = 0; session < shares.Length; session++)
            {
                change = Math.Max(change, shares[session].Update(_sessions[session], r is not null));
                change = _ownStrangers ? Math.Max(change, shares[session].UpdateStrangers(_sessions[session], _u)) : change;
            }
            if (change < Convergence)
            {
                break;
            }
        }
        return new EmResult(m, r, shares, logLikelihood);
    }

    // Relatives start as matches on what households share, as strangers on what is personal.
    private static double[] StartRelated(double[] u, double[] startM, FieldRole role)
    {
        double shared = role switch
        {
            FieldRole.Shared => 0.9,
            FieldRole.Personal => 0,
            _ => 0.1,
        };
        return [.. u.Select((stranger, level) => (shared * startM[level]) + ((1 - shared) * stranger))];
    }

    private void Expect(BlockSession session, double[][] m, double[][]? r, SessionShares shares)
    {
        Pattern[] patterns = session.Patterns;
        double logLikelihood = 0;
        for (int i = 0; i < patterns.Length; i++)
        {
            byte[] levels = patterns[i].Levels;
            double match = shares.Match;
            double related = shares.Related;
            double stranger = Math.Max(1e-12, 1 - shares.Match - shares.Related);
            for (int comparison = 0; comparison < levels.Length; comparison++)
            {
                int level = levels[comparison];
                if (session.Conditioned[comparison] || level == PairComparer.Missing)
                {
                    continue;
                }
                match *= Damp(m[comparison][level], comparison);
                stranger *= Damp(shares.U[comparison][level], comparison);
                related *= r is null ? 0 : Damp(r[comparison][level], comparison);
            }
            // Sixteen comparisons of at least 1e-9 each stay above the smallest double.
            double total = match + related + stranger;
            shares.MatchOf[i] = match / total;
            shares.RelatedOf[i] = related / total;
            logLikelihood += patterns[i].Count * Math.Log(total);
        }
        shares.LogLikelihood = logLikelihood;
    }

    // What is told already by another comparison is no news.
    private double Damp(double probability, int comparison) =>
        _evidenceShares is null || _evidenceShares[comparison] == 1 ? probability : Math.Pow(probability, _evidenceShares[comparison]);

    private double Maximize(
        SessionShares[] shares, Func<SessionShares, double[]> posteriors, double[][] start, double[][] probabilities, FieldRole[]? roles, PatternLabels? labels = null)
    {
        double change = 0;
        for (int comparison = 0; comparison < probabilities.Length; comparison++)
        {
            if (roles is not null && roles[comparison] == FieldRole.Personal)
            {
                continue;
            }
            double[] current = probabilities[comparison];
            double[] counts = [.. start[comparison].Select(probability => StartPairs * probability)];
            for (int session = 0; session < _sessions.Length; session++)
            {
                if (!_sessions[session].Conditioned[comparison])
                {
                    AddLevels(_sessions[session].Patterns, posteriors(shares[session]), comparison, counts);
                }
            }
            labels?.AddUnblocked(comparison, counts);
            double total = counts.Sum();
            for (int level = 0; level < counts.Length; level++)
            {
                double value = Math.Max(counts[level] / total, Least(total, start[comparison], level, _u[comparison][level]));
                change = Math.Max(change, Math.Abs(value - current[level]));
                current[level] = value;
            }
        }
        return change;
    }

    private static void AddLevels(Pattern[] patterns, double[] posteriors, int comparison, double[] counts)
    {
        for (int i = 0; i < patterns.Length; i++)
        {
            byte level = patterns[i].Levels[comparison];
            if (level != PairComparer.Missing)
            {
                counts[level] += posteriors[i] * patterns[i].Count;
            }
        }
    }

    private static double[][] Clone(double[][] probabilities) => [.. probabilities.Select(levels => (double[])levels.Clone())];
}

/// <summary>What was learned.</summary>
/// <param name="M">P(level | match); per comparison and level.</param>
/// <param name="R">P(level | related people); null without such a class.</param>
/// <param name="Sessions">The classes within each blocking rule.</param>
/// <param name="LogLikelihood">Natural logarithm of the likelihood of all sessions' pairs.</param>
internal sealed record EmResult(double[][] M, double[][]? R, SessionShares[] Sessions, double LogLikelihood);
