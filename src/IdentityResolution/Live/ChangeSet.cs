using IdentityResolution.Records;

namespace IdentityResolution.Live;

/// <summary>What a batch of operations comes to, record by record: the last operation on a record counts.</summary>
internal sealed class ChangeSet
{
    private ChangeSet(IReadOnlyList<RecordChange> records, IReadOnlyList<RecordKey> gone, IReadOnlyList<Judgement> judgements, int unchanged)
    {
        Records = records;
        RowsOnly = gone;
        Judgements = judgements;
        Unchanged = unchanged;
    }

    /// <summary>Records that come, change or go.</summary>
    public IReadOnlyList<RecordChange> Records { get; }

    /// <summary>Records that are deleted of which the store has a row and nothing else.</summary>
    public IReadOnlyList<RecordKey> RowsOnly { get; }

    /// <summary>New judgements, each later than those before it.</summary>
    public IReadOnlyList<Judgement> Judgements { get; }

    /// <summary>Operations that change nothing.</summary>
    public int Unchanged { get; }

    /// <summary>Sums operations up. Changes nothing but the dictionaries of values.</summary>
    /// <exception cref="InvalidRecordException">A record or a key can't be stored.</exception>
    /// <exception cref="ArgumentException">A judgement names one record twice.</exception>
    public static ChangeSet Of(IEnumerable<LiveOperation> operations, LiveState state, DateTimeOffset now)
    {
        var last = new Dictionary<RecordKey, SourceRecord?>();
        var judgements = new List<Judgement>();
        DateTimeOffset time = state.Judgements.LastTime;
        int repeated = 0;
        foreach (LiveOperation operation in operations)
        {
            switch (operation)
            {
                case UpsertOperation upsert:
                    RecordColumns.Check(upsert.Record);
                    repeated += last.ContainsKey(upsert.Record.Key) ? 1 : 0;
                    last[upsert.Record.Key] = upsert.Record;
                    break;
                case DeleteOperation delete:
                    RecordColumns.Check(delete.Key);
                    repeated += last.ContainsKey(delete.Key) ? 1 : 0;
                    last[delete.Key] = null;
                    break;
                case DeleteAllOperation all:
                    foreach (RecordKey key in state.KeysOfSource(all.Source).Concat(last.Keys.Where(key => key.Source == all.Source)).ToArray())
                    {
                        last[key] = null;
                    }
                    break;
                case JudgeOperation judge:
                    Judgement judgement = Timed(judge.Judgement, now, time);
                    time = judgement.JudgedAt > time ? judgement.JudgedAt.Value : time;
                    judgements.Add(judgement);
                    break;
                default:
                    throw new ArgumentException("An operation is null.", nameof(operations));
            }
        }
        return Of(last, judgements, repeated, state);
    }

    private static ChangeSet Of(Dictionary<RecordKey, SourceRecord?> last, List<Judgement> judgements, int unchanged, LiveState state)
    {
        var records = new List<RecordChange>();
        var gone = new List<RecordKey>();
        foreach ((RecordKey key, SourceRecord? record) in last)
        {
            int place = state.Find(key);
            bool isPresent = place >= 0 && state.IsPresent(place);
            if (record is null)
            {
                if (isPresent)
                {
                    records.Add(new RecordChange(place, null, 0, true));
                }
                else if (place >= 0 && state.Entities.HasRow(place))
                {
                    gone.Add(key);
                }
                else
                {
                    unchanged++;
                }
                continue;
            }
            ulong hash = RecordColumns.Hash(record.Values);
            if (isPresent && state.HashOf(place) == hash)
            {
                unchanged++;
                continue;
            }
            place = place >= 0 ? place : state.FindOrAdd(key);
            records.Add(new RecordChange(place, record, hash, isPresent));
        }
        return new ChangeSet(records, gone, judgements, unchanged);
    }

    // What is said later holds, also where the clock stands still.
    private static Judgement Timed(Judgement judgement, DateTimeOffset now, DateTimeOffset last)
    {
        RecordColumns.Check(judgement.Left);
        RecordColumns.Check(judgement.Right);
        if (judgement.Left == judgement.Right)
        {
            throw new ArgumentException("A judgement names one record twice.", nameof(judgement));
        }
        return judgement.JudgedAt is null ? judgement with { JudgedAt = now > last ? now : last.AddTicks(1) } : judgement;
    }
}

/// <summary>One record that comes, changes or goes.</summary>
/// <param name="Place">Its place in the index.</param>
/// <param name="Record">What it says now; null = it is gone.</param>
/// <param name="Hash">The hash of what it says.</param>
/// <param name="WasPresent">Was it there before?</param>
internal sealed record RecordChange(int Place, SourceRecord? Record, ulong Hash, bool WasPresent)
{
    /// <summary>Its codes before; empty when it was not there.</summary>
    public int[] Before { get; set; } = [];

    /// <summary>Its codes now; empty when it is gone.</summary>
    public int[] Now { get; set; } = [];

    /// <summary>Does it look different to the model?</summary>
    public bool IsRelinked { get; set; }
}
