using System.Runtime.CompilerServices;

namespace IdentityResolution.Matching;

/// <summary>Compares and weighs pairs of records. One per thread: holds caches of levels by pair of values.</summary>
internal sealed partial class PairComparer
{
    /// <summary>The level of a comparison whose field is missing in either record.</summary>
    public const byte Missing = 15;

    private const int CacheSize = 1 << 12;

    // Of so many values the same two seldom meet again.
    private const int ManyValues = 200_000;
    private readonly CompiledModel _model;
    private readonly CompiledComparison[] _comparisons;
    private readonly LevelFinder[] _finders;
    private readonly WeightStep[] _large;
    private readonly uint _largeComparisons;
    private readonly int[] _leftCodes;
    private readonly int[] _rightCodes;

    /// <summary>A comparer for one thread.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cacheSize">How many levels of pairs of values to keep per comparison; a power of two.</param>
    public PairComparer(CompiledModel model, int cacheSize = CacheSize)
    {
        _model = model;
        _comparisons = model.Comparisons;
        _finders = [.. _comparisons.Select(comparison => new LevelFinder(comparison, comparison.Column.Values.Count > ManyValues ? 1 : cacheSize))];
        _leftCodes = new int[_comparisons.Length];
        _rightCodes = new int[_comparisons.Length];
        _large = Array.FindAll(model.Steps, step => step.Screen is { IsLarge: true });
        foreach (WeightStep step in _large)
        {
            _largeComparisons |= 1u << step.Comparison;
        }
    }

    /// <summary>Forgets the levels of pairs of values: some of the values are gone.</summary>
    public void Forget()
    {
        foreach (LevelFinder finder in _finders)
        {
            finder.Forget();
        }
    }

    /// <summary>Asks the memory for a record that will be compared soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int record) => _model.Rows?.Fetch(record);

    /// <summary>Asks the memory for what can be seen at a glance of a record whose codes have arrived.</summary>
    public void FetchValues(int record)
    {
        if (_model.Rows is not { } rows)
        {
            return;
        }
        ReadOnlySpan<int> codes = rows[record];
        foreach (WeightStep step in _large)
        {
            int code = codes[step.Comparison];
            if (code >= 0)
            {
                step.Screen!.Fetch(code);
            }
        }
    }

    /// <summary>The total weight of a pair in millibits, prior included; <see cref="int.MinValue"/> as soon as it can't reach <paramref name="floor"/>.</summary>
    public int Weigh(int left, int right, int floor)
    {
        if (_model.Rows is null)
        {
            return WeighOneByOne(Codes(left, _leftCodes), Codes(right, _rightCodes), floor);
        }
        (int Left, int Right) pair = (left, right);
        OpenPair state = default;
        var open = new Span<OpenPair>(ref state);
        return Begin(new ReadOnlySpan<(int Left, int Right)>(in pair), floor, open) == 1 && Screen(open, floor) == 1 && Measure(open, floor) == 1
            ? state.Most
            : int.MinValue;
    }

    /// <summary>The level of every comparison of a pair, and which swaps the pair is compared across.</summary>
    /// <param name="left">One record.</param>
    /// <param name="right">The other record.</param>
    /// <param name="levels">Receives a level per comparison; <see cref="Missing"/> where a value is missing.</param>
    /// <returns>Bit i is set when swap i applies.</returns>
    public uint Compare(int left, int right, Span<byte> levels)
    {
        ReadOnlySpan<int> leftCodes = Codes(left, _leftCodes);
        ReadOnlySpan<int> rightCodes = Codes(right, _rightCodes);
        for (int comparison = 0; comparison < _finders.Length; comparison++)
        {
            levels[comparison] = _finders[comparison].Find(leftCodes[comparison], rightCodes[comparison]);
        }
        uint swapped = 0;
        for (int i = 0; i < _model.Swaps.Length; i++)
        {
            CompiledSwap swap = _model.Swaps[i];
            if (FindCross(swap, leftCodes, rightCodes, levels[swap.First], levels[swap.Second], out Cross cross))
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

    private ReadOnlySpan<int> Codes(int record, int[] scratch)
    {
        if (_model.Rows is { } rows)
        {
            return rows[record];
        }
        for (int comparison = 0; comparison < scratch.Length; comparison++)
        {
            scratch[comparison] = _comparisons[comparison].CodeOf(record);
        }
        return scratch;
    }

    // Where a value of one record stands in the other's swapped field.
    private bool MayCross(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        foreach (CompiledSwap swap in _model.Swaps)
        {
            if (OneEqual(swap, left, right))
            {
                return true;
            }
        }
        return false;
    }

    private static bool OneEqual(CompiledSwap swap, ReadOnlySpan<int> left, ReadOnlySpan<int> right) =>
        (left[swap.First] == right[swap.Second] && left[swap.First] >= 0) || (left[swap.Second] == right[swap.First] && left[swap.Second] >= 0);

    private int WeighOneByOne(ReadOnlySpan<int> left, ReadOnlySpan<int> right, int floor)
    {
        PairWeight weight = _model.PriorWeight;
        uint done = 0;
        foreach (CompiledSwap swap in _model.Swaps)
        {
            weight += WeighSwap(swap, left, right);
            done |= (1u << swap.First) | (1u << swap.Second);
        }
        for (int comparison = 0; comparison < _comparisons.Length; comparison++)
        {
            if (((done >> comparison) & 1) == 0)
            {
                weight += Weight(comparison, left[comparison], right[comparison], _finders[comparison].Find(left[comparison], right[comparison]));
            }
        }
        return weight.Least < floor ? int.MinValue : weight.Least;
    }

    private PairWeight WeighSwap(CompiledSwap swap, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        (int leftFirst, int rightFirst) = (left[swap.First], right[swap.First]);
        (int leftSecond, int rightSecond) = (left[swap.Second], right[swap.Second]);
        byte firstLevel = _finders[swap.First].Find(leftFirst, rightFirst);
        byte secondLevel = _finders[swap.Second].Find(leftSecond, rightSecond);
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
    private bool FindCross(CompiledSwap swap, ReadOnlySpan<int> left, ReadOnlySpan<int> right, byte firstLevel, byte secondLevel, out Cross cross)
    {
        cross = default;
        if (firstLevel < _comparisons[swap.First].LevelCount - 1 || secondLevel < _comparisons[swap.Second].LevelCount - 1)
        {
            return false;
        }
        if (!OneEqual(swap, left, right))
        {
            return false;
        }
        (int leftFirst, int rightSecond) = (left[swap.First], right[swap.Second]);
        (int leftSecond, int rightFirst) = (left[swap.Second], right[swap.First]);
        cross = new Cross(
            _finders[swap.First].Find(leftFirst, rightSecond),
            _finders[swap.Second].Find(leftSecond, rightFirst),
            _finders[swap.First].Find(leftSecond, rightFirst),
            _finders[swap.Second].Find(leftFirst, rightSecond));
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
            compiled.WeightOf(level, compiled.OwnCode(leftCode), compiled.OwnCode(rightCode)),
            compiled.LevelWeightsAgainstRelated[level]);
    }

    private readonly record struct Cross(byte ForwardFirst, byte ForwardSecond, byte BackwardFirst, byte BackwardSecond);
}
