using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Standardization;

namespace IdentityResolution.Matching;

/// <summary>Tells at a glance that two different values of a field are at the last level of its comparison: most pairs are.</summary>
/// <remarks>Bounds, never guesses: what is not certain is left to a <see cref="LevelEvaluator"/>. Shared by all threads.</remarks>
internal sealed class LevelScreen
{
    // Bounds are reckoned by other roads than the measures themselves: the last bits may differ.
    private const double Slack = 1e-9;
    private const int Slots = 2;
    private static readonly double[] Inverses = [.. Enumerable.Range(0, ValueGlance.MaxLength + 1).Select(length => 1.0 / length)];

    private readonly ValueDictionary _values;
    private readonly LargeArray<int>?[] _features;
    private readonly NicknameTable _nicknames;
    private readonly Slot[] _slots;
    private readonly char[] _name = new char[ValueGlance.MaxLength];
    private readonly Slot _first;
    private readonly Slot _second;
    private readonly double _leastJaro;
    private readonly double _leastWinkler;
    private readonly double _leastRatio;
    private readonly double _mostEdits;
    private readonly bool _countsCharacters;
    private readonly bool _initial;
    private readonly bool _contained;
    private LargeArray<ValueGlance> _glances;
    private int _count;

    private LevelScreen(ValueDictionary values, LevelCondition[] conditions, LargeArray<int>?[] features, NicknameTable nicknames, Slot[] slots, MemoryBudget memory)
    {
        _values = values;
        _features = features;
        _nicknames = nicknames;
        _slots = slots;
        _glances = memory.AllocateZeros<ValueGlance>(values.Count);
        _first = slots.Length > 0 ? slots[0] : Slot.None;
        _second = slots.Length > 1 ? slots[1] : Slot.None;
        _leastJaro = Least(conditions, LevelFunction.Jaro);
        _leastWinkler = Least(conditions, LevelFunction.JaroWinkler);
        _leastRatio = Least(conditions, LevelFunction.LevenshteinRatio);
        _mostEdits = conditions.Where(condition => condition.Function is LevelFunction.Levenshtein or LevelFunction.Osa)
            .Select(condition => condition.Limit).DefaultIfEmpty(-1).Max();
        _countsCharacters = _mostEdits >= 0 || double.IsFinite(Math.Min(_leastJaro, Math.Min(_leastWinkler, _leastRatio)));
        _initial = Array.Exists(conditions, condition => condition.Function == LevelFunction.Initial);
        _contained = Array.Exists(conditions, condition => condition.Function == LevelFunction.Contained);
        Extend();
    }

    private enum Slot
    {
        None = 0,

        // A code of the value, negative = none: equal codes may be a level.
        Code,

        // A set of the groups that the value stands in, by their low five bits.
        Groups,

        // Month and day of a date as they are written; 0 = the value is no date.
        MonthDay,
    }

    /// <summary>The screen of a comparison; null when it has levels that only the values themselves can tell, or values with members or labels.</summary>
    /// <param name="column">The field.</param>
    /// <param name="conditions">The levels' conditions, best first.</param>
    /// <param name="features">For conditions that compare a transform: its code per value. Length: levels.</param>
    /// <param name="nicknames">Which given names stand for each other.</param>
    /// <param name="memory">Where room is taken from.</param>
    public static LevelScreen? Create(FieldColumn column, LevelCondition[] conditions, LargeArray<int>?[] features, NicknameTable nicknames, MemoryBudget memory)
    {
        if (column.Sets is not null || column.IsLabelled || !Array.TrueForAll(conditions, IsKnown))
        {
            return null;
        }
        bool groups = Array.Exists(conditions, condition => condition.Function == LevelFunction.Nickname);
        bool dates = Array.Exists(conditions, condition => condition.Function is LevelFunction.DayMonthSwapped or LevelFunction.TwoPartsEqual);
        Slot[] slots =
        [
            .. features.Where(codes => codes is not null).Select(_ => Slot.Code),
            .. groups ? [Slot.Groups] : Array.Empty<Slot>(),
            .. dates ? [Slot.MonthDay] : Array.Empty<Slot>(),
        ];
        return slots.Length > Slots ? null : new LevelScreen(column.Values, conditions, features, nicknames, slots, memory);
    }

    /// <summary>Looks at the values that came since, and forgets those that went. Not while others look.</summary>
    public void Extend()
    {
        int count = _values.Count;
        if (_glances.Length < count)
        {
            MemoryBudget.Unlimited.Resize(ref _glances, Math.Max(count, _glances.Length + (_glances.Length / 2)), _glances.Length);
            _glances.Span[_count..].Clear();
        }
        if (count < _count)
        {
            _glances.AsSpan(count, _count - count).Clear();
        }
        for (int code = Math.Min(_count, count); code < count; code++)
        {
            _glances[code] = Look(code);
        }
        _count = count;
    }

