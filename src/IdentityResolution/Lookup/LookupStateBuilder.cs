using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>Collects what a store holds into a <see cref="LookupState"/> that takes little memory; for writers of stores.</summary>
/// <remarks>Rows and ids may come in any order and mixed. Not thread-safe.</remarks>
public sealed class LookupStateBuilder
{
    private readonly IdentityStateBuilder _builder = new();
    private readonly string _store;

    /// <summary>Starts an empty state.</summary>
    /// <param name="store">The store's description, for the exceptions.</param>
    public LookupStateBuilder(string store) => _store = store;

    /// <summary>Adds one customer id that was ever given.</summary>
    /// <param name="entityId">The id.</param>
    /// <param name="createdSequence">When it was given, as a count; at least 1.</param>
    /// <param name="successorId">The id it was retired into; null or empty while it is current.</param>
    /// <exception cref="LookupFormatException">The id was added before, is empty, or its count is below 1.</exception>
    public void AddEntity(string entityId, long createdSequence, string? successorId) =>
        AddEntity(new EntityState(entityId, createdSequence, string.IsNullOrEmpty(successorId) ? null : successorId));

    /// <summary>Adds one customer id that was ever given.</summary>
    /// <param name="entity">The id, its age and what became of it.</param>
    /// <exception cref="LookupFormatException">The id was added before, is empty, is retired twice over, or its count is below 1.</exception>
    public void AddEntity(EntityState entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        CheckEntity(entity.EntityId?.Length ?? 0, entity.CreatedSequence, entity.IsRetired && entity.SuccessorId is not null);
        Declare(_builder.Entity(entity.EntityId!), entity.CreatedSequence, entity.SuccessorId is null ? -1 : _builder.Entity(entity.SuccessorId), entity.IsRetired);
    }

    /// <summary>Adds one customer id that was ever given from text in UTF-8, without making strings of it.</summary>
    /// <param name="entityId">The id, UTF-8.</param>
    /// <param name="createdSequence">When it was given, as a count; at least 1.</param>
    /// <param name="successorId">The id it was retired into, UTF-8; empty while it is current, or when it was retired without a successor.</param>
    /// <param name="isRetired">Was it retired without a successor? Default false.</param>
    /// <exception cref="LookupFormatException">The id was added before, is empty, is retired twice over, or its count is below 1.</exception>
    public void AddEntity(ReadOnlySpan<byte> entityId, long createdSequence, ReadOnlySpan<byte> successorId, bool isRetired = false)
    {
        CheckEntity(entityId.Length, createdSequence, isRetired && !successorId.IsEmpty);
        Declare(_builder.Entity(entityId), createdSequence, successorId.IsEmpty ? -1 : _builder.Entity(successorId), isRetired);
    }

    /// <summary>Adds one row of the lookup table.</summary>
    /// <param name="row">The row; its probability is rounded to six decimals.</param>
    /// <exception cref="LookupFormatException">The record has a row already, or a part of the row is empty or out of range.</exception>
    public void AddRow(in LookupRow row)
    {
        CheckRow(row.Key.Source, row.Key.Id.Length, row.EntityId.Length, row.MatchProbability);
        CheckAdded(_builder.Set(in row));
    }

    /// <summary>Adds one row of the lookup table from text in UTF-8, without making strings of it.</summary>
    /// <param name="source">The record's source; quickest when rows of one source come together and share one string object.</param>
    /// <param name="recordId">The record's id, UTF-8.</param>
    /// <param name="entityId">The customer id, UTF-8.</param>
    /// <param name="matchedBy">The name of the match rule; empty when the record is alone.</param>
    /// <param name="matchProbability">A probability in [0, 1], rounded to six decimals; null when the record is alone.</param>
    /// <exception cref="LookupFormatException">The record has a row already, or a part of the row is empty or out of range.</exception>
    public void AddRow(
        string source, ReadOnlySpan<byte> recordId, ReadOnlySpan<byte> entityId, string matchedBy, double? matchProbability)
    {
        CheckRow(source, recordId.Length, entityId.Length, matchProbability);
        AddRow(source, recordId, entityId, matchedBy, Millionths.From(matchProbability));
    }

    /// <summary>The finished state; the builder must not be used afterwards.</summary>
    /// <param name="runCount">How many runs the store holds; at least 0.</param>
    /// <returns>The state.</returns>
    /// <exception cref="LookupFormatException">A row or a successor names an id that was not added, or successors run in a circle.</exception>
    public LookupState Build(long runCount) => BuildColumns(runCount).ToLookupState();

    internal IdentityState BuildColumns(long runCount)
    {
        IdentityState state = _builder.Build(runCount, out string? fault);
        return fault is null ? state : throw new LookupFormatException(_store, fault);
    }

    internal void AddRow(string source, ReadOnlySpan<byte> recordId, ReadOnlySpan<byte> entityId, string matchedBy, int millionths) =>
        CheckAdded(_builder.Set(_builder.Source(source), recordId, entityId, _builder.Name(matchedBy), millionths));

    private void Declare(int entity, long sequence, int successor, bool isRetired)
    {
        if (_builder.IsDeclared(entity))
        {
            throw new LookupFormatException(_store, "a customer id stands twice among the customers.");
        }
        _builder.Declare(entity, sequence, successor, isRetired);
    }

    private void CheckEntity(int idLength, long sequence, bool isRetiredTwice)
    {
        if (isRetiredTwice)
        {
            throw new LookupFormatException(_store, "a customer id is retired for good and has a successor.");
        }
        if (idLength == 0 || sequence < 1)
        {
            throw new LookupFormatException(_store, "a customer id is empty, or its created_sequence is below 1.");
        }
    }

    private void CheckRow(string source, int recordIdLength, int entityIdLength, double? probability)
    {
        if (string.IsNullOrEmpty(source) || recordIdLength == 0 || entityIdLength == 0 || probability is not (null or (>= 0 and <= 1)))
        {
            throw new LookupFormatException(_store, "a lookup row lacks its source, record id or customer id, or its probability is not in [0, 1].");
        }
    }

    private void CheckAdded(bool added)
    {
        if (!added)
        {
            throw new LookupFormatException(_store, "a record has two lookup rows.");
        }
    }
}
