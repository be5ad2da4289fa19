using System.Collections;
using System.Globalization;
using IdentityResolution.Identity;
using IdentityResolution.Internals;
using IdentityResolution.Lookup;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>What a store remembers of the batch that wrote to it last, so that one with the same inputs need not be made again.</summary>
/// <param name="RunCount">How many runs the store held with that batch: another number means that somebody wrote since.</param>
/// <param name="Fingerprint">Its <see cref="RunFingerprint"/>.</param>
/// <param name="CandidatePairs">Its candidate pairs.</param>
/// <param name="Links">Its links.</param>
internal sealed record KnownRun(long RunCount, string Fingerprint, long CandidatePairs, int Links)
{
    private const string Stream = "identity-resolution:batch";

    /// <summary>Reads it; null when the store has none. Somebody may have written since: see <see cref="RunCount"/>.</summary>
    public static async Task<KnownRun?> FindAsync(ILiveStore store, CancellationToken cancellationToken) =>
        (await store.FindPositionAsync(Stream, cancellationToken).ConfigureAwait(false))?.Split(' ') is [var count, var fingerprint, var pairs, var links]
        && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long runCount)
        && long.TryParse(pairs, NumberStyles.None, CultureInfo.InvariantCulture, out long candidatePairs)
        && int.TryParse(links, NumberStyles.None, CultureInfo.InvariantCulture, out int linkCount)
            ? new KnownRun(runCount, fingerprint, candidatePairs, linkCount)
            : null;

    /// <summary>The form in which a store keeps it.</summary>
    public StreamPosition ToPosition() => new(Stream, string.Create(CultureInfo.InvariantCulture, $"{RunCount} {Fingerprint} {CandidatePairs} {Links}"));

    /// <summary>The plan that changes nothing: every record has its row of the store. Null when one has none.</summary>
    public static IdentityPlan? Plan(RecordKeyIndex keys, int[] order, IdentityState state, RunStamp run)
    {
        var entityOf = new int[keys.Count];
        var rowOf = new int[keys.Count];
        Array.Fill(rowOf, -1);
        int[] sources = [.. state.Keys.Sources.Select(keys.FindSource)];
        int next = 0;
        for (int row = 0; row < state.RowCount; row++)
        {
            int source = sources[state.Keys.SourceOf(row)];
            ReadOnlySpan<byte> id = state.Keys.Id(row);
            int record;
            // Stores mostly give rows in order of their keys.
            if (next < order.Length && keys.Is(order[next], source, id))
            {
                keys.FetchEnd(order[Math.Min(next + Ahead.Distance, order.Length - 1)]);
                record = order[next++];
            }
            else
            {
                record = source < 0 ? -1 : keys.Find(source, id);
            }
            if (record >= 0)
            {
                rowOf[record] = row;
                entityOf[record] = state.Entities.Current(state.EntityOf(row));
            }
        }
        if (rowOf.Contains(-1))
        {
            return null;
        }
        return new IdentityPlan
        {
            Keys = keys,
            Order = order,
            EntityOf = entityOf,
            Evidence = RecordEvidence.FromRows(state, rowOf),
            Previous = state,
            Run = run,
            NewIds = [],
            Successors = [.. Enumerable.Range(0, state.Entities.Count).Select(state.Entities.Successor)],
            Redirected = [],
            ChangedRecords = [],
            FollowingRows = [],
            History = new Lazy<PlannedChange[]>([]),
        };
    }

    /// <summary>Links of a store between records of a run, read when they are first asked for.</summary>
    public static IReadOnlyList<Link> LinksOf(ILiveStore store, RecordKeyIndex keys) => new StoredLinks(store, keys);

    private sealed class StoredLinks(ILiveStore store, RecordKeyIndex keys) : IReadOnlyList<Link>
    {
        private readonly Lazy<List<Link>> _links = new(() => ReadAsync(store, keys).GetAwaiter().GetResult());

        public int Count => _links.Value.Count;

        public Link this[int index] => _links.Value[index];

        public IEnumerator<Link> GetEnumerator() => _links.Value.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private static async Task<List<Link>> ReadAsync(ILiveStore store, RecordKeyIndex keys)
        {
            var links = new List<Link>();
            await foreach (Link link in store.ReadLinksAsync().ConfigureAwait(false))
            {
                if (StoredRecords.Find(keys, link.Left) >= 0 && StoredRecords.Find(keys, link.Right) >= 0)
                {
                    links.Add(link);
                }
            }
            return links;
        }
    }
}
