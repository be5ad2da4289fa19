using IdentityResolution.Fields;
using IdentityResolution.Matching;

namespace IdentityResolution.Live;

/// <summary>Explains a pair from the state of the index.</summary>
internal static class LiveExplanation
{
    public static PairExplanation? Of(LiveState state, RecordKey leftKey, RecordKey rightKey)
    {
        int left = state.Find(leftKey);
        int right = state.Find(rightKey);
        if (left < 0 || right < 0 || !state.IsPresent(left) || !state.IsPresent(right))
        {
            return null;
        }
        state.Complete(left);
        bool scores = state.Compiled.Comparisons.Length > 0;
        int weight = scores ? state.Finder.Weigh(left, right) : 0;
        List<RecordKey> path = FindPath(state, left, right);
        return new PairExplanation
        {
            Left = leftKey,
            Right = rightKey,
            LeftEntityId = state.Entities.Ids.Text(state.Entities.CurrentOf(left)),
            RightEntityId = state.Entities.Ids.Text(state.Entities.CurrentOf(right)),
            Verdict = Judge(state, left, right, path.Count),
            Comparisons = [.. Compare(state, left, right)],
            PriorWeight = state.Compiled.PriorWeight.AgainstCoincidence / 1000.0,
            MatchWeight = scores ? weight / 1000.0 : null,
            MatchProbability = scores ? MatchWeights.ToProbability(weight) : null,
            ThresholdWeight = state.Compiled.Threshold / 1000.0,
            MatchRules = [.. Rules(state, left, right)],
            BlockingRules = [.. Enumerable.Range(0, state.Rules.Blocking.Length)
                .Where(rule => state.Finder.SharesBlock(rule, left, right))
                .Select(rule => string.Join(" + ", state.Rules.BlockingKeys[rule]))],
            Judgements = state.Judgements.On(leftKey, rightKey),
            Path = path,
        };
    }

    private static IEnumerable<ComparisonExplanation> Compare(LiveState state, int left, int right)
    {
        CompiledComparison[] comparisons = state.Compiled.Comparisons;
        var levels = new byte[comparisons.Length];
        uint swapped = state.Finder.Compare(left, right, levels);
        for (int i = 0; i < comparisons.Length; i++)
        {
            CompiledComparison comparison = comparisons[i];
            int leftCode = comparison.Column.Codes[left];
            int rightCode = comparison.Column.Codes[right];
            bool crosswise = Enumerable.Range(0, state.Compiled.Swaps.Length)
                .Any(swap => (swapped >> swap & 1) != 0 && (state.Compiled.Swaps[swap].First == i || state.Compiled.Swaps[swap].Second == i));
            bool missing = levels[i] == PairComparer.Missing;
            int weight = missing ? 0
                : crosswise ? comparison.LevelWeights[levels[i]]
                : comparison.WeightOf(levels[i], leftCode, rightCode);
            yield return new ComparisonExplanation(
                comparison.Column.Name,
                leftCode < 0 ? null : ValueSets.Describe(comparison.Column.Values.GetString(leftCode)),
                rightCode < 0 ? null : ValueSets.Describe(comparison.Column.Values.GetString(rightCode)),
                missing ? "" : state.Model.Comparisons[i].Levels[levels[i]].When,
                weight / 1000.0,
                missing ? 0 : comparison.LevelWeightsAgainstRelated[levels[i]] / 1000.0,
                crosswise);
        }
    }

    private static IEnumerable<RuleExplanation> Rules(LiveState state, int left, int right)
    {
        var keys = new List<ulong>();
        var others = new List<ulong>();
        for (int rule = 0; rule < state.Model.MatchRules.Count; rule++)
        {
            if (!state.Rules.Conditions[rule].Hold(left, right))
            {
                continue;
            }
            bool isHot = false;
            if (state.Rules.MatchBlocks[rule] is { } blocks)
            {
                blocks.ReadKeys(left, keys);
                blocks.ReadKeys(right, others);
                ulong[] shared = [.. keys.Where(others.Contains)];
                isHot = shared.Length > 0 && Array.TrueForAll(shared, key => !blocks.IsActive(blocks.Count(key)));
            }
            yield return new RuleExplanation(state.Model.MatchRules[rule].Name, state.Model.MatchRules[rule].Effect, isHot);
        }
    }

    private static PairVerdict Judge(LiveState state, int left, int right, int pathLength)
    {
        if (state.Entities.CurrentOf(left) == state.Entities.CurrentOf(right))
        {
            return pathLength switch
            {
                0 => PairVerdict.SharedId,
                2 => PairVerdict.Linked,
                _ => PairVerdict.LinkedThroughOthers,
            };
        }
        if (state.Judgements.On(state.Keys.Key(left), state.Keys.Key(right)) is [.., { Decision: JudgementDecision.Different }])
        {
            return PairVerdict.JudgedDifferent;
        }
        PairState pair = state.Pairs[left, right];
        bool forbidden = state.Model.MatchRules.Where((rule, i) => rule.Effect == MatchRuleEffect.Forbid && state.Rules.Conditions[i].Hold(left, right)).Any();
        if (forbidden || !state.Rules.Allows(left, right) || pair.Rules != 0)
        {
            return PairVerdict.Guarded;
        }
        if (!pair.IsNone)
        {
            return PairVerdict.Outweighed;
        }
        return state.Finder.SharesBlock(left, right) ? PairVerdict.BelowThreshold : PairVerdict.NotCompared;
    }

    // The shortest way along links that hold, first come first served.
    private static List<RecordKey> FindPath(LiveState state, int left, int right)
    {
        var from = new Dictionary<int, int> { [left] = left };
        var open = new Queue<int>([left]);
        var neighbours = new List<int>();
        while (!from.ContainsKey(right) && open.TryDequeue(out int record))
        {
            neighbours.Clear();
            state.Pairs.AddNeighbours(record, neighbours);
            foreach (int other in neighbours)
            {
                if (state.Pairs.Stored(record, other).Rule != StoredLink.NoRule && from.TryAdd(other, record))
                {
                    open.Enqueue(other);
                }
            }
        }
        var path = new List<RecordKey>();
        for (int record = right; from.TryGetValue(record, out int before); record = before)
        {
            path.Insert(0, state.Keys.Key(record));
            if (record == left)
            {
                break;
            }
        }
        return path;
    }
}
