using System.Runtime.InteropServices;
using System.Text;
using IdentityResolution.Clustering;
using IdentityResolution.Records;

namespace IdentityResolution.Live;

/// <summary>All judgements, and which records they tie together: what a judgement means depends only on those that reach its records through others.</summary>
internal sealed class LiveJudgements
{
    private readonly List<Judgement> _all = [];
    private readonly Dictionary<RecordKey, List<Judgement>> _byRecord = [];

    /// <summary>How many there are.</summary>
    public int Count => _all.Count;

    /// <summary>When the last one was made; each new one is later, so that it counts.</summary>
    public DateTimeOffset LastTime { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Adds a judgement.</summary>
    public void Add(Judgement judgement)
    {
        _all.Add(judgement);
        foreach (RecordKey key in new[] { judgement.Left, judgement.Right })
        {
            ref List<Judgement>? own = ref CollectionsMarshal.GetValueRefOrAddDefault(_byRecord, key, out _);
            (own ??= []).Add(judgement);
        }
        LastTime = judgement.JudgedAt is { } at && at > LastTime ? at : LastTime;
    }

    /// <summary>Forgets every judgement that names one of these records.</summary>
    public void Forget(IReadOnlySet<RecordKey> keys)
    {
        if (!keys.Any(_byRecord.ContainsKey))
        {
            return;
        }
        Judgement[] kept = [.. _all.Where(judgement => !keys.Contains(judgement.Left) && !keys.Contains(judgement.Right))];
        _all.Clear();
        _byRecord.Clear();
        foreach (Judgement judgement in kept)
        {
            Add(judgement);
        }
    }

    /// <summary>Is a record judged?</summary>
    public bool Names(RecordKey key) => _byRecord.ContainsKey(key);

    /// <summary>The judgements on two records, oldest first.</summary>
    public IReadOnlyList<Judgement> On(RecordKey left, RecordKey right) => !_byRecord.TryGetValue(left, out List<Judgement>? own)
        ? []
        : [.. own.Where(judgement => judgement.Left == right || judgement.Right == right).OrderBy(judgement => judgement.JudgedAt ?? DateTimeOffset.MinValue)];

    /// <summary>The records that judgements tie to this one, itself included.</summary>
    /// <param name="key">The record.</param>
    /// <param name="reached">Receives the records; what is in it already is not followed.</param>
    /// <param name="judgements">Receives the judgements.</param>
    public void AddReached(RecordKey key, HashSet<RecordKey> reached, HashSet<Judgement> judgements)
    {
        var open = new Stack<RecordKey>();
        Reach(key);
        while (open.TryPop(out RecordKey next))
        {
            foreach (Judgement judgement in _byRecord[next])
            {
                judgements.Add(judgement);
                Reach(judgement.Left);
                Reach(judgement.Right);
            }
        }

        void Reach(RecordKey record)
        {
            if (_byRecord.ContainsKey(record) && reached.Add(record))
            {
                open.Push(record);
            }
        }
    }

    /// <summary>Do judgements keep any two present records apart?</summary>
    public bool KeepApart(Func<RecordKey, bool> isPresent)
    {
        if (_all.Count == 0)
        {
            return false;
        }
        var keys = new RecordKeyIndex();
        foreach (RecordKey key in _byRecord.Keys.Where(isPresent))
        {
            keys.TryAdd(keys.AddSource(key.Source), Encoding.UTF8.GetBytes(key.Id), out _);
        }
        return JudgementSet.Resolve(keys, _all).Apart.Count > 0;
    }
}
