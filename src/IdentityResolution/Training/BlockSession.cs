using IdentityResolution.Blocking;
using IdentityResolution.Features;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>The pairs of one blocking rule as training sees them: a sample, as counts of comparison patterns.</summary>
/// <param name="Rule">The blocking rule, by position.</param>
/// <param name="Conditioned">Per comparison: is its field among the rule's keys, so that the blocks say nothing about it?</param>
/// <param name="Patterns">The sampled pairs.</param>
/// <param name="SampledPairs">How many pairs were sampled.</param>
/// <param name="AllPairs">How many pairs the rule has.</param>
internal sealed record BlockSession(int Rule, bool[] Conditioned, Pattern[] Patterns, long SampledPairs, long AllPairs)
{
    private const long MaxSample = 60_000;

    /// <summary>Samples the pairs of every rule.</summary>
    /// <remarks>A pair is sampled by a hash of its two keys: independent of the order of records and of threads.</remarks>
    public static BlockSession[] Collect(IdentityModel model, CompiledModel compiled, CandidatePairs candidates, RecordKeyIndex keys, ulong seed, Workers workers)
    {
        var sessions = new BlockSession[candidates.Rules.Count];
        workers.Run(sessions.Length, rule =>
        {
            // A key that is split into words fixes one word of the field, not the field.
            string[] fields = [.. model.BlockingRules[rule].Keys
                .Select(key => FeatureExpression.Parse(key, out _)!)
                .Where(feature => !feature.IsSplit)
                .Select(feature => feature.Field)];
            bool[] conditioned = [.. model.Comparisons.Select(comparison => fields.Contains(comparison.Field, StringComparer.Ordinal))];
            double share = Math.Min(1, MaxSample / Math.Max(1.0, candidates.Rules[rule].CountPairs(candidates.Filter)));
            var sampler = new Sampler(new PairComparer(compiled), candidates, keys, seed, share, conditioned.Length);
            candidates.VisitRule(rule, ref sampler);
            sessions[rule] = new BlockSession(rule, conditioned, sampler.Counts.ToSortedArray(conditioned.Length), sampler.Counts.Pairs, sampler.AllPairs);
        });
        return sessions;
    }

    private struct Sampler(PairComparer comparer, CandidatePairs candidates, RecordKeyIndex keys, ulong seed, double share, int comparisons)
        : CandidatePairs.IPairVisitor
    {
        private readonly ulong _limit = share >= 1 ? ulong.MaxValue : (ulong)(share * ulong.MaxValue);
        private readonly byte[] _levels = new byte[comparisons];

        public PatternCounts Counts { get; } = new();

        public long AllPairs { get; private set; }

        public void Visit(int left, int right)
        {
            AllPairs++;
            if (StableHash.Of(PairHash.Of(keys, left, right), seed) > _limit)
            {
                return;
            }
            uint swaps = comparer.Compare(left, right, _levels);
            uint rules = 0;
            for (int rule = 0; rule < candidates.Rules.Count; rule++)
            {
                rules |= candidates.Rules[rule].Share(left, right) ? 1u << rule : 0;
            }
            Counts.Add(PatternKey.Pack(_levels, rules, swaps));
        }
    }
}
