namespace IdentityResolution;

/// <summary>What an erasure did. Holds no value of the erased records, nor their ids.</summary>
/// <param name="RunId">The run of the erasure.</param>
/// <param name="At">When it was made, as told by its clock.</param>
/// <param name="EntityIds">The customer ids that the erased records had.</param>
/// <param name="RemovedRows">How many rows were removed, by table.</param>
/// <param name="Notes">What the store can't reach, in plain words: backups, replicas, a write-ahead log that is archived. Empty when nothing.</param>
public sealed record ErasureReceipt(
    string RunId, DateTimeOffset At, IReadOnlyList<string> EntityIds, IReadOnlyDictionary<string, long> RemovedRows, IReadOnlyList<string> Notes);
