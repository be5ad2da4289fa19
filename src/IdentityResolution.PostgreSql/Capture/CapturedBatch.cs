namespace IdentityResolution.PostgreSql;

/// <summary>What a capture has just written to the store.</summary>
/// <param name="Position">How far the slot has been read, as the store has it now; null while a first snapshot is read.</param>
/// <param name="Result">The changes to customers, durable.</param>
public sealed record CapturedBatch(StreamPosition? Position, LiveResult Result)
{
    /// <summary>How many transactions of the source ended in this batch.</summary>
    /// <value>A count of at least 0; 0 within a snapshot and within a transaction that is written in pieces.</value>
    public int Transactions { get; init; }

    /// <summary>Rows that can't be records: without an id, or with a value of over 1 MiB. Their records, if there were any, are deleted.</summary>
    /// <value>Empty when there are none. The line number is the row's in the snapshot, or the change's in its transaction.</value>
    public IReadOnlyList<QuarantinedRow> Quarantined { get; init; } = [];
}
