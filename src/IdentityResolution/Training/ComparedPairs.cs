using IdentityResolution.Blocking;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>Pairs with the level of every comparison, kept so that other probabilities can weigh them without comparing again.</summary>
internal sealed class ComparedPairs
{
    private const int PairsPerPiece = 1 << 14;
    private readonly List<RecordLink> _pairs;
    private readonly byte[] _levels;
    private readonly uint[] _swaps;
    private readonly int _comparisons;

    private ComparedPairs(List<RecordLink> pairs, int comparisons)
    {
        _pairs = pairs;
        _comparisons = comparisons;
        _levels = new byte[pairs.Count * comparisons];
        _swaps = new uint[pairs.Count];
    }

    /// <summary>How many pairs there are.</summary>
    public int Count => _pairs.Count;

    /// <summary>The pairs, with the weight that the first model gave them.</summary>
    public IReadOnlyList<RecordLink> Links => _pairs;

    /// <summary>The level of each comparison of a pair; <see cref="PairComparer.Missing"/> where a value is missing.</summary>
    public ReadOnlySpan<byte> LevelsOf(int pair) => _levels.AsSpan(pair * _comparisons, _comparisons);

    /// <summary>Compares every candidate pair that could match.</summary>
    /// <param name="model">The model; its threshold is the least weight that counts.</param>
    /// <param name="candidates">The pairs.</param>
    /// <param name="workers">Threads.</param>
    public static ComparedPairs Collect(CompiledModel model, CandidatePairs candidates, Workers workers)
    {
        ScoredPairs scored = PairScorer.Score(model, candidates, workers, static (_, _) => { });
        var compared = new ComparedPairs(scored.Links, model.Comparisons.Length);
        workers.Run(
            (compared.Count + PairsPerPiece - 1) / PairsPerPiece,
            () => new PairComparer(model),
            (piece, comparer) =>
            {
                int end = Math.Min(compared.Count, (piece + 1) * PairsPerPiece);
                for (int pair = piece * PairsPerPiece; pair < end; pair++)
                {
                    RecordLink link = compared._pairs[pair];
                    compared._swaps[pair] = comparer.Compare(link.Left, link.Right, compared._levels.AsSpan(pair * compared._comparisons, compared._comparisons));
                }
            });
        return compared;
    }

    /// <summary>The pairs with the weight that a model gives them, in the same order. A value that stands crosswise weighs as an average one.</summary>
    public RecordLink[] Weigh(CompiledModel model)
    {
        var links = new RecordLink[Count];
        for (int pair = 0; pair < links.Length; pair++)
        {
            PairWeight weight = model.PriorWeight;
            ReadOnlySpan<byte> levels = LevelsOf(pair);
            for (int i = 0; i < levels.Length; i++)
            {
                if (levels[i] != PairComparer.Missing)
                {
                    CompiledComparison comparison = model.Comparisons[i];
                    weight += new PairWeight(LevelWeight(comparison, levels[i], _pairs[pair], IsCrosswise(model, i, _swaps[pair])), comparison.LevelWeightsAgainstRelated[levels[i]]);
                }
            }
            for (int swap = 0; swap < model.Swaps.Length; swap++)
            {
                int cost = ((_swaps[pair] >> swap) & 1) == 0 ? 0 : model.Swaps[swap].Weight;
                weight += new PairWeight(cost, cost);
            }
            links[pair] = _pairs[pair] with { Weight = weight.Least };
        }
        return links;
    }

    private static bool IsCrosswise(CompiledModel model, int comparison, uint swaps)
    {
        for (int swap = 0; swaps != 0 && swap < model.Swaps.Length; swap++)
        {
            if (((swaps >> swap) & 1) != 0 && (model.Swaps[swap].First == comparison || model.Swaps[swap].Second == comparison))
            {
                return true;
            }
        }
        return false;
    }

    private static int LevelWeight(CompiledComparison comparison, byte level, RecordLink link, bool crosswise) => crosswise && level != comparison.ExactLevel
        ? comparison.LevelWeights[level]
        : comparison.WeightOf(level, comparison.Column.Codes[link.Left], comparison.Column.Codes[link.Right]);
}
