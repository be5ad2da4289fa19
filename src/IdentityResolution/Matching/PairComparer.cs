using System.Runtime.CompilerServices;
using IdentityResolution.Internals;

namespace IdentityResolution.Matching;

/// <summary>Compares and weighs pairs of records. One per thread: holds caches of levels by pair of values.</summary>
internal sealed class PairComparer
{
    /// <summary>The level of a comparison whose field is missing in either record.</summary>
    public const byte Missing = 15;

    private const int CacheSize = 1 << 12;
    private readonly CompiledModel _model;
    private readonly int _mask;
    private readonly CompiledComparison[] _comparisons;
    private readonly LevelEvaluator[] _evaluators;
    private readonly ulong[][] _cacheKeys;
    private readonly byte[][] _cacheLevels;
    private readonly Unit[] _units;
    private readonly PairWeight[] _mostAfter;

    /// <summary>A comparer for one thread.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cacheSize">How many levels of pairs of values to keep per comparison; a power of two.</param>
    public PairComparer(CompiledModel model, int cacheSize = CacheSize)
    {
        _model = model;
        _mask = cacheSize - 1;
        _comparisons = model.Comparisons;
        _evaluators = [.. _comparisons.Select(comparison => comparison.CreateEvaluator())];
        _cacheKeys = [.. _comparisons.Select(_ => new ulong[cacheSize])];
        _cacheLevels = [.. _comparisons.Select(_ => new byte[cacheSize])];
        _units = OrderUnits();
        _mostAfter = new PairWeight[_units.Length + 1];
        for (int i = _units.Length - 1; i >= 0; i--)
        {
            _mostAfter[i] = _mostAfter[i + 1] + _units[i].MaxWeight;
        }
    }

    /// <summary>The total weight of a pair in millibits, prior included; <see cref="int.MinValue"/> as soon as it can't reach <paramref name="floor"/>.</summary>
    public int Weigh(int left, int right, int floor)
    {
        PairWeight weight = _model.PriorWeight;
        for (int i = 0; i < _units.Length; i++)
        {
            if ((weight + _mostAfter[i]).Least < floor)
            {
                return int.MinValue;
            }
            Unit unit = _units[i];
            weight += unit.Swap < 0 ? WeighOne(unit.Comparison, left, right) : WeighSwap(_model.Swaps[unit.Swap], left, right);
        }
        return weight.Least < floor ? int.MinValue : weight.Least;
    }

    /// <summary>The level of every comparison of a pair, and which swaps the pair is compared across.</summary>
    /// <param name="left">One record.</param>
    /// <param name="right">The other record.</param>
    /// <param name="levels">Receives a level per comparison; <see cref="Missing"/> where a value is missing.</param>
    /// <returns>Bit i is set when swap i applies.</returns>
    public uint Compare(int left, int right, Span<byte> levels)
    {
        for (int comparison = 0; comparison < _comparisons.Length; comparison++)
        {
            int[] codes = _comparisons[comparison].Column.Codes;
            levels[comparison] = Level(comparison, codes[left], codes[right]);
        }
        uint swapped = 0;
        for (int i = 0; i < _model.Swaps.Length; i++)
        {
            CompiledSwap swap = _model.Swaps[i];
            if (FindCross(swap, left, right, levels[swap.First], levels[swap.Second], out Cross cross))
            {
                swapped |= 1u << i;
                // Seen from the other record forward is backward, so ties must fall the same from both sides.
                int order = (cross.ForwardFirst + cross.ForwardSecond).CompareTo(cross.BackwardFirst + cross.BackwardSecond);
                bool forward = order < 0 || (order == 0 && cross.ForwardFirst <= cross.BackwardFirst);
                levels[swap.First] = forward ? cross.ForwardFirst : cross.BackwardFirst;
                levels[swap.Second] = forward ? cross.ForwardSecond : cross.BackwardSecond;
            }
        }
        return swapped;
    }

    private PairWeight WeighOne(int comparison, int left, int right)
    {
        int[] codes = _comparisons[comparison].Column.Codes;
        return Weight(comparison, codes[left], codes[right], Level(comparison, codes[left], codes[right]));
    }

