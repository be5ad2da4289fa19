using System.Text;
using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Identity;
using IdentityResolution.Internals;
using IdentityResolution.Lookup;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Live;

/// <summary>Reads a store into the state of a live index.</summary>
internal static class LiveLoader
{
    /// <summary>Reads records, rows, ids, links and judgements; standardizes and blocks on all threads.</summary>
    /// <exception cref="LookupFormatException">The store contradicts itself.</exception>
    public static async Task<LiveState> LoadAsync(ILiveStore store, IdentityModel model, LiveOptions options, CancellationToken cancellationToken)
    {
        var workers = new Workers(options.Threads, cancellationToken);
        LookupState lookup = await store.LoadAsync(cancellationToken).ConfigureAwait(false);
        var hashes = new List<ulong>();
        RecordTable records = await ReadRecordsAsync(store, hashes, cancellationToken).ConfigureAwait(false);
        var state = new LiveState(model, FieldTableBuilder.Build(records, model, workers, lenient: true)) { RunCount = lookup.RunCount };
        for (int record = 0; record < hashes.Count; record++)
        {
            state.Appear(record, hashes[record]);
        }
        RuleBlocks[] blocks = [.. state.Rules.AllBlocks];
        Task linking = Task.Run(() => workers.Run(blocks.Length, rule => Fill(blocks[rule], hashes.Count)), cancellationToken);
        await foreach (Judgement judgement in store.ReadJudgementsAsync(cancellationToken).ConfigureAwait(false))
        {
            state.Judgements.Add(judgement);
        }
        await linking.ConfigureAwait(false);
        LoadRows(state, lookup.ToColumns(store.Description), store.Description);
        state.Rules.KeepsApart = state.Judgements.KeepApart(state.IsPresent);
        await LoadLinksAsync(store, state, cancellationToken).ConfigureAwait(false);
        return state;
    }

    private static async Task<RecordTable> ReadRecordsAsync(ILiveStore store, List<ulong> hashes, CancellationToken cancellationToken)
    {
        var builder = new RecordTableBuilder();
        RecordSegmentBuilder? segment = null;
        string source = "";
        byte[] utf8 = new byte[256];
        await foreach (SourceRecord record in store.ReadRecordsAsync(cancellationToken).ConfigureAwait(false))
        {
            // Records come source by source; each source is an input of its own, as columns are named by source.
            if (segment is null || !string.Equals(record.Key.Source, source, StringComparison.Ordinal))
            {
                source = record.Key.Source;
                segment = builder.AddSegment(store.Description, source);
            }
            foreach ((string column, string? value) in record.Values)
            {
                if (!string.IsNullOrEmpty(value))
                {
                    segment.Set(segment.AddColumn(column), Encode(value, ref utf8));
                }
            }
            if (segment.EndRecord(Encode(record.Key.Id, ref utf8), hashes.Count + 1))
            {
                hashes.Add(RecordColumns.Hash(record.Values));
            }
        }
        return builder.Build();
    }

    private static ReadOnlySpan<byte> Encode(string text, ref byte[] utf8)
    {
        if (text.Length * 3 > utf8.Length)
        {
            utf8 = new byte[text.Length * 4];
        }
        return utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8));
    }

    private static void Fill(RuleBlocks blocks, int records)
    {
        blocks.Reserve(records);
        for (int record = 0; record < records; record++)
        {
            blocks.Add(record);
        }
    }

    private static void LoadRows(LiveState state, IdentityState lookup, string store)
    {
        EntityDirectory ids = lookup.Entities;
        for (int entity = 0; entity < ids.Count; entity++)
        {
            state.Entities.Declare(ids.Id(entity), ids.Sequence(entity), ids.Successor(entity) is var successor and >= 0 ? ids.Id(successor) : []);
        }
        if (state.Entities.Close() is { } fault)
        {
            throw new LookupFormatException(store, fault);
        }
        int[] names = [.. lookup.Names.Select(state.Entities.Name)];
        int[] sources = [.. lookup.Keys.Sources.Select(state.Keys.AddSource)];
        for (int row = 0; row < lookup.RowCount; row++)
        {
            state.Keys.TryAdd(sources[lookup.Keys.SourceOf(row)], lookup.Keys.Id(row), out int record);
            state.EnsureRecords();
            // The directories number their ids alike, in the order of the declarations.
            state.Entities.SetRow(record, state.Entities.Ids.Find(ids.Id(lookup.EntityOf(row))), names[lookup.NameOf(row)], lookup.ProbabilityOf(row));
        }
        state.Table.Extend();
    }

    private static async Task LoadLinksAsync(ILiveStore store, LiveState state, CancellationToken cancellationToken)
    {
        var rules = state.Model.MatchRules.Select((rule, i) => (rule.Name, i)).ToDictionary(rule => rule.Name, rule => rule.i, StringComparer.Ordinal);
        await foreach (Link link in store.ReadLinksAsync(cancellationToken).ConfigureAwait(false))
        {
            int left = state.Find(link.Left);
            int right = state.Find(link.Right);
            if (left < 0 || right < 0)
            {
                continue;
            }
            StoredLink stored = link.MatchedBy switch
            {
                Link.ScoreName => new StoredLink(RecordLink.ByScore, (int)Math.Round((link.MatchWeight ?? 0) * 1000)),
                Link.JudgementName => new StoredLink(RecordLink.ByJudgement, RecordLink.RuleWeight),
                _ => new StoredLink(rules.GetValueOrDefault(link.MatchedBy, StoredLink.UnknownRule), RecordLink.RuleWeight),
            };
            state.Pairs.Store(left, right, stored);
        }
    }
}
