namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Changes that wait to be written: those of whole transactions, and those of the one that is being read. Of several changes of one record the last one counts.</summary>
/// <remarks>
/// A truncated table's records go when the transaction ends: those that came back by then stay, so a table that is emptied and filled again
/// changes no customer.
/// </remarks>
internal sealed class PendingBatch(int maxChanges)
{
    private const long MaxCharacters = 16 << 20;
    private readonly HashSet<RecordKey> _truncated = [];
    private long _characters;

    /// <summary>The net changes of whole transactions.</summary>
    public Dictionary<RecordKey, SourceRecord?> Whole { get; private set; } = [];

    /// <summary>The net changes of the transaction that is being read, since its last piece was written.</summary>
    public Dictionary<RecordKey, SourceRecord?> Open { get; private set; } = [];

    /// <summary>How many transactions are in <see cref="Whole"/>.</summary>
    public int Transactions { get; private set; }

    /// <summary>Records that truncated tables had and that have not come back; they go when the transaction ends.</summary>
    public IReadOnlyCollection<RecordKey> Truncated => _truncated;

    /// <summary>Is it time to write?</summary>
    public bool IsFull => Whole.Count + Open.Count >= maxChanges || _characters >= MaxCharacters;

    public void Upsert(SourceRecord record)
    {
        Open[record.Key] = record;
        _truncated.Remove(record.Key);
        foreach (string? value in record.Values.Values)
        {
            _characters += value?.Length ?? 0;
        }
    }

    public void Delete(RecordKey key) => Open[key] = null;

    /// <summary>States that a record stands behind a truncate of its table; for changes that are written already.</summary>
    public void Keep(RecordKey key) => _truncated.Remove(key);

    /// <summary>States that a table was truncated.</summary>
    /// <param name="source">The table's source.</param>
    /// <param name="stored">Its records in the store.</param>
    public void Truncate(string source, IEnumerable<RecordKey> stored)
    {
        _truncated.UnionWith(stored);
        _truncated.UnionWith(Whole.Concat(Open).Where(change => change.Key.Source == source).Select(change => change.Key));
    }

    /// <summary>Looks a record up; false = nothing waits of it.</summary>
    public bool TryFind(RecordKey key, out SourceRecord? record) => Open.TryGetValue(key, out record) || Whole.TryGetValue(key, out record);

    /// <summary>Deletes one record of a truncated table.</summary>
    public void DeleteTruncated(RecordKey key)
    {
        _truncated.Remove(key);
        Delete(key);
    }

    /// <summary>Forgets what was written of whole transactions.</summary>
    public void ClearWhole()
    {
        Whole = [];
        Transactions = 0;
        CountAgain();
    }

    /// <summary>Forgets what was written of the transaction that is being read.</summary>
    public void ClearOpen()
    {
        Open = [];
        CountAgain();
    }

    /// <summary>The transaction that was read is whole.</summary>
    public void End()
    {
        if (Whole.Count == 0)
        {
            (Whole, Open) = (Open, Whole);
        }
        else
        {
            foreach ((RecordKey key, SourceRecord? record) in Open)
            {
                Whole[key] = record;
            }
            Open = [];
        }
        _truncated.Clear();
        Transactions++;
    }

    private void CountAgain() => _characters = Whole.Count + Open.Count == 0
        ? 0
        : Whole.Values.Concat(Open.Values).OfType<SourceRecord>().Sum(record => record.Values.Values.Sum(value => (long)(value?.Length ?? 0)));
}
