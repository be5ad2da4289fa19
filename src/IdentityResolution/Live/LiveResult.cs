namespace IdentityResolution;

/// <summary>What a call changed; it is in the store when the call returns.</summary>
/// <param name="RunId">The run that the call made in the store; null when nothing was to be written.</param>
/// <param name="Changes">The changes to customers, in the order of the history; empty when no customer changed.</param>
public sealed record LiveResult(string? RunId, IReadOnlyList<EntityChange> Changes)
{
    /// <summary>Records whose values are new or different.</summary>
    /// <value>A count of at least 0.</value>
    public int ChangedRecords { get; init; }

    /// <summary>Records that said what they had said before, and deletions of records that were not there.</summary>
    /// <value>A count of at least 0.</value>
    public int UnchangedRecords { get; init; }

    /// <summary>Records that were deleted.</summary>
    /// <value>A count of at least 0.</value>
    public int DeletedRecords { get; init; }
}