    private PairWeight WeighSwap(CompiledSwap swap, int left, int right)
    {
        int[] firstCodes = _comparisons[swap.First].Column.Codes;
        int[] secondCodes = _comparisons[swap.Second].Column.Codes;
        (int leftFirst, int rightFirst) = (firstCodes[left], firstCodes[right]);
        (int leftSecond, int rightSecond) = (secondCodes[left], secondCodes[right]);
        byte firstLevel = Level(swap.First, leftFirst, rightFirst);
        byte secondLevel = Level(swap.Second, leftSecond, rightSecond);
        PairWeight straight = Weight(swap.First, leftFirst, rightFirst, firstLevel) + Weight(swap.Second, leftSecond, rightSecond, secondLevel);
        if (!FindCross(swap, left, right, firstLevel, secondLevel, out Cross cross))
        {
            return straight;
        }
        PairWeight forward = Weight(swap.First, leftFirst, rightSecond, cross.ForwardFirst) + Weight(swap.Second, leftSecond, rightFirst, cross.ForwardSecond);
        PairWeight backward = Weight(swap.First, leftSecond, rightFirst, cross.BackwardFirst) + Weight(swap.Second, leftFirst, rightSecond, cross.BackwardSecond);
        // Seen from the other record forward is backward, so ties must fall the same from both sides.
        int order = forward.AgainstCoincidence.CompareTo(backward.AgainstCoincidence);
        bool isForward = order > 0 || (order == 0 && forward.AgainstKinship >= backward.AgainstKinship);
        PairWeight crossed = (isForward ? forward : backward) + new PairWeight(swap.Weight, swap.Weight);
        return crossed.AgainstCoincidence > straight.AgainstCoincidence ? crossed : straight;
    }

    // A pair is compared crosswise when it agrees nowhere straight, and crosswise on one value exactly and on the other at least closely.
    private bool FindCross(CompiledSwap swap, int left, int right, byte firstLevel, byte secondLevel, out Cross cross)
    {
        cross = default;
        if (firstLevel < _comparisons[swap.First].LevelCount - 1 || secondLevel < _comparisons[swap.Second].LevelCount - 1)
        {
            return false;
        }
        int[] firstCodes = _comparisons[swap.First].Column.Codes;
        int[] secondCodes = _comparisons[swap.Second].Column.Codes;
        (int leftFirst, int rightSecond) = (firstCodes[left], secondCodes[right]);
        (int leftSecond, int rightFirst) = (secondCodes[left], firstCodes[right]);
        bool oneEqual = (leftFirst >= 0 && leftFirst == rightSecond) || (leftSecond >= 0 && leftSecond == rightFirst);
        if (!oneEqual)
        {
            return false;
        }
        cross = new Cross(
            Level(swap.First, leftFirst, rightSecond),
            Level(swap.Second, leftSecond, rightFirst),
            Level(swap.First, leftSecond, rightFirst),
            Level(swap.Second, leftFirst, rightSecond));
        byte firstElse = (byte)(_comparisons[swap.First].LevelCount - 1);
        byte secondElse = (byte)(_comparisons[swap.Second].LevelCount - 1);
        return cross.ForwardFirst != firstElse && cross.ForwardSecond != secondElse
            && cross.BackwardFirst != firstElse && cross.BackwardSecond != secondElse;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PairWeight Weight(int comparison, int leftCode, int rightCode, byte level)
    {
        if (level == Missing)
        {
            return default;
        }
        CompiledComparison compiled = _comparisons[comparison];
        return new PairWeight(
            level == compiled.ExactLevel && compiled.ExactWeights is { } exact ? exact[leftCode] : compiled.LevelWeights[level],
            compiled.LevelWeightsAgainstRelated[level]);
    }

    private byte Level(int comparison, int leftCode, int rightCode)
    {
        if ((leftCode | rightCode) < 0)
        {
            return Missing;
        }
        // Only where no level stands before it: the first that holds decides, also for equal values.
        if (leftCode == rightCode && _comparisons[comparison].ExactLevel == 0)
        {
            return 0;
        }
        (uint low, uint high) = leftCode < rightCode ? ((uint)leftCode, (uint)rightCode) : ((uint)rightCode, (uint)leftCode);
        // Codes plus one, so that an empty cache entry (0) is no pair.
        ulong key = ((ulong)(low + 1) << 32) | (high + 1);
        int slot = (int)(StableHash.Of(key) & (uint)_mask);
        if (_cacheKeys[comparison][slot] == key)
        {
            return _cacheLevels[comparison][slot];
        }
        byte level = _evaluators[comparison].Level(leftCode, rightCode);
        _cacheKeys[comparison][slot] = key;
        _cacheLevels[comparison][slot] = level;
        return level;
    }

    // Comparisons that can add or take most come first, so that hopeless pairs stop early.
    private Unit[] OrderUnits()
    {
        var units = new List<Unit>();
        for (int i = 0; i < _model.Swaps.Length; i++)
        {
            CompiledSwap swap = _model.Swaps[i];
            units.Add(new Unit(-1, i, _comparisons[swap.First].MaxWeight + _comparisons[swap.Second].MaxWeight));
        }
        for (int i = 0; i < _comparisons.Length; i++)
        {
            if (!_model.Swaps.Any(swap => swap.First == i || swap.Second == i))
            {
                units.Add(new Unit(i, -1, _comparisons[i].MaxWeight));
            }
        }
        return [.. units.OrderByDescending(unit => unit.MaxWeight.AgainstCoincidence).ThenBy(unit => unit.Comparison)];
    }

    private readonly record struct Unit(int Comparison, int Swap, PairWeight MaxWeight);

    private readonly record struct Cross(byte ForwardFirst, byte ForwardSecond, byte BackwardFirst, byte BackwardSecond);
}
