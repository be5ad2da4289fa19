using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Live;

/// <summary>A live index ends where a batch over the same records ends, whatever came before.</summary>
public class LiveIndexLawTests
{
    private static readonly LiveOptions Options = new() { Threads = 1, TimeProvider = Customers.Options.TimeProvider };

    [Fact]
    public void Any_sequence_of_changes_ends_where_a_batch_ends() => Law.Holds(random => RunAsync(random, judges: false).GetAwaiter().GetResult(), 400);

    [Fact]
    public void Any_sequence_of_changes_and_judgements_ends_where_a_batch_ends() => Law.Holds(random => RunAsync(random, judges: true).GetAwaiter().GetResult(), 400);

    private static async Task RunAsync(Random random, bool judges)
    {
        IdentityModel model = LiveWorld.Model(random);
        await using var store = new InMemoryLookupStore();
        LiveIndex index = await LiveIndex.OpenAsync(store, model, Options);
        var records = new Dictionary<RecordKey, SourceRecord>();
        var watch = new IdWatch();
        int ids = random.Next(2, 9);
        int steps = random.Next(1, 12);
        for (int step = 0; step < steps; step++)
        {
            if (LiveWorld.Chance(random, 0.25))
            {
                await index.DisposeAsync();
                index = await LiveIndex.OpenAsync(store, null, Options);
            }
            var operations = new List<LiveOperation>();
            int size = LiveWorld.Chance(random, 0.5) ? 1 : random.Next(1, 10);
            for (int i = 0; i < size; i++)
            {
                SourceRecord record = LiveWorld.Record(random, ids);
                double kind = random.NextDouble();
                if (judges && kind < 0.2)
                {
                    SourceRecord other = LiveWorld.Record(random, ids);
                    if (other.Key != record.Key)
                    {
                        operations.Add(LiveOperation.Judge(new Judgement(record.Key, other.Key, (JudgementDecision)random.Next(3))));
                    }
                }
                else if (kind < 0.4)
                {
                    records.Remove(record.Key);
                    operations.Add(LiveOperation.Delete(record.Key));
                }
                else
                {
                    records[record.Key] = record;
                    operations.Add(LiveOperation.Upsert(record));
                }
            }
            if (judges && LiveWorld.Chance(random, 0.1) && records.Count > 0)
            {
                RecordKey erased = records.Keys.ElementAt(random.Next(records.Count));
                records.Remove(erased);
                operations.RemoveAll(operation => operation is UpsertOperation upsert && upsert.Record.Key == erased);
                await index.ApplyAsync(operations);
                await index.EraseAsync(erased);
            }
            else if (LiveWorld.Chance(random, 0.15))
            {
                await index.SearchAsync(LiveWorld.Record(random, ids));
                await index.ApplyAsync(operations);
            }
            else
            {
                await index.ApplyAsync(operations);
            }
            watch.Look(await store.LoadAsync());
        }
        await CompareAsync(index, store, model, records);
        await index.DisposeAsync();
        index = await LiveIndex.OpenAsync(store, null, Options);
        await CompareAsync(index, store, model, records);
        await index.DisposeAsync();
    }

