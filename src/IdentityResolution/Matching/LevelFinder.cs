using System.Runtime.CompilerServices;
using IdentityResolution.Internals;

namespace IdentityResolution.Matching;

/// <summary>The level of two values of one comparison, by the least effort: equality, a glance, a pair of values seen before, measuring.</summary>
/// <remarks>Holds a cache; one per thread.</remarks>
internal sealed class LevelFinder
{
    private readonly LevelScreen? _screen;
    private readonly LevelEvaluator _evaluator;
    private readonly ulong[] _keys;
    private readonly byte[] _levels;
    private readonly bool _equalIsBest;
    private readonly byte _else;

    /// <summary>A finder for one thread.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="cacheSize">How many levels of pairs of values to keep; a power of two.</param>
    public LevelFinder(CompiledComparison comparison, int cacheSize)
    {
        _keys = new ulong[cacheSize];
        _levels = new byte[cacheSize];
        _screen = comparison.Screen;
        _evaluator = comparison.CreateEvaluator();
        // Only where no level stands before it: the first that holds decides, also for equal values.
        _equalIsBest = comparison.ExactLevel == 0;
        _else = (byte)(comparison.LevelCount - 1);
    }

    /// <summary>Forgets the pairs of values seen before.</summary>
    public void Forget() => Array.Clear(_keys);

    /// <summary>The level of two value codes; <see cref="PairComparer.Missing"/> when either is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Find(int left, int right)
    {
        if ((left | right) < 0)
        {
            return PairComparer.Missing;
        }
        if (left == right)
        {
            return _equalIsBest ? (byte)0 : Measure(left, right);
        }
        return _screen is not null && _screen.IsElse(left, right) ? _else : Measure(left, right);
    }

    /// <summary>The level of two present values that a glance does not tell.</summary>
    public byte Measure(int left, int right)
    {
        (uint low, uint high) = left < right ? ((uint)left, (uint)right) : ((uint)right, (uint)left);
        // Codes plus one, so that an empty cache entry (0) is no pair.
        ulong key = ((ulong)(low + 1) << 32) | (high + 1);
        int slot = (int)(StableHash.Of(key) & (uint)(_keys.Length - 1));
        if (_keys[slot] == key)
        {
            return _levels[slot];
        }
        byte level = _evaluator.Level(left, right);
        _keys[slot] = key;
        _levels[slot] = level;
        return level;
    }
}
