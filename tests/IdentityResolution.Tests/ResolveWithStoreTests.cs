namespace IdentityResolution.Tests;

public class ResolveWithStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_run_on_the_same_records_changes_nothing()
    {
        await using var store = new InMemoryLookupStore();
        RecordSet records = RecordSet.From(Customers.Generate(500));
        IdentityResolver resolver = IdentityResolverTests.Resolver(automatic: true);
        Resolution first = await resolver.ResolveAsync([records], store, cancellationToken: Token);
        LookupState before = await store.LoadAsync(Token);
        Resolution second = await resolver.ResolveAsync([records], store, cancellationToken: Token);
        LookupState after = await store.LoadAsync(Token);
        Assert.Empty(second.Changes);
        Assert.Equal((0, 0, 0), (second.Summary.Created, second.Summary.Merged, second.Summary.Split));
        Assert.Equal(Customers.Csv(first.Lookup), Customers.Csv(second.Lookup));
        Assert.Equal(before.Rows.OrderBy(row => row.Key), after.Rows.OrderBy(row => row.Key));
        Assert.Equal(before.Entities.OrderBy(entity => entity.CreatedSequence), after.Entities.OrderBy(entity => entity.CreatedSequence));
    }

    [Fact]
    public async Task More_records_keep_the_ids_that_were_given_or_redirect_them()
    {
        await using var store = new InMemoryLookupStore();
        SourceRecord[] records = Customers.Generate(600);
        IdentityResolver resolver = IdentityResolverTests.Resolver(automatic: false);
        Resolution first = await resolver.ResolveAsync([RecordSet.From(records.Take(300))], store, cancellationToken: Token);
        // The trained model stays, so that the new records alone make the difference.
        Resolution second = await IdentityResolver.Create(first.Model, Customers.Options).ResolveAsync([RecordSet.From(records)], store, cancellationToken: Token);
        Assert.Equal(600, second.Lookup.Count);
        foreach (LookupRow row in first.Lookup)
        {
            string now = second.Lookup.Find(row.Key)!.Value.EntityId;
            Assert.Equal(now, await store.ResolveEntityAsync(row.EntityId, Token));
        }
        Assert.Equal(0, second.Summary.Split);
        Assert.Equal(second.Summary.Customers, first.Summary.Customers + second.Summary.Created - second.Summary.Merged);
    }

    [Fact]
    public async Task A_record_that_joins_two_customers_merges_them_and_the_retired_id_leads_to_the_other()
    {
        await using var store = new InMemoryLookupStore();
        IdentityResolver resolver = IdentityResolver.Create(
            model => model.Field("email", FieldKind.Email).Field("loyalty", FieldKind.Identifier).MatchOn("email").MatchOn("loyalty"), Customers.Options);
        SourceRecord ann = SourceRecord.Create("crm", "1", ("email", "ann@example.org"), ("loyalty", null));
        SourceRecord card = SourceRecord.Create("crm", "2", ("email", null), ("loyalty", "AB-1234"));
        SourceRecord both = SourceRecord.Create("shop", "9", ("email", "ann@example.org"), ("loyalty", "ab1234"));
        Resolution first = await resolver.ResolveAsync([RecordSet.From([ann, card])], store, cancellationToken: Token);
        Resolution second = await resolver.ResolveAsync([RecordSet.From([ann, card, both])], store, cancellationToken: Token);
        string[] before = [.. first.Lookup.Select(row => row.EntityId)];
        string survivor = Assert.Single(second.Lookup.Select(row => row.EntityId).Distinct(StringComparer.Ordinal));
        Assert.Contains(survivor, before);
        Assert.Single(second.Changes, change => change.Kind == EntityChangeKind.Merged);
        string retired = before.Single(id => id != survivor);
        Assert.Equal(survivor, await store.ResolveEntityAsync(retired, Token));
        Assert.Equal((0, 1, 1), (second.Summary.Created, second.Summary.Merged, second.Summary.Customers));
        Assert.Equal(survivor, (await store.FindAsync(both.Key, Token))!.Value.EntityId);
        Assert.Equal(first.Changes.Count + second.Changes.Count, await CountChangesAsync(store));
    }

    [Fact]
    public async Task A_dry_run_decides_and_writes_nothing()
    {
        await using var store = new InMemoryLookupStore();
        IdentityResolver dry = IdentityResolverTests.Resolver(automatic: true, Customers.Options with { DryRun = true });
        RecordSet records = RecordSet.From(Customers.Generate(300));
        Resolution resolution = await dry.ResolveAsync([records], store, cancellationToken: Token);
        Assert.Equal(300, resolution.Lookup.Count);
        Assert.Equal(resolution.Summary.Customers, resolution.Summary.Created);
        LookupState state = await store.LoadAsync(Token);
        Assert.Empty(state.Rows);
        Assert.Equal(0, state.RunCount);
        Resolution wet = await IdentityResolverTests.Resolver(automatic: true).ResolveAsync([records], store, cancellationToken: Token);
        Assert.Equal(Customers.Csv(resolution.Lookup), Customers.Csv(wet.Lookup));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("read", 1)]
    [InlineData("standardize", 2)]
    [InlineData("train", 1)]
    [InlineData("train", 2)]
    [InlineData("score", 1)]
    [InlineData("score", 2)]
    public async Task A_cancelled_run_leaves_the_store_as_it_was(string? stage, int threads)
    {
        await using var store = new InMemoryLookupStore();
        SourceRecord[] records = Customers.Generate(400);
        await IdentityResolverTests.Resolver(automatic: true).ResolveAsync([RecordSet.From(records.Take(200))], store, cancellationToken: Token);
        LookupState before = await store.LoadAsync(Token);
        using var source = new CancellationTokenSource();
        if (stage is null)
        {
            await source.CancelAsync();
        }
        var progress = new Listener(report =>
        {
            if (report.Stage == stage)
            {
                source.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => IdentityResolverTests.Resolver(automatic: true, Customers.Options with { Threads = threads })
            .ResolveAsync([RecordSet.From(records)], store, progress, source.Token));
        LookupState after = await store.LoadAsync(Token);
        Assert.Equal(before.RunCount, after.RunCount);
        Assert.Equal(before.Rows, after.Rows);
        Assert.Equal(before.Entities, after.Entities);
    }

    private static async Task<int> CountChangesAsync(InMemoryLookupStore store)
    {
        int count = 0;
        await foreach (EntityChange _ in store.ReadChangesAsync(Token))
        {
            count++;
        }
        return count;
    }

    private sealed class Listener(Action<ResolutionProgress> hear) : IProgress<ResolutionProgress>
    {
        public void Report(ResolutionProgress value) => hear(value);
    }
}
