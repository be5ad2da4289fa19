using System.Runtime.InteropServices;

namespace IdentityResolution.Live;

/// <summary>Searches with a record that is not kept: it stands in the index for a moment, and what it brought along is forgotten.</summary>
internal static class LiveSearch
{
    public static IReadOnlyList<SearchCandidate> Find(LiveState state, SourceRecord record, int limit, double leastProbability)
    {
        int self = state.Find(record.Key);
        int guest = state.Guest(record.Key.Source);
        var codes = new int[state.Standardizer.FieldCount];
        state.Table.Mark();
        try
        {
            state.Standardizer.Encode(record, codes);
            state.Table.Extend();
            state.Compiled.Extend();
            state.Write(guest, codes);
            foreach (RuleBlocks rule in state.Rules.AllBlocks)
            {
                rule.Add(guest);
            }
            return Find(state, guest, self, limit, leastProbability);
        }
        finally
        {
            foreach (RuleBlocks rule in state.Rules.AllBlocks)
            {
                rule.Remove(guest);
            }
            codes.AsSpan().Fill(-1);
            state.Write(guest, codes);
            state.Table.Rollback();
            state.Compiled.Extend();
            // What it has learned of values that are gone must not be used again.
            state.Searcher.Forget();
        }
    }

    private static List<SearchCandidate> Find(LiveState state, int guest, int self, int limit, double leastProbability)
    {
        PairFinder finder = state.Searcher;
        var weights = new Dictionary<int, PairState>();
        int least = leastProbability <= 0 ? int.MinValue + 1 : leastProbability >= 1 ? int.MaxValue : MatchWeights.FromProbability(leastProbability);
        finder.Weigh(guest, least, weights);
        var rules = new Dictionary<int, List<int>>();
        finder.FindRules(guest, (other, rule) =>
        {
            ref List<int>? own = ref CollectionsMarshal.GetValueRefOrAddDefault(rules, other, out _);
            (own ??= []).Add(rule);
        });
        foreach (int other in rules.Keys.Where(other => !weights.ContainsKey(other)))
        {
            weights.Add(other, PairState.None with { Weight = state.Compiled.Comparisons.Length == 0 ? PairState.NoWeight : finder.Weigh(guest, other) });
        }
        weights.Remove(self);
        return [.. weights
            .Select(item => (Place: item.Key, item.Value.Weight, Rules: rules.GetValueOrDefault(item.Key, [])))
            .OrderBy(item => item.Rules.Where(rule => Links(state, rule)).DefaultIfEmpty(int.MaxValue).First())
            .ThenByDescending(item => item.Weight)
            .ThenBy(item => item.Place, Comparer<int>.Create(state.Keys.Compare))
            .Take(limit)
            .Select(item => Describe(state, item.Place, item.Weight, item.Rules))];
    }

    private static SearchCandidate Describe(LiveState state, int place, int weight, List<int> rules)
    {
        bool weighed = weight != PairState.NoWeight;
        return new SearchCandidate(
            state.Keys.Key(place),
            state.Entities.Ids.Text(state.Entities.CurrentOf(place)),
            weighed ? weight / 1000.0 : null,
            weighed ? MatchWeights.ToProbability(weight) : null,
            [.. rules.Select(rule => state.Model.MatchRules[rule].Name)],
            rules.Exists(rule => Links(state, rule)) || (weighed && weight >= state.Compiled.Threshold));
    }

    private static bool Links(LiveState state, int rule) => state.Model.MatchRules[rule].Effect == MatchRuleEffect.Link;
}
