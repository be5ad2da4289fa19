namespace IdentityResolution;

/// <summary>Where the lookup table, the customers and their history live between runs.</summary>
/// <remarks>
/// A store is used by one run at a time. <see cref="CommitAsync"/> is all or nothing: after a crash at any point the store holds
/// the state before or after it. Driver errors pass through as they are; a store that is not ours throws <see cref="LookupFormatException"/>.
/// </remarks>
public interface ILookupStore : IAsyncDisposable
{
    /// <summary>What the store is, for messages: for example <c>sqlite:customers.db</c>. Holds no secrets.</summary>
    string Description { get; }

    /// <summary>Reads the current state. An empty or absent store gives <see cref="LookupState.Empty"/>.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state.</returns>
    Task<LookupState> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes a run's changes as one transaction. A run id that is already there changes nothing.</summary>
    /// <param name="commit">What the run changed.</param>
    /// <param name="cancellationToken">Stops the writing; the store is then as it was.</param>
    /// <returns>A task that ends when the changes are durable.</returns>
    /// <exception cref="ArgumentException">The run id is empty.</exception>
    /// <exception cref="LookupConflictException">The store does not hold <see cref="LookupCommit.ExpectedRunCount"/> runs: another one wrote.</exception>
    Task CommitAsync(LookupCommit commit, CancellationToken cancellationToken = default);

    /// <summary>The lookup row of one record, or null when the store does not know it.</summary>
    /// <param name="key">The record.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The row, or null.</returns>
    Task<LookupRow?> FindAsync(RecordKey key, CancellationToken cancellationToken = default);

    /// <summary>Follows redirects from a customer id, retired or not, to the current one; null when the id was never given, or was retired without a successor.</summary>
    /// <param name="entityId">The id.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The current id, or null.</returns>
    Task<string?> ResolveEntityAsync(string entityId, CancellationToken cancellationToken = default);

    /// <summary>The history in order of writing.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The changes, oldest first.</returns>
    IAsyncEnumerable<EntityChange> ReadChangesAsync(CancellationToken cancellationToken = default);
}
