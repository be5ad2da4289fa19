using System.Diagnostics.CodeAnalysis;
using IdentityResolution.Records;

namespace IdentityResolution.Identity;

/// <summary>What a store knows before a run, in columns: the lookup rows and every id ever given. Immutable.</summary>
internal sealed class IdentityState
{
    private readonly int[] _entityOf;
    private readonly int[] _nameOf;
    private readonly int[] _probabilities;

    internal IdentityState(
        RecordKeyIndex keys, EntityDirectory entities, IReadOnlyList<string> names, int[] entityOf, int[] nameOf, int[] probabilities)
    {
        Keys = keys;
        Entities = entities;
        Names = names;
        _entityOf = entityOf;
        _nameOf = nameOf;
        _probabilities = probabilities;
    }

    [SetsRequiredMembers]
    internal IdentityState(IdentityState other, Func<ulong, bool> isGivenElsewhere)
        : this(other.Keys, other.Entities, other.Names, other._entityOf, other._nameOf, other._probabilities)
    {
        RunCount = other.RunCount;
        IsGivenElsewhere = isGivenElsewhere;
    }

    /// <summary>The keys of the lookup rows.</summary>
    public RecordKeyIndex Keys { get; }

    /// <summary>Every id ever given.</summary>
    public EntityDirectory Entities { get; }

    /// <summary>The distinct values of <c>matched_by</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many runs the store holds.</summary>
    public required long RunCount { get; init; }

    /// <summary>Does the store have an id of this number beside those that the state holds? Null = the state holds every id ever given.</summary>
    public Func<ulong, bool>? IsGivenElsewhere { get; init; }

    /// <summary>How many lookup rows there are.</summary>
    public int RowCount => Keys.Count;

    /// <summary>The id that stands in a row, as the store has it: retired or current.</summary>
    public int EntityOf(int row) => _entityOf[row];

    /// <summary>Number of the row's <c>matched_by</c> in <see cref="Names"/>.</summary>
    public int NameOf(int row) => _nameOf[row];

    /// <summary>The row's match probability in millionths, or -1.</summary>
    public int ProbabilityOf(int row) => _probabilities[row];
}