    /// <summary>Are there so many values that they leave the processor's caches?</summary>
    public bool IsLarge => _glances.Length > 4096;

    /// <summary>Are two different values certainly at the last level?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsElse(int leftCode, int rightCode)
    {
        ref ValueGlance glances = ref MemoryMarshal.GetReference(_glances.Span);
        return IsElse(in Unsafe.Add(ref glances, leftCode), in Unsafe.Add(ref glances, rightCode));
    }

    /// <summary>May two names be variants of each other? False only when they are not.</summary>
    public bool MayBeVariants(int leftCode, int rightCode)
    {
        ref readonly ValueGlance left = ref _glances[leftCode];
        ref readonly ValueGlance right = ref _glances[rightCode];
        // A name is a variant of itself, also where it stands in no group.
        return leftCode == rightCode || !left.IsPlain || !right.IsPlain
            || (_first == Slot.Groups ? left.First & right.First : _second == Slot.Groups ? left.Second & right.Second : -1) != 0;
    }

    /// <summary>Asks the memory for what <see cref="IsElse(int, int)"/> will look at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Fetch(int code)
    {
        if (Sse.IsSupported)
        {
            // The address is a hint; that the array may move meanwhile does no harm.
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetReference(_glances.Span), code)));
        }
    }

    private ValueGlance Look(int code)
    {
        ReadOnlySpan<byte> value = _values[code];
        var own = ValueGlance.Of(value);
        int feature = -1;
        for (int slot = 0; slot < _slots.Length && own.IsPlain; slot++)
        {
            int number = _slots[slot] switch
            {
                Slot.Code => _features[feature = NextFeature(feature)]![code],
                Slot.Groups => (int)_nicknames.GroupSet(_name.AsSpan(0, Encoding.ASCII.GetChars(value, _name))),
                _ => MonthDay(value),
            };
            own = slot == 0 ? own with { First = number } : own with { Second = number };
        }
        return own;
    }

    private int NextFeature(int feature)
    {
        do
        {
            feature++;
        }
        while (_features[feature] is null);
        return feature;
    }

    private static double Least(LevelCondition[] conditions, LevelFunction function) =>
        conditions.Where(condition => condition.Function == function).Select(condition => condition.Limit).DefaultIfEmpty(double.PositiveInfinity).Min();

    private static bool IsKnown(LevelCondition condition) => condition.Function is LevelFunction.Else or LevelFunction.Exact or LevelFunction.Same
        or LevelFunction.Nickname or LevelFunction.Initial or LevelFunction.Contained or LevelFunction.DayMonthSwapped or LevelFunction.TwoPartsEqual
        or LevelFunction.Jaro or LevelFunction.JaroWinkler or LevelFunction.LevenshteinRatio or LevelFunction.Levenshtein or LevelFunction.Osa;

    private static int MonthDay(ReadOnlySpan<byte> value) => StandardDates.IsWhole(value)
        ? value[5] | (value[6] << 8) | (value[8] << 16) | (value[9] << 24)
        : 0;

    private bool IsElse(in ValueGlance left, in ValueGlance right)
    {
        if (!left.IsPlain || !right.IsPlain
            || (_first != Slot.None && !TellsApart(_first, in left, in right, left.First, right.First))
            || (_second != Slot.None && !TellsApart(_second, in left, in right, left.Second, right.Second))
            || (_initial && (left.Length == 1) != (right.Length == 1) && (byte)left.Start == (byte)right.Start)
            || (_contained && !(left.IsOneWord && right.IsOneWord)))
        {
            return false;
        }
        return !_countsCharacters || DifferInCharacters(in left, in right);
    }

    private bool DifferInCharacters(in ValueGlance left, in ValueGlance right)
    {
        int common = ValueGlance.MostCommon(in left, in right);
        int longest = Math.Max(left.Length, right.Length);
        if (longest - common <= _mostEdits || common * Inverses[longest] >= _leastRatio - Slack)
        {
            return false;
        }
        double jaro = common == 0 ? 0 : ((common * Inverses[left.Length]) + (common * Inverses[right.Length]) + 1) * (1.0 / 3);
        return jaro < _leastJaro - Slack && JaroWinklerKernel.Boost(jaro + Slack, ValueGlance.CommonStart(in left, in right)) < _leastWinkler - Slack;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TellsApart(Slot slot, in ValueGlance left, in ValueGlance right, int one, int other)
    {
        if (slot == Slot.MonthDay)
        {
            int differing = one ^ other;
            int equalParts = (left.Start == right.Start ? 1 : 0) + ((differing & 0xFFFF) == 0 ? 1 : 0) + ((differing & ~0xFFFF) == 0 ? 1 : 0);
            bool swapped = left.Start == right.Start && one == (int)System.Numerics.BitOperations.RotateLeft((uint)other, 16);
            return one == 0 || other == 0 || (equalParts < 2 && !swapped);
        }
        return slot == Slot.Code ? one != other || one < 0 : (one & other) == 0;
    }
}
