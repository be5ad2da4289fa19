using System.Text;
using IdentityResolution.Lookup;

namespace IdentityResolution;

/// <summary>A lookup store that also keeps records, links, judgements, the model and positions of streams, and that can look back.</summary>
/// <remarks>
/// A live index opens on it and writes to it. What <see cref="ILookupStore"/> promises holds here as well: each commit, erasure and roll back is
/// one transaction, and a replay of a run id changes nothing.
/// </remarks>
public interface ILiveStore : ILookupStore
{
    /// <summary>The records that the store keeps, in order of their keys (UTF-8 bytes).</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The records with their raw values.</returns>
    IAsyncEnumerable<SourceRecord> ReadRecordsAsync(CancellationToken cancellationToken = default);

    /// <summary>Shows the records to a visitor, one after the other in order of their keys: quicker than <see cref="ReadRecordsAsync"/> for very many.</summary>
    /// <param name="visit">Takes a record; must not use the store. What it throws ends the reading.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task that ends when all were shown.</returns>
    async Task VisitRecordsAsync(StoredRecordVisitor visit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visit);
        using var content = new RecordContent();
        await foreach (SourceRecord record in ReadRecordsAsync(cancellationToken).ConfigureAwait(false))
        {
            content.Write(record.Values);
            visit(record.Key.Source, Encoding.UTF8.GetBytes(record.Key.Id), content.Json);
        }
    }

    /// <summary>One record, or null when the store does not keep it.</summary>
    /// <param name="key">The record.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The record with its raw values, or null.</returns>
    Task<SourceRecord?> FindRecordAsync(RecordKey key, CancellationToken cancellationToken = default);

    /// <summary>The links that hold.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The links, in order of their keys (UTF-8 bytes).</returns>
    IAsyncEnumerable<Link> ReadLinksAsync(CancellationToken cancellationToken = default);

    /// <summary>Shows the links to a visitor, one after the other in order of their keys: quicker than <see cref="ReadLinksAsync"/> for very many.</summary>
    /// <param name="visit">Takes a link; must not use the store. What it throws ends the reading.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task that ends when all were shown.</returns>
    async Task VisitLinksAsync(StoredLinkVisitor visit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visit);
        await foreach (Link link in ReadLinksAsync(cancellationToken).ConfigureAwait(false))
        {
            visit(
                link.Left.Source, Encoding.UTF8.GetBytes(link.Left.Id), link.Right.Source, Encoding.UTF8.GetBytes(link.Right.Id), link.MatchedBy, link.MatchWeight);
        }
    }

    /// <summary>Every judgement ever stored, in order of writing; which of them hold is a matter of their times.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The judgements.</returns>
    IAsyncEnumerable<Judgement> ReadJudgementsAsync(CancellationToken cancellationToken = default);

    /// <summary>The standard values and keys of the records, as the store keeps them.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The terms in order of records (UTF-8 bytes of their keys); none when the store keeps none, see <see cref="RecordTermOptions"/>.</returns>
    IAsyncEnumerable<RecordTerm> ReadTermsAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<RecordTerm>();

    /// <summary>Will the next write make or clear the terms of all records, because the store was opened with other <see cref="RecordTermOptions"/> than before?</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>True when it will; a batch with nothing new is then written nevertheless.</returns>
    Task<bool> OwesTermsAsync(CancellationToken cancellationToken = default) => Task.FromResult(false);

    /// <summary>How many runs the store holds: <see cref="LookupState.RunCount"/> without the rest of the state.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The count.</returns>
    async Task<long> CountRunsAsync(CancellationToken cancellationToken = default) => (await LoadAsync(cancellationToken).ConfigureAwait(false)).RunCount;

    /// <summary>The runs, oldest first.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The runs.</returns>
    IAsyncEnumerable<StoredRun> ReadRunsAsync(CancellationToken cancellationToken = default);

    /// <summary>The history behind a cursor, in order of writing: the change feed.</summary>
    /// <param name="after">The last cursor that was handled; 0 = from the start.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The changes; empty when nothing is new.</returns>
    IAsyncEnumerable<NumberedChange> ReadChangesAsync(long after, CancellationToken cancellationToken = default);

    /// <summary>The model of the last commit that brought one, as JSON; null when none did.</summary>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The model, or null.</returns>
    Task<string?> FindModelAsync(CancellationToken cancellationToken = default);

    /// <summary>How far a stream has been read; null when the store has not heard of it.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The position, or null.</returns>
    Task<string?> FindPositionAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>The lookup row that a record had at a moment, after all runs up to and including it.</summary>
    /// <remarks>A run never counts as earlier than the run before it: where a clock was put back, the moment before holds on.</remarks>
    /// <param name="key">The record.</param>
    /// <param name="asOf">The moment, on the clock of the runs.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The row, or null when the record was not there.</returns>
    Task<LookupRow?> FindAsync(RecordKey key, DateTimeOffset asOf, CancellationToken cancellationToken = default);

    /// <summary>Follows redirects from a customer id as they stood at a moment.</summary>
    /// <param name="entityId">The id.</param>
    /// <param name="asOf">The moment, on the clock of the runs.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The id that was current then, or null when the id was not given yet, or was retired without a successor.</returns>
    Task<string?> ResolveEntityAsync(string entityId, DateTimeOffset asOf, CancellationToken cancellationToken = default);

    /// <summary>The receipts of all erasures, oldest first.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The receipts.</returns>
    IAsyncEnumerable<ErasureReceipt> ReadErasuresAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes a commit that removes records, and removes every trace of them: values, links, judgements, past rows, rows of the history that name them.</summary>
    /// <param name="commit">What the removal changes; its <see cref="LookupCommit.RemovedRows"/> are the records to erase.</param>
    /// <param name="cancellationToken">Stops the erasure; the store is then as it was.</param>
    /// <returns>The receipt, which the store keeps as well; that of the run when the store has the run already.</returns>
    /// <remarks>Changes of the commit that name an erased record are left out. What the last run replaced, kept to roll it back, is forgotten.</remarks>
    /// <exception cref="LookupConflictException">Another run wrote since.</exception>
    Task<ErasureReceipt> EraseAsync(LookupCommit commit, CancellationToken cancellationToken = default);

    /// <summary>Takes the last run back as a whole: rows, records, links, judgements, model and position are what they were before, and the history tells of it.</summary>
    /// <remarks>
    /// An id that the run created stays retired: into the id to which most of its records went back, or without a successor. Only the last run that
    /// changed anything can be taken back, and a roll back can't: make the run again. A replay of the roll back's run id gives its changes once more.
    /// </remarks>
    /// <param name="runId">The run to take back: the last one that changed anything.</param>
    /// <param name="rollbackRunId">The id of the run that the roll back itself is.</param>
    /// <param name="at">Its moment, as told by its clock.</param>
    /// <param name="cancellationToken">Stops the roll back; the store is then as it was.</param>
    /// <returns>The changes, as written to the history.</returns>
    /// <exception cref="InvalidOperationException">The run is not the last, is an erasure or a roll back, or is not there.</exception>
    Task<IReadOnlyList<EntityChange>> RollBackAsync(string runId, string rollbackRunId, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>What <see cref="RollBackAsync"/> would do; nothing is written.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="at">The moment that the changes are to name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The changes, with the id of the run to take back for their run.</returns>
    /// <exception cref="InvalidOperationException">The run is not the last that changed anything, is an erasure or a roll back, or is not there.</exception>
    Task<IReadOnlyList<EntityChange>> PreviewRollBackAsync(string runId, DateTimeOffset at, CancellationToken cancellationToken = default);
}
