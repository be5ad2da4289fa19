using System.Collections;

namespace IdentityResolution.Tests.Lookup;

/// <summary>What every lookup store promises. One sealed class per store derives from it.</summary>
public abstract class LookupStoreContractTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 30, 45, 123, TimeSpan.FromHours(2));

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The store under test; the same contents whenever it is opened within one test.</summary>
    protected abstract ILookupStore Open();

    [Fact]
    public async Task A_new_store_is_empty()
    {
        await using ILookupStore store = Open();

        LookupState state = await store.LoadAsync(Token);
        Assert.Empty(state.Rows);
        Assert.Empty(state.Entities);
        Assert.Equal(0, state.RunCount);
        Assert.Null(await store.FindAsync(new RecordKey("crm", "1"), Token));
        Assert.Null(await store.ResolveEntityAsync("C1", Token));
        Assert.Empty(await Changes(store));
    }

    [Fact]
    public async Task What_is_written_is_read_back()
    {
        LookupCommit commit = Commit("run 1", 0,
            [Row("crm", "2", "C1", "email", 1), Row("crm", "10", "C1", "score", 0.998712), Row("shop", "1", "C2", "", null)],
            [new("C1", 1, null), new("C2", 2, null)],
            [Created("run 1", "C1", "email"), Created("run 1", "C2", "")]);
        await using (ILookupStore store = Open())
        {
            await store.CommitAsync(commit, Token);
        }

        await using ILookupStore reopened = Open();
        LookupState state = await reopened.LoadAsync(Token);
        Assert.Equal(Ordered(commit.Rows), Ordered(state.Rows));
        Assert.Equal(Ordered(commit.Entities), Ordered(state.Entities));
        Assert.Equal(commit.Changes, await Changes(reopened));
        Assert.Equal(1, state.RunCount);
        Assert.Equal(Row("crm", "10", "C1", "score", 0.998712), await reopened.FindAsync(new RecordKey("crm", "10"), Token));
        Assert.Null(await reopened.FindAsync(new RecordKey("crm", "1"), Token));
    }

    public static TheoryData<string> OddTexts => new(
        "a,b", "a\"b", "\"", "a\nb", "a\r\nb", " a ", "'; DROP TABLE lookup; --", "=1+1", "é́", "\U0001F469‍\U0001F469‍\U0001F467 \U0001D11E",
        "﻿bom", "a\u0000b", "NULL", "-", new string('x', 200_000), "ﾀ\U0001F600");

    [Theory]
    [MemberData(nameof(OddTexts))]
    public async Task Odd_text_comes_back_as_it_was(string odd)
    {
        LookupCommit commit = Commit("run " + odd, 0,
            [Row(odd, odd, odd, odd, 0.5), Row("plain", odd, odd, "", null)],
            [new(odd, 1, null), new("old " + odd, 2, odd)],
            [
                new(EntityChangeKind.Joined, odd, null, new RecordKey(odd, odd), odd, "run " + odd, At),
                new(EntityChangeKind.Merged, "old " + odd, odd, null, odd, "run " + odd, At),
            ]);
        await using (ILookupStore store = Open())
        {
            await store.CommitAsync(commit, Token);
        }

        await using ILookupStore reopened = Open();
        LookupState state = await reopened.LoadAsync(Token);
        Assert.Equal(Ordered(commit.Rows), Ordered(state.Rows));
        Assert.Equal(Ordered(commit.Entities), Ordered(state.Entities));
        Assert.Equal(commit.Changes, await Changes(reopened));
        Assert.Equal(commit.Rows.First(), await reopened.FindAsync(new RecordKey(odd, odd), Token));
        Assert.Equal(odd, await reopened.ResolveEntityAsync("old " + odd, Token));
        await reopened.CommitAsync(commit, Token);
        Assert.Equal(1, (await reopened.LoadAsync(Token)).RunCount);
    }

    [Fact]
    public async Task A_later_run_replaces_rows_and_appends_to_the_history()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(Merge(), Token);

        LookupState state = await store.LoadAsync(Token);
        Assert.Equal(Ordered([Row("crm", "1", "C1", "email", 1), Row("crm", "2", "C1", "email", 1)]), Ordered(state.Rows));
        Assert.Equal(Ordered([new EntityState("C1", 1, null), new EntityState("C2", 2, "C1")]), Ordered(state.Entities));
        Assert.Equal(FirstRun().Changes.Concat(Merge().Changes), await Changes(store));
        Assert.Equal(2, state.RunCount);
    }

    [Fact]
    public async Task Of_two_rows_of_one_record_the_last_one_holds()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(
            FirstRun() with { Rows = [Row("crm", "1", "C2", "email", 1), Row("crm", "2", "C2", "", null), Row("crm", "1", "C1", "", null)] }, Token);
        Assert.Equal(Ordered([Row("crm", "1", "C1", "", null), Row("crm", "2", "C2", "", null)]), Ordered((await store.LoadAsync(Token)).Rows));

        await store.CommitAsync(Merge() with { Rows = [Row("crm", "2", "C2", "", null), Row("shop", "1", "C1", "", null), Row("crm", "2", "C1", "email", 1)] }, Token);
        Assert.Equal(
            Ordered([Row("crm", "1", "C1", "", null), Row("crm", "2", "C1", "email", 1), Row("shop", "1", "C1", "", null)]),
            Ordered((await store.LoadAsync(Token)).Rows));
    }

    [Fact]
    public async Task A_retired_id_resolves_to_its_successor()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        Assert.Equal("C2", await store.ResolveEntityAsync("C2", Token));
        await store.CommitAsync(Merge(), Token);

        Assert.Equal("C1", await store.ResolveEntityAsync("C1", Token));
        Assert.Equal("C1", await store.ResolveEntityAsync("C2", Token));
        Assert.Null(await store.ResolveEntityAsync("C3", Token));
    }

    [Fact]
    public async Task A_chain_of_redirects_is_followed_to_its_end()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(Merge(), Token);
        await store.CommitAsync(Commit("run 3", 2, [], [new("C3", 3, null), new("C1", 1, "C3")], []), Token);

        Assert.Equal("C3", await store.ResolveEntityAsync("C2", Token));
        Assert.Equal("C3", await store.ResolveEntityAsync("C1", Token));
        Assert.Equal("C3", (await store.LoadAsync(Token)).Entities.Single(entity => entity.EntityId == "C2").SuccessorId);
    }

    [Fact]
    public async Task A_replay_of_any_run_changes_nothing()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(Merge(), Token);
        Contents before = await Read(store);
        await store.CommitAsync(Merge(), Token);
        await store.CommitAsync(FirstRun(), Token);

        Assert.Equal(before, await Read(store));
    }

    [Fact]
    public async Task A_run_that_changed_nothing_is_counted()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);
        await store.CommitAsync(Commit("run 2", 1, [], [], []), Token);

        Assert.Equal(before with { RunCount = 2 }, await Read(store));
    }

    [Fact]
    public async Task A_run_that_is_based_on_an_older_state_is_refused()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);

        LookupCommit stale = Merge() with { ExpectedRunCount = 0 };
        LookupConflictException error = await Assert.ThrowsAsync<LookupConflictException>(() => store.CommitAsync(stale, Token));
        Assert.Equal(store.Description, error.Store);
        Assert.Equal(before, await Read(store));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_in_the_middle_changes_nothing()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);

        using var cancelled = new CancellationTokenSource();
        LookupCommit commit = ManyRows(50_000, row =>
        {
            if (row == 25_000)
            {
                cancelled.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.CommitAsync(commit, cancelled.Token));
        Assert.Equal(before, await Read(store));

        await store.CommitAsync(ManyRows(50_000, _ => { }), Token);
        Assert.Equal(50_002, (await store.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_run_that_fails_in_the_middle_changes_nothing()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);

        LookupCommit commit = ManyRows(5_000, row => _ = row == 4_000 ? throw new InvalidDataException("in the middle") : row);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.CommitAsync(commit, Token));
        Assert.Equal(before, await Read(store));
    }

    [Fact]
    public async Task A_first_run_that_fails_leaves_an_empty_store()
    {
        await using (ILookupStore store = Open())
        {
            LookupCommit commit = ManyRows(5_000, row => _ = row == 4_000 ? throw new InvalidDataException("in the middle") : row) with
            {
                ExpectedRunCount = 0,
            };
            await Assert.ThrowsAsync<InvalidDataException>(() => store.CommitAsync(commit, Token));
        }

        await using ILookupStore reopened = Open();
        Assert.Empty((await reopened.LoadAsync(Token)).Rows);
        await reopened.CommitAsync(FirstRun(), Token);
        Assert.Equal(2, (await reopened.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_run_that_would_leave_a_store_nobody_can_read_is_refused()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);
        LookupCommit[] bad =
        [
            Commit("run 2", 1, [Row("crm", "3", "C9", "", null)], [], []),
            Commit("run 2", 1, [Row("crm", "3", "", "", null)], [], []),
            Commit("run 2", 1, [Row("", "3", "C1", "", null)], [], []),
            Commit("run 2", 1, [Row("crm", "", "C1", "", null)], [], []),
            Commit("run 2", 1, [Row("crm", "3", "C1", "email", 1.5)], [], []),
            Commit("run 2", 1, [], [new("C3", 3, "C9")], []),
            Commit("run 2", 1, [], [new("C3", 0, null)], []),
            Commit("run 2", 1, [], [new("", 3, null)], []),
            Commit("", 1, [], [], []),
        ];
        foreach (LookupCommit commit in bad)
        {
            Assert.NotNull(await Record.ExceptionAsync(() => store.CommitAsync(commit, Token)));
            Assert.Equal(before, await Read(store));
        }
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        await using ILookupStore store = Open();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.CommitAsync(FirstRun(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.LoadAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.FindAsync(new RecordKey("crm", "1"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ResolveEntityAsync("C1", cancelled));
        Assert.Equal(0, (await store.LoadAsync(Token)).RunCount);
    }

    [Fact]
    public async Task A_long_history_is_read_in_order()
    {
        await using ILookupStore store = Open();
        EntityChange[] changes = [.. Enumerable.Range(0, 5_000).Select(number => Created("run 1", $"C{number}", ""))];
        await store.CommitAsync(
            Commit("run 1", 0, [], [.. Enumerable.Range(0, 5_000).Select(number => new EntityState($"C{number}", number + 1, null))], changes), Token);

        Assert.Equal(changes, await Changes(store));
    }

    [Fact]
    public async Task A_description_names_the_store()
    {
        await using ILookupStore store = Open();
        Assert.NotEmpty(store.Description);
    }

    protected static LookupCommit FirstRun() => Commit("run 1", 0,
        [Row("crm", "1", "C1", "", null), Row("crm", "2", "C2", "", null)],
        [new("C1", 1, null), new("C2", 2, null)],
        [Created("run 1", "C1", ""), Created("run 1", "C2", "")]);

    protected static LookupCommit Merge() => Commit("run 2", 1,
        [Row("crm", "1", "C1", "email", 1), Row("crm", "2", "C1", "email", 1)],
        [new("C2", 2, "C1")],
        [new(EntityChangeKind.Merged, "C2", "C1", null, "email", "run 2", At.AddDays(1))]) with
    { At = At.AddDays(1) };

    /// <summary>A second run of many rows; <paramref name="onRow"/> is called when the store asks for a row.</summary>
    protected static LookupCommit ManyRows(int count, Action<int> onRow) => Commit("run 2", 1, [], [new("C3", 3, null)], [Created("run 2", "C3", "email")]) with
    {
        Rows = new WatchedRows(count, onRow),
    };

    protected static async Task<Contents> Read(ILookupStore store)
    {
        LookupState state = await store.LoadAsync(Token);
        return new Contents(
            string.Join('\n', Ordered(state.Rows)),
            string.Join('\n', Ordered(state.Entities)),
            string.Join('\n', await Changes(store)),
            state.RunCount);
    }

    protected static async Task<EntityChange[]> Changes(ILookupStore store)
    {
        var changes = new List<EntityChange>();
        await foreach (EntityChange change in store.ReadChangesAsync(Token))
        {
            changes.Add(change);
        }
        return [.. changes];
    }

    private static LookupRow[] Ordered(IEnumerable<LookupRow> rows) => [.. rows.OrderBy(row => row.Key)];

    private static EntityState[] Ordered(IEnumerable<EntityState> entities) => [.. entities.OrderBy(entity => entity.CreatedSequence)];

    private static LookupRow Row(string source, string id, string entityId, string matchedBy, double? probability) =>
        new(new RecordKey(source, id), entityId, matchedBy, probability);

    private static EntityChange Created(string run, string entityId, string reason) =>
        new(EntityChangeKind.Created, entityId, null, null, reason, run, At);

    private static LookupCommit Commit(string run, long expected, LookupRow[] rows, EntityState[] entities, EntityChange[] changes) =>
        new(run, At, "00ff", rows, entities, changes) { ExpectedRunCount = expected };

    /// <summary>Everything a store holds, as text that can be compared.</summary>
    protected sealed record Contents(string Rows, string Entities, string Changes, long RunCount);

    private sealed class WatchedRows(int count, Action<int> onRow) : IReadOnlyCollection<LookupRow>
    {
        public int Count => count;

        public IEnumerator<LookupRow> GetEnumerator()
        {
            for (int row = 0; row < count; row++)
            {
                onRow(row);
                yield return Row("web", $"{row:000000}", "C3", "email", 1);
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
