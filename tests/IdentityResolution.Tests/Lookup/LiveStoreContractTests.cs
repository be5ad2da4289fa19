using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Lookup;

namespace IdentityResolution.Tests.Lookup;

/// <summary>What every store promises that keeps records, links, judgements and history. One sealed class per store derives from it.</summary>
public abstract partial class LiveStoreContractTests : LookupStoreContractTests
{
    private static readonly RecordKey One = new("crm", "1");
    private static readonly RecordKey Two = new("crm", "2");
    private static readonly RecordKey Three = new("shop", "3");

    /// <summary>How many random histories to try.</summary>
    protected virtual int Histories => 60;

    /// <summary>The store under test; the same contents whenever it is opened within one test.</summary>
    protected abstract ILiveStore OpenLive();

    /// <summary>Another store, empty.</summary>
    protected abstract ILiveStore OpenEmpty();

    protected sealed override ILookupStore Open() => OpenLive();

    [Fact]
    public void Any_history_reads_as_the_plain_store_has_it_now_and_at_every_moment()
    {
        Gen<(int Seed, int Steps)> gen = from seed in Gen.Choose(0, int.MaxValue - 1) from steps in Gen.Choose(1, 12) select (seed, steps);
        Prop.ForAll(gen.ToArbitrary(), history => RunHistoryAsync(history.Seed, history.Steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Histories).WithReplay(20_261_122UL, 77UL));
    }

    [Fact]
    public async Task Records_links_judgements_model_and_position_are_read_back()
    {
        LookupCommit commit = Full();
        await using (ILiveStore store = OpenLive())
        {
            await store.CommitAsync(commit, Token);
        }

        await using ILiveStore reopened = OpenLive();
        SourceRecord? record = await reopened.FindRecordAsync(One, Token);
        Assert.Equal("Ann", record!.Values["name"]);
        Assert.Null(record.Values["city"]);
        Assert.Null(await reopened.FindRecordAsync(new RecordKey("crm", "9"), Token));
        Assert.Equal([One, Two, Three], (await ListAsync(reopened.ReadRecordsAsync(Token))).Select(found => found.Key));
        Assert.Equal(commit.Links, await ListAsync(reopened.ReadLinksAsync(Token)));
        Assert.Equal(commit.Judgements, await ListAsync(reopened.ReadJudgementsAsync(Token)));
        Assert.Equal(commit.Model, await reopened.FindModelAsync(Token));
        Assert.Equal("7", await reopened.FindPositionAsync("slot", Token));
        Assert.Null(await reopened.FindPositionAsync("other", Token));
        Assert.Equal([new StoredRun(1, "run 1", commit.At, commit.ModelHash)], await ListAsync(reopened.ReadRunsAsync(Token)));
    }

    [Fact]
    public async Task What_is_shown_to_a_visitor_is_what_is_read()
    {
        // Quotes, escapes, controls, the sign that PostgreSQL's store escapes with, and an id that stands apart there.
        string odd = "\"a\\b\"\n\u2400 \u00e9\U0001F600";
        RecordKey distant = new("sh\u2400p \"x\"", new string('x', 2000) + odd);
        LookupCommit commit = Full();
        await using ILiveStore store = OpenLive();
        await store.VisitRecordsAsync((_, _, _) => Assert.Fail("The store is empty."), Token);
        await store.CommitAsync(
            commit with
            {
                Rows = [.. commit.Rows, new LookupRow(distant, commit.Entities.First().EntityId, "email", 1)],
                Records = [.. commit.Records, SourceRecord.Create(distant.Source, distant.Id, ("na\"me", odd), ("empty", ""), ("none", null))],
                Links = [.. commit.Links, new Link(One, distant, Link.ScoreName, 0.75, 1.5)],
            },
            Token);

        var records = new List<(RecordKey Key, string Values)>();
        await store.VisitRecordsAsync((source, id, content) => records.Add((new RecordKey(source, Encoding.UTF8.GetString(id)), Text(RecordContent.Read(content)))), Token);
        Assert.Equal((await ListAsync(store.ReadRecordsAsync(Token))).Select(record => (record.Key, Text(record.Values))), records);
        var links = new List<(RecordKey, RecordKey, string, double?)>();
        await store.VisitLinksAsync(
            (leftSource, leftId, rightSource, rightId, matchedBy, weight) => links.Add(
                (new RecordKey(leftSource, Encoding.UTF8.GetString(leftId)), new RecordKey(rightSource, Encoding.UTF8.GetString(rightId)), matchedBy, weight)),
            Token);
        Assert.Equal((await ListAsync(store.ReadLinksAsync(Token))).Select(link => (link.Left, link.Right, link.MatchedBy, link.MatchWeight)), links);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.VisitRecordsAsync((_, _, _) => throw new InvalidOperationException(), Token));
        Assert.Equal(records.Count, (await ListAsync(store.ReadRecordsAsync(Token))).Count);

