using IdentityResolution.Blocking;
using IdentityResolution.Features;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>The pairs of one blocking rule as training sees them: a sample, as counts of comparison patterns.</summary>
/// <param name="Rule">The blocking rule, by position.</param>
/// <param name="Conditioned">Per comparison: is a field that it looks at among the rule's keys, so that the blocks say nothing about it?</param>
/// <param name="Patterns">The sampled pairs.</param>
/// <param name="SampledPairs">How many pairs were sampled.</param>
/// <param name="AllPairs">How many pairs the rule has.</param>
internal sealed record BlockSession(int Rule, bool[] Conditioned, Pattern[] Patterns, long SampledPairs, long AllPairs)
{
    private const long MaxSample = 60_000;

    /// <summary>Samples the pairs of every rule.</summary>
    /// <remarks>A pair is sampled by a hash of its two keys: independent of the order of records and of threads.</remarks>
    public static BlockSession[] Collect(IdentityModel model, CompiledModel compiled, CandidatePairs candidates, ulong[] hashOf, ulong seed, Workers workers)
    {
        var sessions = new BlockSession[candidates.Rules.Count];
        workers.Run(sessions.Length, rule =>
        {
            // A key that is split into words fixes one word of the field, not the field.
            BlockingRule blocking = model.BlockingRules[rule];
            string[] fields = [.. (candidates.Rules[rule].Divided.Blocks > 0 ? blocking.Keys.Concat(blocking.DivideBy) : blocking.Keys)
                .Select(key => FeatureExpression.Parse(key, out _)!)
                .Where(feature => !feature.IsSplit)
                .Select(feature => feature.Field)];
            bool[] conditioned = [.. model.Comparisons.Select(comparison => comparison.Fields.Any(field => fields.Contains(field, StringComparer.Ordinal)))];
            double share = Math.Min(1, MaxSample / Math.Max(1.0, candidates.Rules[rule].CountPairs(candidates.Filter)));
            BlockSample sample = BlockSample.Draw(candidates, rule, hashOf, seed, share);
            PatternCounts counts = sample.Compare(new PairComparer(compiled), candidates, conditioned.Length);
            sessions[rule] = new BlockSession(rule, conditioned, counts.ToSortedArray(conditioned.Length), counts.Pairs, sample.AllPairs);
        });
        return sessions;
    }
}
