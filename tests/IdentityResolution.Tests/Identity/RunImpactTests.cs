using IdentityResolution.Tests.Live;

namespace IdentityResolution.Tests.Identity;

public class RunImpactTests
{
    [Fact]
    public void A_dry_run_tells_what_the_run_then_does() => Law.Holds(random => RunAsync(random).GetAwaiter().GetResult(), 200);

    [Fact]
    public async Task Examples_name_ids_and_records_and_the_reason()
    {
        IdentityModel model = new IdentityModelBuilder().Field("mail", FieldKind.Text).MatchOn("mail").Build();
        await using var store = new InMemoryLookupStore();
        await IdentityResolver.Create(model, Customers.Options).ResolveAsync([Input(("1", "x"), ("2", "y"))], store, cancellationToken: TestContext.Current.CancellationToken);
        string[] ids = [.. (await store.LoadAsync(TestContext.Current.CancellationToken)).Rows.OrderBy(row => row.Key).Select(row => row.EntityId)];

        Resolution dry = await IdentityResolver.Create(model, Customers.Options with { DryRun = true })
            .ResolveAsync([Input(("1", "x"), ("2", "x"), ("3", "z"), ("4", "x"))], store, cancellationToken: TestContext.Current.CancellationToken);
        RunImpact impact = dry.DescribeImpact(examplesPerKind: 1);

        Assert.Equal((2L, 2L, 1L, 1L, 1L, 1L, 0L), (impact.CustomersBefore, impact.CustomersAfter, impact.Created, impact.Joined, impact.Merged, impact.Retired, impact.Split));
        Assert.Equal(new SourceImpact("crm", 1, 1, 1, 0, 1, 0), Assert.Single(impact.Sources));
        ImpactExample merged = Assert.Single(impact.Examples, example => example.Kind == EntityChangeKind.Merged);
        Assert.Equal((ids[1], ids[0], "mail"), (merged.EntityId, merged.RelatedEntityId, merged.Reason));
        Assert.Equal([new RecordKey("crm", "2")], merged.Records);
        Assert.Equal([new RecordKey("crm", "4")], Assert.Single(impact.Examples, example => example.Kind == EntityChangeKind.Joined).Records);
        Assert.Empty(dry.DescribeImpact(0).Examples);
    }

    private static RecordSet Input(params (string Id, string Mail)[] records) =>
        RecordSet.From(records.Select(record => SourceRecord.Create("crm", record.Id, ("mail", record.Mail))).ToArray(), "crm");

    private static async Task RunAsync(Random random)
    {
        await using var store = new InMemoryLookupStore();
        for (int run = random.Next(1, 4); run >= 0; run--)
        {
            // Another model, other records, other values.
            IdentityModel model = LiveWorld.Model(random);
            SourceRecord[] records = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => LiveWorld.Record(random, 6)).DistinctBy(record => record.Key)];
            string[] sources = [.. records.Select(record => record.Key.Source).Distinct()];
            model = model with { UniqueSources = [.. model.UniqueSources.Where(sources.Contains)] };
            RecordSet[] inputs = [.. records.GroupBy(record => record.Key.Source).Select(source => RecordSet.From(source.ToArray(), source.Key))];

            RunImpact impact = (await IdentityResolver.Create(model, Customers.Options with { DryRun = true }).ResolveAsync(inputs, store)).DescribeImpact();
            LookupState before = await store.LoadAsync();
            Resolution resolution = await IdentityResolver.Create(model, Customers.Options).ResolveAsync(inputs, store);
            LookupState after = await store.LoadAsync();

            Assert.Equal(before.Rows.Select(row => row.EntityId).Distinct().Count(), impact.CustomersBefore);
            Assert.Equal(after.Rows.Select(row => row.EntityId).Distinct().Count(), impact.CustomersAfter);
            Assert.Equal(resolution.Changes.Count(change => change.Kind == EntityChangeKind.Created), impact.Created);
            Assert.Equal(resolution.Changes.Count(change => change.Kind == EntityChangeKind.Split), impact.Split);
            Assert.Equal(resolution.Changes.Count(change => change.Kind == EntityChangeKind.Merged), impact.Merged);
            await CompareSourcesAsync(store, before, after, [.. records.Select(record => record.Key)], impact);
            Assert.All(impact.Examples, example => Assert.InRange(example.Records.Count, 1, 3));
        }
    }

    // Told from the rows before and after, and from nothing else.
    private static async Task CompareSourcesAsync(InMemoryLookupStore store, LookupState before, LookupState after, HashSet<RecordKey> inputs, RunImpact impact)
    {
        Dictionary<RecordKey, string> had = before.Rows.ToDictionary(row => row.Key, row => row.EntityId);
        HashSet<string> known = [.. before.Entities.Select(entity => entity.EntityId)];
        ILookup<string, RecordKey> membersOf = after.Rows.ToLookup(row => row.EntityId, row => row.Key);
        var fates = new Dictionary<(string Source, string Fate), long>();
        foreach (LookupRow row in after.Rows)
        {
            bool isNew = !known.Contains(row.EntityId);
            string fate = !had.TryGetValue(row.Key, out string? earlier)
                ? isNew && !membersOf[row.EntityId].Any(had.ContainsKey) ? "created" : "joined"
                : earlier == row.EntityId ? "kept"
                : await store.ResolveEntityAsync(earlier) == row.EntityId ? "merged"
                : isNew ? "split" : "moved";
            if (fate != "kept" || inputs.Contains(row.Key))
            {
                fates[(row.Key.Source, fate)] = fates.GetValueOrDefault((row.Key.Source, fate)) + 1;
            }
        }
        foreach (SourceImpact source in impact.Sources)
        {
            Assert.Equal(
                (Of("kept"), Of("created"), Of("joined"), Of("moved"), Of("merged"), Of("split")),
                (source.Kept, source.Created, source.Joined, source.Moved, source.Merged, source.Split));

            long Of(string fate) => fates.GetValueOrDefault((source.Source, fate));
        }
        Assert.Equal(fates.Keys.Select(key => key.Source).Distinct().Order(StringComparer.Ordinal), impact.Sources.Select(source => source.Source));
    }
}
