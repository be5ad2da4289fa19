using System.Text;
using IdentityResolution.Identity;
using IdentityResolution.Internals;
using IdentityResolution.Lookup;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>Adds to a run's commit what a live store keeps besides the lookup table: records, links, the model and judgements.</summary>
internal static class StoredRecords
{
    /// <summary>The judgements of the store, and those of the options that it does not have yet.</summary>
    public static async Task<(IReadOnlyList<Judgement> All, IReadOnlyList<Judgement> New)> JudgementsAsync(
        ILookupStore? store, IReadOnlyList<Judgement> given, CancellationToken cancellationToken)
    {
        if (store is not ILiveStore live)
        {
            return (given, []);
        }
        var all = new List<Judgement>();
        var known = new HashSet<Judgement>();
        await foreach (Judgement judgement in live.ReadJudgementsAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add(judgement);
            known.Add(judgement);
        }
        Judgement[] added = [.. given.Where(known.Add)];
        return ([.. all, .. added], added);
    }

    /// <summary>The commit with records, links and the model. Records are made when the store reads them, and it passes over those it has.</summary>
    public static async Task<LookupCommit> AddAsync(
        LookupCommit commit, IdentityPlan plan, Preparation prepared, LargeArray<RecordLink> links, ILiveStore store, CancellationToken cancellationToken)
    {
        var made = new LinkList(prepared.Records.Keys, links, prepared.Model.MatchRules, plan.Order);
        IReadOnlyCollection<Link> changed = OnePerPair(made);
        List<RecordPair> removed = [];
        if (plan.Previous.RunCount > 0)
        {
            (changed, removed) = await CompareAsync(changed, prepared.Records.Keys, store, cancellationToken).ConfigureAwait(false);
        }
        return commit with
        {
            Records = new LazyList<SourceRecord>(prepared.Records.Count, index => Record(prepared.Records, plan.Order[index])),
            Links = changed,
            RemovedLinks = removed,
            Model = prepared.Model.ToJson(),
        };
    }

    // Of the links of one pair the first in precedence counts.
    private static LazyList<Link> OnePerPair(LinkList links)
    {
        int[] places = links.PlacesOfPairs();
        return new LazyList<Link>(places.Length, index => links[places[index]]);
    }

    // What the store has is passed over, and what no longer holds between records of the run goes.
    private static async Task<(List<Link> Changed, List<RecordPair> Removed)> CompareAsync(
        IReadOnlyCollection<Link> links, RecordKeyIndex keys, ILiveStore store, CancellationToken cancellationToken)
    {
        var held = new Dictionary<(int Left, int Right), Link>(links.Count);
        foreach (Link link in links)
        {
            held.TryAdd((Find(keys, link.Left), Find(keys, link.Right)), link);
        }
        var removed = new List<RecordPair>();
        await foreach (Link stored in store.ReadLinksAsync(cancellationToken).ConfigureAwait(false))
        {
            (int Left, int Right) pair = (Find(keys, stored.Left), Find(keys, stored.Right));
            if (held.TryGetValue(pair, out Link now))
            {
                if (now == stored)
                {
                    held.Remove(pair);
                }
            }
            else if (pair is { Left: >= 0, Right: >= 0 })
            {
                removed.Add(new RecordPair(stored.Left, stored.Right));
            }
        }
        return ([.. held.Values], removed);
    }

    /// <summary>The record of a key; -1 = the run has none.</summary>
    public static int Find(RecordKeyIndex keys, RecordKey key) => keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id));

    // Columns without a value are left out: missing is missing.
    private static SourceRecord Record(RecordTable records, int record)
    {
        RecordSegment segment = Segment(records.Segments, record);
        var values = new Dictionary<string, string?>(segment.Columns.Count, StringComparer.Ordinal);
        foreach (RawColumn column in segment.Columns)
        {
            int code = column.Codes[record - segment.Start];
            if (code >= 0)
            {
                values[column.Name] = column.Values.GetString(code);
            }
        }
        return new SourceRecord(records.Keys.Key(record), values);
    }

    private static RecordSegment Segment(IReadOnlyList<RecordSegment> segments, int record)
    {
        int low = 0, high = segments.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = segments[middle].Start <= record ? (middle, high) : (low, middle - 1);
        }
        return segments[low];
    }
}
