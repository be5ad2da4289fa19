using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
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
    private const int ValuesPerPiece = 1 << 14;
    private static readonly double[] Inverses = InversesTo(ValueGlance.MaxLength);

    private readonly ValueDictionary _values;
    private readonly NicknameTable _nicknames;
    private readonly GlanceSlot[] _slots;
    private readonly GlanceSlotKind _first;
    private readonly GlanceSlotKind _second;
    private readonly double _leastJaro;
    private readonly double _leastWinkler;
    private readonly double _leastRatio;
    private readonly double _mostEdits;
    private readonly bool _countsCharacters;
    private readonly bool _initial;
    private readonly bool _contained;
    private LargeArray<ValueGlance> _glances;
    private GlanceMaker? _maker;
    private int _count;

    private LevelScreen(ValueDictionary values, LevelCondition[] conditions, NicknameTable nicknames, GlanceSlot[] slots, Workers workers)
    {
        _values = values;
        _nicknames = nicknames;
        _slots = slots;
        _first = slots.Length > 0 ? slots[0].Kind : GlanceSlotKind.None;
        _second = slots.Length > 1 ? slots[1].Kind : GlanceSlotKind.None;
        _leastJaro = Least(conditions, LevelFunction.Jaro);
        _leastWinkler = Least(conditions, LevelFunction.JaroWinkler);
        _leastRatio = Least(conditions, LevelFunction.LevenshteinRatio);
        _mostEdits = Math.Max(Most(conditions, LevelFunction.Levenshtein), Most(conditions, LevelFunction.Osa));
        _countsCharacters = _mostEdits >= 0 || double.IsFinite(Math.Min(_leastJaro, Math.Min(_leastWinkler, _leastRatio)));
        _initial = Array.Exists(conditions, condition => condition.Function == LevelFunction.Initial);
        _contained = Array.Exists(conditions, condition => condition.Function == LevelFunction.Contained);
        _count = values.Count;
        LargeArray<ValueGlance> glances = _glances = workers.Memory.Allocate<ValueGlance>(_count);
        workers.Run((_count + ValuesPerPiece - 1) / ValuesPerPiece, CreateMaker, (piece, maker) =>
        {
            Span<ValueGlance> all = glances.Span;
            for (int code = piece * ValuesPerPiece; code < Math.Min(all.Length, (piece + 1) * ValuesPerPiece); code++)
            {
                all[code] = maker.Look(values[code]);
            }
        });
    }

    /// <summary>The screen of a comparison; null when it has levels that only the values themselves can tell, or values with members or labels.</summary>
    /// <param name="column">The field.</param>
    /// <param name="conditions">The levels' conditions, best first.</param>
    /// <param name="nicknames">Which given names stand for each other.</param>
    /// <param name="workers">Threads, and where room is taken from.</param>
    public static LevelScreen? Create(FieldColumn column, LevelCondition[] conditions, NicknameTable nicknames, Workers workers)
    {
        if (column.Sets is not null || column.IsLabelled || !Array.TrueForAll(conditions, IsKnown))
        {
            return null;
        }
        bool groups = Array.Exists(conditions, condition => condition.Function == LevelFunction.Nickname);
        bool dates = Array.Exists(conditions, condition => condition.Function is LevelFunction.DayMonthSwapped or LevelFunction.TwoPartsEqual);
        GlanceSlot[] slots =
        [
            .. conditions.Where(condition => condition.Function == LevelFunction.Same).Select(condition => new GlanceSlot(GlanceSlotKind.Feature, condition.Step)),
            .. groups ? [new GlanceSlot(GlanceSlotKind.Groups)] : Array.Empty<GlanceSlot>(),
            .. dates ? [new GlanceSlot(GlanceSlotKind.MonthDay)] : Array.Empty<GlanceSlot>(),
        ];
        return slots.Length > Slots ? null : new LevelScreen(column.Values, conditions, nicknames, slots, workers);
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
        GlanceMaker maker = _maker ??= CreateMaker();
        for (int code = Math.Min(_count, count); code < count; code++)
        {
            _glances[code] = maker.Look(_values[code]);
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

    /// <summary>May a condition hold of two values? False only when it does not.</summary>
    /// <param name="function">How the condition judges.</param>
    /// <param name="feature">Of <see cref="LevelFunction.Same"/>: which of the transforms that levels compare, in their order.</param>
    /// <param name="leftCode">One value.</param>
    /// <param name="rightCode">The other value.</param>
    public bool MayHold(LevelFunction function, int feature, int leftCode, int rightCode)
    {
        ref readonly ValueGlance left = ref _glances[leftCode];
        ref readonly ValueGlance right = ref _glances[rightCode];
        if (leftCode == rightCode || !left.IsPlain || !right.IsPlain)
        {
            return true;
        }
        return function switch
        {
            LevelFunction.Same => !(feature == 0 ? TellsApart(left.First, right.First) : TellsApart(left.Second, right.Second)),
            LevelFunction.Nickname => MayBeEqual(GlanceSlotKind.Groups, in left, in right),
            LevelFunction.DayMonthSwapped or LevelFunction.TwoPartsEqual => MayBeEqual(GlanceSlotKind.MonthDay, in left, in right),
            LevelFunction.Contained => !(left.IsOneWord && right.IsOneWord),
            LevelFunction.Jaro or LevelFunction.JaroWinkler or LevelFunction.LevenshteinRatio or LevelFunction.Levenshtein or LevelFunction.Osa =>
                !DifferInCharacters(in left, in right),
            _ => true,
        };
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

    private GlanceMaker CreateMaker() => new(_slots, _nicknames);

    // The lowest limit of a similarity: out of reach where no level has it.
    private static double Least(LevelCondition[] conditions, LevelFunction function)
    {
        double least = double.PositiveInfinity;
        foreach (LevelCondition condition in conditions)
        {
            least = condition.Function == function ? Math.Min(least, condition.Limit) : least;
        }
        return least;
    }

    // The highest limit of a distance; -1 where no level has it.
    private static double Most(LevelCondition[] conditions, LevelFunction function)
    {
        double most = -1;
        foreach (LevelCondition condition in conditions)
        {
            most = condition.Function == function ? Math.Max(most, condition.Limit) : most;
        }
        return most;
    }

    private static double[] InversesTo(int length)
    {
        var inverses = new double[length + 1];
        for (int i = 0; i < inverses.Length; i++)
        {
            inverses[i] = 1.0 / i;
        }
        return inverses;
    }

    private static bool IsKnown(LevelCondition condition) => condition.Function is LevelFunction.Else or LevelFunction.Exact or LevelFunction.Same
        or LevelFunction.Nickname or LevelFunction.Initial or LevelFunction.Contained or LevelFunction.DayMonthSwapped or LevelFunction.TwoPartsEqual
        or LevelFunction.Jaro or LevelFunction.JaroWinkler or LevelFunction.LevenshteinRatio or LevelFunction.Levenshtein or LevelFunction.Osa;

    private bool IsElse(in ValueGlance left, in ValueGlance right)
    {
        if (!left.IsPlain || !right.IsPlain
            || (_first != GlanceSlotKind.None && !TellsApart(_first, in left, in right, left.First, right.First))
            || (_second != GlanceSlotKind.None && !TellsApart(_second, in left, in right, left.Second, right.Second))
            || (_initial && (left.Length == 1) != (right.Length == 1) && (byte)left.Start == (byte)right.Start)
            || (_contained && !(left.IsOneWord && right.IsOneWord)))
        {
            return false;
        }
        return !_countsCharacters || DifferInCharacters(in left, in right);
    }

    private bool MayBeEqual(GlanceSlotKind slot, in ValueGlance left, in ValueGlance right) => _first == slot
        ? !TellsApart(slot, in left, in right, left.First, right.First)
        : !TellsApart(slot, in left, in right, left.Second, right.Second);

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
    private static bool TellsApart(GlanceSlotKind slot, in ValueGlance left, in ValueGlance right, int one, int other)
    {
        if (slot == GlanceSlotKind.MonthDay)
        {
            int differing = one ^ other;
            int equalParts = (left.Start == right.Start ? 1 : 0) + ((differing & 0xFFFF) == 0 ? 1 : 0) + ((differing & ~0xFFFF) == 0 ? 1 : 0);
            bool swapped = left.Start == right.Start && one == (int)System.Numerics.BitOperations.RotateLeft((uint)other, 16);
            return one == 0 || other == 0 || (equalParts < 2 && !swapped);
        }
        return slot == GlanceSlotKind.Feature ? TellsApart(one, other) : (one & other) == 0;
    }

    private static bool TellsApart(int oneHash, int otherHash) => oneHash != otherHash || oneHash < 0;
}
