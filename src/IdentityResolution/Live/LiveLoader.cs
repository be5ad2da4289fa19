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
        (RecordTable records, List<ulong> hashes) = await ReadRecordsAsync(store, cancellationToken).ConfigureAwait(false);
        var state = new LiveState(model, FieldTableBuilder.Build(records, model, workers, lenient: true)) { RunCount = lookup.RunCount };
        for (int record = 0; record < hashes.Count; record++)
        {
            state.Appear(record, hashes[record]);
        }
        LoadRows(state, lookup.ToColumns(store.Description), store.Description);
        // Rows without a record have no values and so stand in no block: nothing is added to the table from here on.
        RuleBlocks[] blocks = [.. state.Rules.AllBlocks];
        Task blocking = Task.Run(() => workers.Run(blocks.Length, rule => blocks[rule].Fill()), cancellationToken);
        try
        {
            await foreach (Judgement judgement in store.ReadJudgementsAsync(cancellationToken).ConfigureAwait(false))
            {
                state.Judgements.Add(judgement);
            }
            await LoadLinksAsync(store, state, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await blocking.ConfigureAwait(false);
        }
        state.Rules.KeepsApart = state.Judgements.KeepApart(state.IsPresent);
        return state;
    }

    private static async Task<(RecordTable Records, List<ulong> Hashes)> ReadRecordsAsync(ILiveStore store, CancellationToken cancellationToken)
    {
        var reader = new RecordContentReader(store.Description);
        var pipe = new RecordContentPipe(reader);
        try
        {
            await store.VisitRecordsAsync(pipe.Add, cancellationToken).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            await pipe.EndAsync().ConfigureAwait(false);
        }
        return (reader.Build(), reader.Hashes);
    }

    private static void LoadRows(LiveState state, IdentityState lookup, string store)
    {
        EntityDirectory ids = lookup.Entities;
        var numberOf = new int[ids.Count];
        for (int entity = 0; entity < ids.Count; entity++)
        {
            numberOf[entity] = state.Entities.Declare(
                ids.Id(entity), ids.Sequence(entity), ids.Successor(entity) is var successor and >= 0 ? ids.Id(successor) : []);
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
            state.Entities.SetRow(record, numberOf[lookup.EntityOf(row)], names[lookup.NameOf(row)], lookup.ProbabilityOf(row));
        }
        state.Table.Extend();
    }

    private static async Task LoadLinksAsync(ILiveStore store, LiveState state, CancellationToken cancellationToken)
    {
        var rules = state.Model.MatchRules.Select((rule, i) => (rule.Name, i)).ToDictionary(rule => rule.Name, rule => rule.i, StringComparer.Ordinal);
        await store.VisitLinksAsync(
            (leftSource, leftId, rightSource, rightId, matchedBy, matchWeight) =>
            {
                int left = state.Keys.Find(leftSource, leftId);
                int right = state.Keys.Find(rightSource, rightId);
                if (left >= 0 && right >= 0)
                {
                    state.Pairs.Store(left, right, matchedBy switch
                    {
                        Link.ScoreName => new StoredLink(RecordLink.ByScore, (int)Math.Round((matchWeight ?? 0) * 1000)),
                        Link.JudgementName => new StoredLink(RecordLink.ByJudgement, RecordLink.RuleWeight),
                        _ => new StoredLink(rules.GetValueOrDefault(matchedBy, StoredLink.UnknownRule), RecordLink.RuleWeight),
                    });
                }
            },
            cancellationToken).ConfigureAwait(false);
    }
}
