using System.Runtime.CompilerServices;
using System.Text;
using IdentityResolution.Identity;
using IdentityResolution.Lookup;

namespace IdentityResolution;

/// <summary>A lookup store of CSV files: the lookup table itself, with the ids, their history and the runs next to it.</summary>
/// <remarks>
/// For <c>customers.csv</c> the others are <c>customers.entities.csv</c>, <c>customers.history.csv</c> and <c>customers.runs.csv</c>.
/// A commit writes the files that change anew, O(rows of the store), and they take their places as one; docs/identity.md tells how.
/// Another process that uses the store meanwhile waits for its turn, at most half a minute. Safe for concurrent use.
/// </remarks>
public sealed class CsvLookupStore : ILookupStore
{
    private const int LockAttempts = 600;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CsvStorePaths _paths;
    private readonly StoreFiles _files;
    private readonly CsvStoreReader _reader;
    private readonly CsvStoreJournal _journal;
    private readonly int _lockAttempts;
    private CsvStoreContents? _contents;

    /// <summary>Opens the store. Its files need not exist; their folder must.</summary>
    /// <param name="path">The file of the lookup table, for example <c>customers.csv</c>; any name the file system takes.</param>
    /// <exception cref="ArgumentException">The path is empty, a root, or holds a zero character.</exception>
    public CsvLookupStore(string path)
        : this(path, new StoreFiles(), LockAttempts)
    {
    }

    internal CsvLookupStore(string path, StoreFiles files, int lockAttempts)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Description = $"csv:{path}";
        _paths = new CsvStorePaths(path);
        _files = files;
        _lockAttempts = lockAttempts;
        _reader = new CsvStoreReader(Description, _paths);
        _journal = new CsvStoreJournal(Description, _paths, files);
    }

    /// <inheritdoc />
    public string Description { get; }

    /// <inheritdoc />
    public Task<LookupState> LoadAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(LookupState.Empty, contents => contents.State.ToLookupState(), cancellationToken);

    /// <inheritdoc />
    public async Task CommitAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentException.ThrowIfNullOrEmpty(commit.RunId, nameof(commit));
        await InTurnAsync(
            () =>
            {
                Commit(commit, cancellationToken);
                return true;
            },
            isWriting: true,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) => ReadAsync(
        null,
        contents =>
        {
            int row = contents.State.Keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id));
            return row < 0 ? (LookupRow?)null : contents.State.Row(row);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, CancellationToken cancellationToken = default) => ReadAsync(
        null,
        contents =>
        {
            EntityDirectory entities = contents.State.Entities;
            int entity = entities.Find(Encoding.UTF8.GetBytes(entityId));
            return entity < 0 || entities.IsRetired(entities.Current(entity)) ? null : entities.Text(entities.Current(entity));
        },
        cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<EntityChange> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // The file is opened in turn; a commit meanwhile replaces it and leaves this one as it was.
        IEnumerator<EntityChange>? changes = null;
        bool any = await ReadAsync(
            false,
            _ =>
            {
                changes = _reader.Changes().GetEnumerator();
                return changes.MoveNext();
            },
            cancellationToken).ConfigureAwait(false);
        using (changes)
        {
            for (; any; any = changes!.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return changes!.Current;
            }
        }
    }

    /// <summary>Forgets what was read; the files are not held open between calls.</summary>
    /// <returns>A finished task.</returns>
    public ValueTask DisposeAsync()
    {
        _contents = null;
        _gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Commit(LookupCommit commit, CancellationToken cancellationToken)
    {
        _journal.Recover();
        CsvStoreContents? contents = Contents(cancellationToken);
        if (contents?.Runs.Contains(commit.RunId) == true)
        {
            return;
        }
        if (commit.ExpectedRunCount is { } expected && expected != (contents?.Runs.Count ?? 0))
        {
            throw new LookupConflictException(Description);
        }
        IdentityState state = (contents?.State ?? ColumnarState.Empty).Apply(commit, Description, cancellationToken);
        try
        {
            IReadOnlyList<string> changed = new CsvStoreWriter(_paths, _files).Write(state, commit, contents is null, cancellationToken);
            _journal.Commit(changed);
        }
        catch
        {
            Undo();
            throw;
        }
        HashSet<string> runs = new(contents?.Runs ?? [], StringComparer.Ordinal) { commit.RunId };
        _contents = new CsvStoreContents(state, runs, new FileInfo(_paths.Runs).Length);
    }

    // New files that are in no journal go away now if they can, else when the store is used next.
    private void Undo()
    {
        if (File.Exists(_paths.Journal))
        {
            return;
        }
        try
        {
            _journal.Discard();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private Task<T> ReadAsync<T>(T nothing, Func<CsvStoreContents, T> read, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            if (!_journal.IsClean)
            {
                _journal.Recover();
            }
            return Contents(cancellationToken) is { } contents ? read(contents) : nothing;
        },
        isWriting: false,
        cancellationToken);

    // What was read last, unless another process wrote since.
    private CsvStoreContents? Contents(CancellationToken cancellationToken)
    {
        if (!_reader.Exists())
        {
            return null;
        }
        if (_contents is null || _contents.RunsLength != new FileInfo(_paths.Runs).Length)
        {
            _contents = _reader.Load(cancellationToken);
        }
        return _contents;
    }

    private async Task<T> InTurnAsync<T>(Func<T> work, bool isWriting, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using FileStream? turn = await LockAsync(isWriting, cancellationToken).ConfigureAwait(false);
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    // The file of the lock stays where it is: were it removed, two processes could each lock one of their own.
    private async Task<FileStream?> LockAsync(bool isWriting, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isThere = File.Exists(_paths.Lock);
            if (!isThere && !isWriting)
            {
                // The first commit makes the lock before anything else: without it there is nothing to read, or a folder that only can be read.
                return null;
            }
            try
            {
                return new FileStream(_paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (UnauthorizedAccessException) when (!isWriting)
            {
                return null;
            }
            catch (IOException) when (isThere && attempt < _lockAttempts)
            {
                await Task.Delay(LockPause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
