using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Matching;

/// <summary>The most that a pair can weigh by what is equal and what is missing: eight comparisons at once.</summary>
internal sealed class WeightBounds
{
    private readonly ValueWeights?[] _equalByValue;
    private readonly int[] _equalAgainstCoincidence;
    private readonly int[] _equalAgainstKinship;
    private readonly int[] _mostAgainstCoincidence;
    private readonly int[] _mostAgainstKinship;
    private readonly uint _equalIsBest;
    private readonly uint _equalVaries;

    /// <summary>Lays the weights of the comparisons side by side.</summary>
    public WeightBounds(WeightStep[] steps)
    {
        int width = (steps.Length + CodeRows.Lanes - 1) / CodeRows.Lanes * CodeRows.Lanes;
        _equalByValue = new ValueWeights?[width];
        _equalAgainstCoincidence = new int[width];
        _equalAgainstKinship = new int[width];
        _mostAgainstCoincidence = new int[width];
        _mostAgainstKinship = new int[width];
        foreach (WeightStep step in steps)
        {
            int i = step.Comparison;
            (_mostAgainstCoincidence[i], _mostAgainstKinship[i]) = (step.Most.AgainstCoincidence, step.Most.AgainstKinship);
            // Where equal values are not at the first level, they are open like all others.
            PairWeight equal = step.EqualIsBest ? step.Equal : step.Most;
            bool varies = step.EqualIsBest && step.EqualByValue is not null;
            _equalByValue[i] = step.EqualByValue;
            (_equalAgainstCoincidence[i], _equalAgainstKinship[i]) = (varies ? 0 : equal.AgainstCoincidence, equal.AgainstKinship);
            _equalIsBest |= step.EqualIsBest ? 1u << i : 0;
            _equalVaries |= varies ? 1u << i : 0;
        }
    }

    /// <summary>Adds what equal values weigh, and the most that different ones can; a missing value weighs nothing.</summary>
    /// <param name="left">The codes of one record, padded.</param>
    /// <param name="right">The codes of the other record.</param>
    /// <param name="coincidence">The sum against coincidence.</param>
    /// <param name="kinship">The sum against kinship.</param>
    /// <returns>Bit c is set when the level of comparison c is open.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint AddMost(ReadOnlySpan<int> left, ReadOnlySpan<int> right, ref int coincidence, ref int kinship)
    {
        uint open = 0;
        uint varying = 0;
        for (int i = 0; i < _mostAgainstKinship.Length; i += CodeRows.Lanes)
        {
            Vector256<int> a = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(left), (nuint)i);
            Vector256<int> b = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(right), (nuint)i);
            Vector256<int> equal = Vector256.Equals(a, b);
            Vector256<int> missing = (a | b) >> 31;
            Vector256<int> forCoincidence = Vector256.ConditionalSelect(equal, At(_equalAgainstCoincidence, i), At(_mostAgainstCoincidence, i));
            Vector256<int> forKinship = Vector256.ConditionalSelect(equal, At(_equalAgainstKinship, i), At(_mostAgainstKinship, i));
            coincidence += Vector256.Sum(Vector256.AndNot(forCoincidence, missing));
            kinship += Vector256.Sum(Vector256.AndNot(forKinship, missing));
            uint present = ~Vector256.ExtractMostSignificantBits(missing) & 0xFF;
            uint equals = Vector256.ExtractMostSignificantBits(equal) & present;
            varying |= equals << i;
            open |= (present ^ (equals & (_equalIsBest >> i))) << i;
        }
        for (varying &= _equalVaries; varying != 0; varying &= varying - 1)
        {
            int comparison = BitOperations.TrailingZeroCount(varying);
            coincidence += _equalByValue[comparison]![left[comparison]];
        }
        return open;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> At(int[] weights, int index) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(weights), (nuint)index);
}
