using System.Globalization;

namespace IdentityResolution.PostgreSql;

/// <summary>How writers of a store take turns.</summary>
/// <param name="Tables">The store's tables.</param>
/// <param name="Store">What the store is, for messages.</param>
/// <param name="LockKey">The key of the advisory lock.</param>
/// <param name="LockTimeout">How long a writer waits.</param>
/// <param name="Prepares">May statements be kept prepared on the connection?</param>
internal sealed record WriteTurnOptions(StoreTables Tables, string Store, long LockKey, TimeSpan LockTimeout, bool Prepares)
{
    /// <summary>What is said when another writer took too long.</summary>
    public IdentityResolutionException Busy(Exception? cause) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Store}: another run has been writing to the store for {LockTimeout.TotalSeconds:0.###} seconds; nothing was changed. Try again later."),
        cause);
}
