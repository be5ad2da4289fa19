namespace IdentityResolution.Tests;

/// <summary>What a batch run leaves in a live store besides the lookup table.</summary>
public sealed class StoredRecordsTests
{
    private static readonly SourceRecord[] People =
    [
        SourceRecord.Create("crm", "1", ("name", "Ann"), ("email", "ann@example.com")),
        SourceRecord.Create("crm", "2", ("name", "Anne"), ("email", "ann@example.com")),
        SourceRecord.Create("shop", "1", ("name", "Bob"), ("email", "")),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_keeps_records_links_and_model_and_running_again_writes_none()
    {
        await using var store = new InMemoryLookupStore();
        Resolution resolution = await Resolver(ResolverOptions.Default).ResolveAsync([RecordSet.From(People)], store, null, Token);
        Assert.Equal("Ann", (await store.FindRecordAsync(People[0].Key, Token))!.Values["name"]);
        Assert.False((await store.FindRecordAsync(People[2].Key, Token))!.Values.ContainsKey("email"));
        Assert.Equal(resolution.Links, await ListAsync(store.ReadLinksAsync(Token)));
        Assert.Equal(resolution.Model.ToJson(), await store.FindModelAsync(Token));
        StoredRun first = Assert.Single(await ListAsync(store.ReadRunsAsync(Token)));

        await Resolver(ResolverOptions.Default).ResolveAsync([RecordSet.From(People)], store, null, Token);
        // The second run changed nothing, so the first is still the one that can be taken back.
        IReadOnlyList<EntityChange> foreseen = await store.PreviewRollBackAsync(first.RunId, first.At, Token);
        Assert.Equal(People.Length, foreseen.Count(change => change.Kind == EntityChangeKind.Left));
    }

    [Fact]
    public async Task Without_keeping_records_the_store_has_the_lookup_table_alone()
    {
        await using var store = new InMemoryLookupStore();
        await Resolver(ResolverOptions.Default with { KeepRecords = false }).ResolveAsync([RecordSet.From(People)], store, null, Token);
        Assert.Empty(await ListAsync(store.ReadRecordsAsync(Token)));
        Assert.Empty(await ListAsync(store.ReadLinksAsync(Token)));
        Assert.Null(await store.FindModelAsync(Token));
        Assert.Equal(3, (await store.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_judgement_that_was_given_once_is_kept_and_honoured_by_later_runs()
    {
        await using var store = new InMemoryLookupStore();
        var different = new Judgement(People[0].Key, People[1].Key, JudgementDecision.Different);
        await Resolver(ResolverOptions.Default).ResolveAsync([RecordSet.From(People)], store, null, Token);
        Assert.Equal(2, (await store.LoadAsync(Token)).Rows.Select(row => row.EntityId).Distinct().Count());

        ResolverOptions judged = ResolverOptions.Default with { Judgements = [different] };
        await Resolver(judged).ResolveAsync([RecordSet.From(People)], store, null, Token);
        await Resolver(judged).ResolveAsync([RecordSet.From(People)], store, null, Token);
        await Resolver(ResolverOptions.Default).ResolveAsync([RecordSet.From(People)], store, null, Token);
        Assert.Equal([different], await ListAsync(store.ReadJudgementsAsync(Token)));
        Assert.Equal(3, (await store.LoadAsync(Token)).Rows.Select(row => row.EntityId).Distinct().Count());
        Assert.Empty(await ListAsync(store.ReadLinksAsync(Token)));
    }

    private static IdentityResolver Resolver(ResolverOptions options) => IdentityResolver.Create(
        model => model.Field("email", FieldKind.Email).MatchOn("email"), options);

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (T item in items)
        {
            list.Add(item);
        }
        return list;
    }
}
