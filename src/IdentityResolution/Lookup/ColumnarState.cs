using System.Text;
using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>Converts between the public form of a store's state and its columns.</summary>
internal static class ColumnarState
{
    /// <summary>A store before its first run.</summary>
    public static IdentityState Empty { get; } = new IdentityStateBuilder().Build(0, out _);

    /// <summary>The state as rows and ids that are made when they are read.</summary>
    public static LookupState ToLookupState(this IdentityState state) =>
        new(
            new StateList<LookupRow>(state, state.RowCount, state.Row),
            new StateList<EntityState>(state, state.Entities.Count, state.Entity))
        { RunCount = state.RunCount };

    /// <summary>The state in columns; free when it came from <see cref="ToLookupState"/>.</summary>
    /// <exception cref="LookupFormatException">The state contradicts itself.</exception>
    public static IdentityState ToColumns(this LookupState state, string store)
    {
        if (state.Rows is StateList<LookupRow> rows && state.Entities is StateList<EntityState> entities
            && ReferenceEquals(rows.State, entities.State) && rows.State.RunCount == state.RunCount)
        {
            return rows.State;
        }
        var builder = new LookupStateBuilder(store);
        foreach (EntityState entity in state.Entities)
        {
            builder.AddEntity(entity);
        }
        foreach (LookupRow row in state.Rows)
        {
            builder.AddRow(in row);
        }
        return builder.BuildColumns(state.RunCount);
    }

    /// <summary>The state after a commit; the state itself stays as it is.</summary>
    /// <exception cref="LookupFormatException">The commit names ids that neither it nor the state has.</exception>
    public static IdentityState Apply(this IdentityState state, LookupCommit commit, string store, CancellationToken cancellationToken)
    {
        var builder = new IdentityStateBuilder();
        builder.CopyFrom(state, [.. commit.RemovedRows.Select(key => state.Keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id)))]);
        foreach (EntityState entity in commit.Entities)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.IsNullOrEmpty(entity.EntityId) || entity.CreatedSequence < 1)
            {
                throw new LookupFormatException(store, "a customer id of the commit is empty, or its created_sequence is below 1.");
            }
            int successor = entity.SuccessorId is null ? -1 : builder.Entity(entity.SuccessorId);
            builder.Declare(builder.Entity(entity.EntityId), entity.CreatedSequence, successor, entity.IsRetired);
        }
        foreach (LookupRow row in commit.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.IsNullOrEmpty(row.Key.Source) || string.IsNullOrEmpty(row.Key.Id) || row.MatchProbability is not (null or (>= 0 and <= 1)))
            {
                throw new LookupFormatException(store, "a row of the commit lacks its source or record id, or its probability is not in [0, 1].");
            }
            builder.Set(in row);
        }
        IdentityState after = builder.Build(state.RunCount + 1, out string? fault);
        return fault is null ? after : throw new LookupFormatException(store, fault);
    }

    /// <summary>Adds a row, or replaces the row of the same key. False when it replaced one.</summary>
    public static bool Set(this IdentityStateBuilder builder, in LookupRow row) => builder.Set(
        builder.Source(row.Key.Source),
        row.Key.Id,
        builder.Entity(row.EntityId),
        builder.Name(row.MatchedBy),
        Millionths.From(row.MatchProbability));

    /// <summary>One row in its public form.</summary>
    public static LookupRow Row(this IdentityState state, int row) => new(
        state.Keys.Key(row),
        state.Entities.Text(state.EntityOf(row)),
        state.Names[state.NameOf(row)],
        Millionths.ToProbability(state.ProbabilityOf(row)));

    /// <summary>One id in its public form.</summary>
    public static EntityState Entity(this IdentityState state, int entity)
    {
        int successor = state.Entities.Successor(entity);
        return new EntityState(
            state.Entities.Text(entity), state.Entities.Sequence(entity), successor < 0 ? null : state.Entities.Text(successor))
        { IsRetired = state.Entities.IsRetired(entity) };
    }

    // A view of a state that leads back to it.
    private sealed class StateList<T>(IdentityState state, int count, Func<int, T> element) : LazyList<T>(count, element)
    {
        public IdentityState State { get; } = state;
    }
}
