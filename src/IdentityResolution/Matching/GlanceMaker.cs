using System.Text;
using IdentityResolution.Features;
using IdentityResolution.Standardization;

namespace IdentityResolution.Matching;

/// <summary>Looks at the values of a field, for a <see cref="LevelScreen"/>. Holds scratch; one per thread.</summary>
internal sealed class GlanceMaker
{
    private readonly GlanceSlot[] _slots;
    private readonly NicknameTable _nicknames;
    private readonly SameFeature _features;
    private readonly char[] _name = new char[ValueGlance.MaxLength];

    /// <summary>Prepares for a field.</summary>
    /// <param name="slots">What is kept of a value beside its characters, at most two numbers.</param>
    /// <param name="nicknames">Which given names stand for each other.</param>
    public GlanceMaker(GlanceSlot[] slots, NicknameTable nicknames)
    {
        _slots = slots;
        _nicknames = nicknames;
        _features = new SameFeature(nicknames);
    }

    /// <summary>Looks at a value.</summary>
    public ValueGlance Look(ReadOnlySpan<byte> value)
    {
        var glance = ValueGlance.Of(value);
        if (glance.IsPlain && _slots.Length > 0)
        {
            glance = glance with { First = Number(_slots[0], value), Second = _slots.Length > 1 ? Number(_slots[1], value) : 0 };
        }
        return glance;
    }

    private int Number(GlanceSlot slot, ReadOnlySpan<byte> value) => slot.Kind switch
    {
        GlanceSlotKind.Feature => _features.Hash(slot.Step, value),
        GlanceSlotKind.Groups => (int)_nicknames.GroupSet(_name.AsSpan(0, Encoding.ASCII.GetChars(value, _name))),
        _ => MonthDay(value),
    };

    private static int MonthDay(ReadOnlySpan<byte> value) => StandardDates.IsWhole(value)
        ? value[5] | (value[6] << 8) | (value[8] << 16) | (value[9] << 24)
        : 0;
}

/// <summary>A number that is kept of each value.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Step">The transform of <see cref="GlanceSlotKind.Feature"/>.</param>
internal sealed record GlanceSlot(GlanceSlotKind Kind, TransformStep Step = default);

/// <summary>What a number that is kept of a value says.</summary>
internal enum GlanceSlotKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A hash of what a transform makes of the value, negative = nothing: equal ones may be a level.</summary>
    Feature,

    /// <summary>A set of the groups that the value stands in, by their low five bits.</summary>
    Groups,

    /// <summary>Month and day of a date as they are written; 0 = the value is no date.</summary>
    MonthDay,
}
