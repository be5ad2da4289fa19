using System.Runtime.CompilerServices;
using System.Text;
using IdentityResolution.Identity;
using IdentityResolution.Lookup;

namespace IdentityResolution;

/// <summary>A lookup store that lives as long as its object: for tests, and for services that keep the lookup table elsewhere.</summary>
/// <remarks>Safe for concurrent use. A commit copies the whole table: O(rows of the store + rows of the commit).</remarks>
public sealed class InMemoryLookupStore : ILookupStore
{
    private readonly Lock _lock = new();
    private volatile Version _current = new(ColumnarState.Empty, [], []);

    /// <inheritdoc />
    public string Description => "memory";

    /// <inheritdoc />
    public Task<LookupState> LoadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_current.State.ToLookupState());
    }

    /// <inheritdoc />
    public Task CommitAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentException.ThrowIfNullOrEmpty(commit.RunId, nameof(commit));
        lock (_lock)
        {
            Version current = _current;
            if (current.Runs.Contains(commit.RunId))
            {
                return Task.CompletedTask;
            }
            if (commit.ExpectedRunCount is { } expected && expected != current.Runs.Count)
            {
                throw new LookupConflictException(Description);
            }
            // The next version is whole before it becomes current, so a failure on the way changes nothing.
            IdentityState state = current.State.Apply(commit, Description, cancellationToken);
            EntityChange[] changes = [.. current.Changes, .. commit.Changes];
            var runs = new HashSet<string>(current.Runs, StringComparer.Ordinal) { commit.RunId };
            cancellationToken.ThrowIfCancellationRequested();
            _current = new Version(state, changes, runs);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IdentityState state = _current.State;
        int row = state.Keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id));
        return Task.FromResult(row < 0 ? (LookupRow?)null : state.Row(row));
    }

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EntityDirectory entities = _current.State.Entities;
        int entity = entities.Find(Encoding.UTF8.GetBytes(entityId));
        return Task.FromResult(entity < 0 ? null : entities.Text(entities.Current(entity)));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<EntityChange> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (EntityChange change in _current.Changes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return change;
        }
    }

    /// <summary>Does nothing: the store's contents go with the object.</summary>
    /// <returns>A finished task.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Version(IdentityState State, IReadOnlyList<EntityChange> Changes, HashSet<string> Runs);
}