        static string Text(IReadOnlyDictionary<string, string?> values) =>
            string.Join("; ", values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value ?? "null"}"));
    }

    [Fact]
    public async Task Of_two_live_indexes_the_second_writer_is_refused_and_then_reads_anew()
    {
        static SourceRecord Of(string id, string email) => SourceRecord.Create("crm", id, ("email", email));
        IdentityModel model = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email").Build();
        await using ILiveStore one = OpenLive();
        await using ILiveStore other = OpenLive();
        await using LiveIndex first = await LiveIndex.OpenAsync(one, model, cancellationToken: Token);
        await using LiveIndex second = await LiveIndex.OpenAsync(other, cancellationToken: Token);
        await first.UpsertAsync(Of("1", "ann@x.org"), Token);

        await Assert.ThrowsAsync<LookupConflictException>(() => second.UpsertAsync(Of("2", "ann@x.org"), Token));
        Assert.Single(await ListAsync(one.ReadRecordsAsync(Token)));
        await second.UpsertAsync(Of("2", "ann@x.org"), Token);
        Assert.Equal(first.Find(One), second.Find(Two));

        // Both at once: each call writes, or is refused and may be made again. Nothing is lost, nothing mixed.
        int refused = 0;
        async Task WriteAsync(LiveIndex index, int from)
        {
            for (int i = from; i < from + 20;)
            {
                try
                {
                    await index.UpsertAsync(Of($"n{i}", $"{i % 7}@x.org"), Token);
                    i++;
                }
                catch (LookupConflictException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }
        await Task.WhenAll(Task.Run(() => WriteAsync(first, 100), Token), Task.Run(() => WriteAsync(second, 200), Token));
        Assert.True(refused > 0);
        LookupState state = await one.LoadAsync(Token);
        Assert.Equal(42, state.Rows.Count);
        Assert.Equal(8, state.Rows.Select(row => row.EntityId).Distinct().Count());
        Assert.Equal(42, (await ListAsync(other.ReadRecordsAsync(Token))).Count);
    }

    [Fact]
    public async Task A_batch_with_nothing_new_is_answered_from_the_store()
    {
        static RecordSet[] People(int changed = -1, int step = 1) => [RecordSet.From(Enumerable.Range(0, 60 / step).Select(number => number * step).Select(number => SourceRecord.Create(
            "crm", $"{number}", ("email", $"{(number == changed ? 99 : number / 3)}@x.org"), ("city", number % 2 == 0 ? "Oslo" : "Rome"))), "crm")];
        IdentityModel model = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email").Build();
        IdentityResolver resolver = IdentityResolver.Create(model);
        await using ILiveStore store = OpenLive();
        Resolution first = await resolver.ResolveAsync(People(), store, cancellationToken: Token);
        long runs = (await store.LoadAsync(Token)).RunCount;
        Assert.False(first.Summary.IsUnchanged);

        RecordSet[] reversed = [RecordSet.From(Enumerable.Range(0, 60).Reverse().Select(number => SourceRecord.Create(
            "crm", $"{number}", ("email", $"{number / 3}@x.org"), ("city", number % 2 == 0 ? "Oslo" : "Rome"))), "crm")];
        foreach (RecordSet[] same in (RecordSet[][])[People(), reversed])
        {
            Resolution again = await resolver.ResolveAsync(same, store, cancellationToken: Token);
            Assert.True(again.Summary.IsUnchanged);
            Assert.Equal([.. first.Lookup], again.Lookup.ToArray());
            Assert.Equal([.. first.Links], again.Links.ToArray());
            Assert.Equal(
                (first.Summary.Records, first.Summary.Customers, first.Summary.Links, first.Summary.CandidatePairs, first.Summary.ModelHash),
                (again.Summary.Records, again.Summary.Customers, again.Summary.Links, again.Summary.CandidatePairs, again.Summary.ModelHash));
            Assert.Empty(again.Changes);
        }
        Assert.Equal(runs, (await store.LoadAsync(Token)).RunCount);

        // A review, another seed, another value, a judgement and another writer each make a run of their own.
        Assert.False((await IdentityResolver.Create(model, new ResolverOptions { Review = new ReviewOptions(), DryRun = true }).ResolveAsync(People(), store, cancellationToken: Token)).Summary.IsUnchanged);
        Assert.False((await IdentityResolver.Create(model, new ResolverOptions { Seed = 2, DryRun = true }).ResolveAsync(People(), store, cancellationToken: Token)).Summary.IsUnchanged);
        Assert.False((await resolver.ResolveAsync(People(changed: 5), store, cancellationToken: Token)).Summary.IsUnchanged);
        Assert.True((await resolver.ResolveAsync(People(changed: 5), store, cancellationToken: Token)).Summary.IsUnchanged);
        var judged = new ResolverOptions { Judgements = [new Judgement(new("crm", "0"), new("crm", "59"), JudgementDecision.Same)] };
        Assert.False((await IdentityResolver.Create(model, judged).ResolveAsync(People(changed: 5), store, cancellationToken: Token)).Summary.IsUnchanged);
        Assert.True((await IdentityResolver.Create(model, judged).ResolveAsync(People(changed: 5), store, cancellationToken: Token)).Summary.IsUnchanged);
        Assert.True((await resolver.ResolveAsync(People(changed: 5), store, cancellationToken: Token)).Summary.IsUnchanged);
        await using (LiveIndex index = await LiveIndex.OpenAsync(store, cancellationToken: Token))
        {
            await index.DeleteAsync([new("crm", "7")], Token);
        }
        Resolution healed = await resolver.ResolveAsync(People(changed: 5), store, cancellationToken: Token);
        Assert.Equal((false, 60L), (healed.Summary.IsUnchanged, healed.Summary.Records));
        Assert.Equal(60, (await store.LoadAsync(Token)).Rows.Count);

        // A store may hold more than the batch.
        Resolution part = await resolver.ResolveAsync(People(changed: 8, step: 4), store, cancellationToken: Token);
        Resolution partAgain = await resolver.ResolveAsync(People(changed: 8, step: 4), store, cancellationToken: Token);
        Assert.Equal((false, true), (part.Summary.IsUnchanged, partAgain.Summary.IsUnchanged));
        Assert.Equal(15, partAgain.Lookup.Count);
        Assert.Equal([.. part.Lookup], partAgain.Lookup.ToArray());
    }

    [Fact]
    public async Task Many_records_and_links_are_read_in_order_of_key()
    {
        SourceRecord[] records = [.. Enumerable.Range(0, 5_000).Select(number => SourceRecord.Create("crm", $"{number}", ("name", $"n{number}")))];
        Link[] links = [.. Enumerable.Range(1, 4_999).Select(number => new Link(records[number].Key, records[number - 1].Key, "email", 1, null))];
        await using ILiveStore store = OpenLive();
        await store.CommitAsync(FirstRun() with { Records = records, Links = links }, Token);

        Assert.Equal(records.Select(record => record.Key).Order(), (await ListAsync(store.ReadRecordsAsync(Token))).Select(record => record.Key));
        List<Link> read = await ListAsync(store.ReadLinksAsync(Token));
        Assert.Equal(4_999, read.Count);
        Assert.Equal(read.OrderBy(link => link.Left).ThenBy(link => link.Right), read);
        Assert.All(read, link => Assert.True(link.Left < link.Right));
    }

    [Fact]
    public async Task A_new_live_store_is_empty()
    {
        await using ILiveStore store = OpenLive();
        Assert.Empty(await ListAsync(store.ReadRecordsAsync(Token)));
        Assert.Empty(await ListAsync(store.ReadLinksAsync(Token)));
        Assert.Empty(await ListAsync(store.ReadJudgementsAsync(Token)));
        Assert.Empty(await ListAsync(store.ReadRunsAsync(Token)));
        Assert.Empty(await ListAsync(store.ReadErasuresAsync(Token)));
        Assert.Empty(await ListAsync(store.ReadChangesAsync(0, Token)));
        Assert.Null(await store.FindModelAsync(Token));
        Assert.Null(await store.FindAsync(One, DateTimeOffset.MaxValue, Token));
        Assert.Null(await store.ResolveEntityAsync("C1", DateTimeOffset.MaxValue, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.RollBackAsync("run 1", "back", DateTimeOffset.UnixEpoch, Token));
    }

    [Fact]
    public async Task An_id_that_was_retired_for_good_leads_nowhere_and_stays_known()
    {
        await using ILiveStore store = OpenLive();
        await store.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(
            Merge() with { Rows = [], RemovedRows = [Two], Entities = [new EntityState("C2", 2, null) { IsRetired = true }], Changes = [] }, Token);

        Assert.Null(await store.ResolveEntityAsync("C2", Token));
        Assert.Equal("C2", await store.ResolveEntityAsync("C2", FirstRun().At, Token));
        Assert.True((await store.LoadAsync(Token)).Entities.Single(entity => entity.EntityId == "C2").IsRetired);
        Assert.Null(await store.FindAsync(Two, Token));
        Assert.Equal("C2", (await store.FindAsync(Two, FirstRun().At, Token))!.Value.EntityId);
    }

    [Fact]
    public async Task A_run_that_fails_in_the_middle_changes_no_record_and_no_link()
    {
        await using ILiveStore store = OpenLive();
        await store.CommitAsync(Full(), Token);
        LookupCommit bad = Merge() with
        {
            RemovedRows = [One],
            Records = [SourceRecord.Create("crm", "2", ("name", "Bob"))],
            Model = "{}",
            Position = new StreamPosition("slot", "8"),
            Links = [new Link(One, One, "email", 1, null)],
            RemovedLinks = [new RecordPair(Two, Three)],
        };
        await Assert.ThrowsAsync<LookupFormatException>(() => store.CommitAsync(bad, Token));

        Assert.Equal(3, (await ListAsync(store.ReadRecordsAsync(Token))).Count);
        Assert.Equal("Ann", (await store.FindRecordAsync(Two, Token))!.Values["name"]);
        Assert.Equal(Full().Links, await ListAsync(store.ReadLinksAsync(Token)));
        Assert.Equal("7", await store.FindPositionAsync("slot", Token));
        Assert.Equal(Full().Model, await store.FindModelAsync(Token));
        Assert.Equal(Full().RunId, (await store.RollBackAsync("run 1", "back", Full().At, Token))[0].Reason[^5..]);
    }

    [Fact]
    public async Task What_an_erasing_run_says_of_the_record_is_not_kept()
    {
        await using ILiveStore store = OpenLive();
        await store.CommitAsync(Full(), Token);
        LookupCommit erase = Merge() with
        {
            Rows = [],
            RemovedRows = [One],
            Entities = [],
            Changes =
            [
                new(EntityChangeKind.Left, "C1", null, One, "", "run 2", Merge().At),
                new(EntityChangeKind.Erased, "C1", null, null, "", "run 2", Merge().At),
            ],
        };
        ErasureReceipt receipt = await store.EraseAsync(erase, Token);

        Assert.Equal(["C1"], receipt.EntityIds);
        Assert.Equal(2, receipt.RemovedRows["links"]);
        Assert.Equal(1, receipt.RemovedRows["judgements"]);
        Assert.NotEmpty(receipt.Notes);
        Assert.Null(await store.FindAsync(One, Full().At, Token));
        Assert.DoesNotContain(await Changes(store), change => change.Record == One);
        Assert.Equal(EntityChangeKind.Erased, (await Changes(store))[^1].Kind);
        Assert.Equal("run 2", Assert.Single(await ListAsync(store.ReadErasuresAsync(Token))).RunId);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.RollBackAsync("run 1", "back", Merge().At, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.RollBackAsync("run 2", "back", Merge().At, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.EraseAsync(Full(), Token));
    }

    /// <summary>A first run with something of everything.</summary>
    protected static LookupCommit Full() => FirstRun() with
    {
        Records = [Ann(One), Ann(Two), Ann(Three)],
        Links = [new Link(One, Two, "email", 1, null), new Link(One, Three, Link.ScoreName, 0.75, 3.5), new Link(Two, Three, "email", 1, null)],
        Judgements =
        [
            new Judgement(Two, One, JudgementDecision.Same) { JudgedBy = "steward", JudgedAt = FirstRun().At, Note = "by phone" },
            new Judgement(Two, Three, JudgementDecision.Different),
        ],
        Model = "{\"model\":1}",
        Position = new StreamPosition("slot", "7"),
    };

    protected static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (T item in items)
        {
            list.Add(item);
        }
        return list;
    }

    private static SourceRecord Ann(RecordKey key) => SourceRecord.Create(key.Source, key.Id, ("name", "Ann"), ("city", null));

    private async Task RunHistoryAsync(int seed, int steps)
    {
        await using ILiveStore store = OpenEmpty();
        var world = new StoreWorld(store, seed);
        for (int step = 0; step < steps; step++)
        {
            await world.StepAsync(Token);
            await world.CompareAsync(Token);
        }
        await world.ComparePastAsync(Token);
        await world.CompareFeedAsync(Token);
    }
}