    private static async Task CompareAsync(LiveIndex index, InMemoryLookupStore store, IdentityModel model, Dictionary<RecordKey, SourceRecord> records)
    {
        Assert.Equal(records.Count, index.Count);
        LookupState before = await store.LoadAsync();
        Assert.Equal(records.Keys.Order(), before.Rows.Select(row => row.Key).Order());
        if (records.Count == 0)
        {
            Assert.Empty(await store.ReadLinksAsync().ToListAsync());
            return;
        }
        RecordSet[] inputs = [.. records.Values.GroupBy(record => record.Key.Source).Select(source => RecordSet.From(source.ToArray(), source.Key))];
        string[] sources = [.. records.Keys.Select(key => key.Source).Distinct()];
        IdentityModel possible = model with { UniqueSources = [.. model.UniqueSources.Where(sources.Contains)] };
        ResolverOptions options = Customers.Options with { Judgements = await store.ReadJudgementsAsync().ToListAsync() };
        Resolution batch = IdentityResolver.Create(possible, options).Resolve(inputs);
        Assert.Equal(Partition(batch.Lookup), Partition(before.Rows));
        foreach (LookupRow row in before.Rows)
        {
            Assert.Equal(row.EntityId, index.Find(row.Key));
        }
        List<Link> links = await store.ReadLinksAsync().ToListAsync();
        string[] expected = [.. batch.Links.GroupBy(link => (link.Left, link.Right)).Select(pair => Text(pair.First()))];
        if (possible.UniqueSources.Count == model.UniqueSources.Count)
        {
            Assert.Equal(expected, links.Select(Text));
        }
        else
        {
            // A batch refuses a duplicate-free source without records. Told nothing of it, it may tie a block to one record, where the live index links each pair.
            Assert.Subset(links.Select(Text).ToHashSet(), expected.ToHashSet());
        }
        await ExplainAsync(index, IdentityResolver.Create(possible, options with { ScoredPairsFrom = 0 }).Resolve(inputs));
        Resolution again = await IdentityResolver.Create(possible, options with { DryRun = true }).ResolveAsync(inputs, store);
        Assert.Empty(again.Changes);
        Assert.Equal(before.Rows.OrderBy(row => row.Key), again.Lookup.OrderBy(row => row.Key));
    }

    // An explanation names the weight of the batch, and what it is the sum of.
    private static async Task ExplainAsync(LiveIndex index, Resolution batch)
    {
        foreach (ScoredPair pair in batch.ScoredPairs.Where(pair => pair.Weight != ScoredPair.RuleWeight))
        {
            PairExplanation? explanation = await index.ExplainAsync(pair.Left, pair.Right);
            Assert.NotNull(explanation);
            Assert.Equal(pair.Weight / 1000.0, explanation.MatchWeight);
            if (!explanation.Comparisons.Any(comparison => comparison.IsCrosswise))
            {
                Assert.Equal(explanation.MatchWeight!.Value, explanation.PriorWeight + explanation.Comparisons.Sum(comparison => comparison.Weight), 6);
            }
        }
    }

    private static string Text(Link link) => $"{link.Left} {link.Right} {link.MatchedBy} {link.MatchProbability:F6} {link.MatchWeight:F3}";

    private static string Partition(IEnumerable<LookupRow> rows) => string.Join(" | ", rows
        .GroupBy(row => row.EntityId)
        .Select(customer => string.Join(",", customer.Select(row => row.Key).Order()))
        .Order(StringComparer.Ordinal));

    /// <summary>Watches ids from one state to the next.</summary>
    private sealed class IdWatch
    {
        private Dictionary<string, EntityState> _ids = [];
        private Dictionary<string, string> _customers = [];

        public void Look(LookupState state)
        {
            Dictionary<string, EntityState> ids = state.Entities.ToDictionary(entity => entity.EntityId);
            Assert.Equal(ids.Count, ids.Values.Select(entity => entity.CreatedSequence).Distinct().Count());
            foreach (EntityState before in _ids.Values)
            {
                EntityState now = ids[before.EntityId];
                Assert.Equal(before.CreatedSequence, now.CreatedSequence);
                Assert.False((before.IsRetired || before.SuccessorId is not null) && !now.IsRetired && now.SuccessorId is null, "A retired id came back.");
            }
            Assert.All(state.Rows, row => Assert.True(ids[row.EntityId] is { IsRetired: false, SuccessorId: null }, "A row has a retired id."));
            var used = state.Rows.Select(row => row.EntityId).ToHashSet();
            Assert.All(ids.Values, id => Assert.Equal(used.Contains(id.EntityId), id is { IsRetired: false, SuccessorId: null }));
            // The same records, the same id.
            Dictionary<string, string> customers = state.Rows.GroupBy(row => row.EntityId).ToDictionary(
                customer => string.Join(",", customer.Select(row => row.Key).Order()), customer => customer.Key);
            foreach ((string members, string id) in customers)
            {
                if (_customers.TryGetValue(members, out string? earlier) && ids[earlier].SuccessorId is null)
                {
                    Assert.Equal(earlier, id);
                }
            }
            (_ids, _customers) = (ids, customers);
        }
    }
}
