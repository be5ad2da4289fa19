using Microsoft.Extensions.DependencyInjection;

namespace IdentityResolution.Tests.Live;

public class LiveIndexTests
{
    private static readonly LiveOptions Options = new() { Threads = 1, TimeProvider = Customers.Options.TimeProvider };
    private static readonly IdentityModel Model = new IdentityModelBuilder()
        .Field("email", FieldKind.Email).Field("name", FieldKind.Text).MatchOn("email").BlockOn("name.words")
        .Compare(new Comparison
        {
            Field = "name",
            Levels = [new ComparisonLevel("exact", 0.9, 0.001), new ComparisonLevel("jaro_winkler >= 0.9", 0.08, 0.01), new ComparisonLevel("else", 0.02, 0.989)],
        })
        .Build() with
    { PriorMatchProbability = 0.3 };

    [Fact]
    public async Task A_customer_without_records_is_retired_for_good()
    {
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, Model, Options, TestContext.Current.CancellationToken);
        string id = Assert.Single((await index.UpsertAsync([Record("1", "a@x.org")], TestContext.Current.CancellationToken)).Changes).EntityId;
        LiveResult deleted = await index.DeleteAsync([new RecordKey("crm", "1")], TestContext.Current.CancellationToken);
        Assert.Equal([EntityChangeKind.Left, EntityChangeKind.Retired], deleted.Changes.Select(change => change.Kind));
        Assert.Null(index.Find(new RecordKey("crm", "1")));
        Assert.NotEqual(id, Assert.Single((await index.UpsertAsync([Record("1", "a@x.org")], TestContext.Current.CancellationToken)).Changes).EntityId);
    }

    [Fact]
    public async Task What_is_known_changes_nothing()
    {
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, Model, Options, TestContext.Current.CancellationToken);
        await index.UpsertAsync([Record("1", "a@x.org"), Record("2", "a@x.org")], TestContext.Current.CancellationToken);
        LiveResult again = await index.UpsertAsync([Record("2", "a@x.org"), Record("1", "a@x.org")], TestContext.Current.CancellationToken);
        Assert.Equal((null, 0, 2), (again.RunId, again.Changes.Count, again.UnchangedRecords));
        Assert.Equal(2, (await store.ReadRunsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task A_write_that_fails_changes_nothing()
    {
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, Model, Options, TestContext.Current.CancellationToken);
        await index.UpsertAsync(Record("1", "a@x.org"), TestContext.Current.CancellationToken);
        // Another writer.
        await store.CommitAsync(new LookupCommit("other", Customers.Now, "", [], [], []), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<LookupConflictException>(() => index.UpsertAsync([Record("2", "a@x.org")], TestContext.Current.CancellationToken));
        Assert.Empty(await index.SearchAsync(Record("9", "b@x.org"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((1, null), (index.Count, index.Find(new RecordKey("crm", "2"))));
        Assert.Equal(EntityChangeKind.Joined, Assert.Single((await index.UpsertAsync([Record("2", "a@x.org")], TestContext.Current.CancellationToken)).Changes).Kind);
    }

    [Fact]
    public async Task Searching_finds_candidates_and_leaves_no_trace()
    {
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, Model, Options, TestContext.Current.CancellationToken);
        await index.UpsertAsync([Record("1", "a@x.org", "ann lee"), Record("2", "b@x.org", "ann leee"), Record("3", "c@x.org", "bob may")], TestContext.Current.CancellationToken);
        for (int i = 0; i < 3; i++)
        {
            IReadOnlyList<SearchCandidate> found = await index.SearchAsync(Record("9", "b@x.org", "ann lee"), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(["2", "1"], found.Select(candidate => candidate.Record.Id));
            Assert.Equal(["email"], found[0].MatchRules);
            Assert.True(found[1].IsLink && found[1].MatchProbability > 0.9);
            Assert.Equal(index.Find(found[1].Record), found[1].EntityId);
        }
        Assert.Equal(3, index.Count);
        Assert.Equal(EntityChangeKind.Created, Assert.Single((await index.UpsertAsync([Record("9", null, "zoe")], TestContext.Current.CancellationToken)).Changes).Kind);
    }

    [Fact]
    public async Task Judgements_join_part_and_are_withdrawn()
    {
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, Model, Options, TestContext.Current.CancellationToken);
        await index.UpsertAsync([Record("1", "a@x.org"), Record("2", "a@x.org"), Record("3", "c@x.org")], TestContext.Current.CancellationToken);
        (RecordKey one, RecordKey two, RecordKey three) = (new("crm", "1"), new("crm", "2"), new("crm", "3"));
        Assert.Equal(PairVerdict.Linked, (await index.ExplainAsync(one, two, TestContext.Current.CancellationToken))!.Verdict);
        await index.CannotLinkAsync(one, two, "me", cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(index.Find(one), index.Find(two));
        PairExplanation apart = (await index.ExplainAsync(one, two, TestContext.Current.CancellationToken))!;
        Assert.Equal((PairVerdict.JudgedDifferent, false), (apart.Verdict, apart.AreTogether));
        Assert.Equal(["email"], apart.MatchRules.Select(rule => rule.Name));
        await index.UndoAsync(apart.Judgements[^1], TestContext.Current.CancellationToken);
        Assert.Equal(index.Find(one), index.Find(two));
        await index.MustLinkAsync(two, three, cancellationToken: TestContext.Current.CancellationToken);
        PairExplanation through = (await index.ExplainAsync(one, three, TestContext.Current.CancellationToken))!;
        Assert.Equal(PairVerdict.LinkedThroughOthers, through.Verdict);
        Assert.Equal([one, two, three], through.Path);
        Assert.Null(await index.ExplainAsync(one, new RecordKey("crm", "9"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_weights_of_an_explanation_add_up()
    {
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, Model, Options, TestContext.Current.CancellationToken);
        await index.UpsertAsync([Record("1", null, "ann lee"), Record("2", null, "ann lea")], TestContext.Current.CancellationToken);
        PairExplanation pair = (await index.ExplainAsync(new("crm", "1"), new("crm", "2"), TestContext.Current.CancellationToken))!;
        Assert.Equal(pair.MatchWeight!.Value, pair.PriorWeight + pair.Comparisons.Sum(comparison => comparison.Weight), 6);
        Assert.Equal("jaro_winkler >= 0.9", Assert.Single(pair.Comparisons).Level);
        Assert.Equal(["name.words"], pair.BlockingRules);
    }

    [Fact]
    public async Task A_new_model_resolves_all_records_anew_and_keeps_ids()
    {
        await using var store = new InMemoryLookupStore();
        LiveIndex index = await LiveIndex.OpenAsync(store, Model with { MatchRules = [], MatchProbabilityThreshold = 0.5 }, Options, TestContext.Current.CancellationToken);
        await index.UpsertAsync([Record("1", "a@x.org", "ann"), Record("2", "a@x.org", "bob"), Record("3", null, "zoe")], TestContext.Current.CancellationToken);
        string[] before = [.. new[] { "1", "2", "3" }.Select(id => index.Find(new RecordKey("crm", id))!)];
        await index.DisposeAsync();
        index = await LiveIndex.OpenAsync(store, Model, Options, TestContext.Current.CancellationToken);
        Assert.Equal([before[0], before[0], before[2]], new[] { "1", "2", "3" }.Select(id => index.Find(new RecordKey("crm", id))!));
        await index.DisposeAsync();
    }

    [Fact]
    public async Task A_model_that_is_not_trained_is_refused()
    {
        await using var store = new InMemoryLookupStore();
        IdentityModel untrained = new IdentityModelBuilder().Field("name", FieldKind.Text).BlockOn("name").Compare("name").Build();
        InvalidModelException error = await Assert.ThrowsAsync<InvalidModelException>(() => LiveIndex.OpenAsync(store, untrained, Options, TestContext.Current.CancellationToken));
        Assert.Contains("are not trained", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<InvalidModelException>(() => LiveIndex.OpenAsync(store, null, Options, TestContext.Current.CancellationToken));
        Assert.Contains("holds no model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_can_not_be_stored_is_refused_and_nothing_changes()
    {
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, Model, Options, TestContext.Current.CancellationToken);
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(() => index.UpsertAsync([Record("1", "a@x.org"), Record("2", "\ud800")], TestContext.Current.CancellationToken));
        Assert.Contains("'email'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidRecordException>(() => index.UpsertAsync([Record("", "a@x.org")], TestContext.Current.CancellationToken));
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public async Task Services_share_one_index()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILiveStore>(new InMemoryLookupStore());
        services.AddLiveIdentityResolution(Model, Options);
        await using ServiceProvider provider = services.BuildServiceProvider();
        LiveIndexProvider live = provider.GetRequiredService<LiveIndexProvider>();
        Assert.Same(await live.GetAsync(TestContext.Current.CancellationToken), await live.GetAsync(TestContext.Current.CancellationToken));
    }

    private static SourceRecord Record(string id, string? email, string? name = null) => SourceRecord.Create("crm", id, ("email", email), ("name", name));
}
