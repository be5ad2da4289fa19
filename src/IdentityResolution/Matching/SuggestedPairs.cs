using IdentityResolution.Blocking;
using IdentityResolution.Internals;

namespace IdentityResolution.Matching;

/// <summary>The pairs that match rules suggest, each once, with their weights.</summary>
/// <param name="Pairs">The pairs, by the first rule that suggests them, in order of rules.</param>
/// <param name="Links">Those that the score links and that no blocking rule finds.</param>
internal sealed record SuggestedPairs(IReadOnlyList<SuggestedPair> Pairs, IReadOnlyList<RecordLink> Links)
{
    private const int PairsPerPiece = 10_000;

    /// <summary>Scores what the rules suggest.</summary>
    /// <param name="rules">The match rules.</param>
    /// <param name="found">What each of them found.</param>
    /// <param name="model">The compiled model.</param>
    /// <param name="candidates">The pairs that blocking rules find: these are scored elsewhere.</param>
    /// <param name="workers">Threads.</param>
    public static SuggestedPairs Score(
        IReadOnlyList<MatchRule> rules, RuleLinks found, CompiledModel model, CandidatePairs candidates, Workers workers)
    {
        var seen = new HashSet<(int Left, int Right)>();
        RecordLink[] suggested = [.. Enumerable.Range(0, rules.Count)
            .Where(rule => rules[rule].Effect == MatchRuleEffect.Suggest)
            .SelectMany(rule => found[rule].ToArray())
            .Where(link => seen.Add((link.Left, link.Right)))];
        var pairs = new SuggestedPair[suggested.Length];
        workers.Run((pairs.Length + PairsPerPiece - 1) / PairsPerPiece, () => new PairComparer(model), (piece, comparer) =>
        {
            for (int i = piece * PairsPerPiece; i < Math.Min(pairs.Length, (piece + 1) * PairsPerPiece); i++)
            {
                RecordLink pair = suggested[i];
                pairs[i] = new SuggestedPair(
                    pair.Left, pair.Right, pair.Rule, model.Comparisons.Length == 0 ? null : comparer.Weigh(pair.Left, pair.Right, int.MinValue));
            }
        });
        return new SuggestedPairs(pairs, [.. pairs
            .Where(pair => pair.Weight >= model.Threshold && candidates.RulesOf(pair.Left, pair.Right) == 0)
            .Select(pair => new RecordLink(pair.Left, pair.Right, pair.Weight!.Value, RecordLink.ByScore))]);
    }
}

/// <summary>A pair that a match rule suggests.</summary>
/// <param name="Left">The smaller record index.</param>
/// <param name="Right">The larger record index.</param>
/// <param name="Rule">The rule, by position in the model.</param>
/// <param name="Weight">The match weight in millibits; null when the model has no comparisons.</param>
internal readonly record struct SuggestedPair(int Left, int Right, int Rule, int? Weight);
