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
        // Asked first: if somebody writes while parts are read, the count is behind, and our first write is refused and has all read anew.
        long runs = await store.CountRunsAsync(cancellationToken).ConfigureAwait(false);
        Task<LookupState> loading = Task.Run(() => store.LoadAsync(cancellationToken), cancellationToken);
        (RecordTable records, List<ulong> hashes) = await WithAsync(loading, ReadRecordsAsync(store, cancellationToken)).ConfigureAwait(false);
        var state = new LiveState(model, FieldTableBuilder.Build(records, model, workers, lenient: true)) { RunCount = runs };
        for (int record = 0; record < hashes.Count; record++)
        {
            state.Appear(record, hashes[record]);
        }
        LookupState lookup = await loading.ConfigureAwait(false);
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

    // Ends when both have ended, so that nothing reads on from a store that is given back.
    private static async Task<T> WithAsync<T>(Task other, Task<T> task)
    {
        await Task.WhenAll(other, task).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
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
        var finder = new KeyFinder(state.Keys);
        for (int row = 0; row < lookup.RowCount; row++)
        {
            int source = lookup.Keys.SourceOf(row);
            int record = finder.Find(lookup.Keys.Sources[source], lookup.Keys.Id(row));
            if (record < 0)
            {
                state.Keys.TryAdd(sources[source], lookup.Keys.Id(row), out record);
                state.EnsureRecords();
            }
            state.Entities.SetRow(record, numberOf[lookup.EntityOf(row)], names[lookup.NameOf(row)], lookup.ProbabilityOf(row));
        }
        state.Table.Extend();
    }

    private static async Task LoadLinksAsync(ILiveStore store, LiveState state, CancellationToken cancellationToken)
    {
        var rules = state.Model.MatchRules.Select((rule, i) => (rule.Name, i)).ToDictionary(rule => rule.Name, rule => rule.i, StringComparer.Ordinal);
        (var lefts, var rights) = (new KeyFinder(state.Keys), new KeyFinder(state.Keys));
        await store.VisitLinksAsync(
            (leftSource, leftId, rightSource, rightId, matchedBy, matchWeight) =>
            {
                int left = lefts.Find(leftSource, leftId);
                int right = rights.Find(rightSource, rightId);
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
