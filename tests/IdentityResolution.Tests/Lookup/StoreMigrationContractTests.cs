using System.Runtime.CompilerServices;

namespace IdentityResolution.Tests.Lookup;

/// <summary>A store that the first release made (tests/data/stores: two runs, four records) is read, and brought up to date by the first write.</summary>
public abstract class StoreMigrationContractTests
{
    private static readonly RecordKey First = new("crm", "1");
    private static readonly DateTimeOffset At = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reading_a_store_of_version_1_changes_nothing_in_it()
    {
        string before = await ContentsAsync();
        await using (ILiveStore store = Open())
        {
            LookupState state = await store.LoadAsync(Token);
            Assert.Equal(4, state.Rows.Count);
            Assert.Equal(2, state.RunCount);
            Assert.Equal("CCCBKP2TDX31R1", (await store.FindAsync(First, Token))!.Value.EntityId);
            Assert.Equal("CCCBKP2TDX31R1", await store.ResolveEntityAsync("CCCBKP2TDX31R1", Token));
            Assert.Equal(4, await store.ReadChangesAsync(0, Token).CountAsync(Token));
            Assert.Equal(2, await store.ReadRunsAsync(Token).CountAsync(Token));
            Assert.Equal(0, await store.ReadRecordsAsync(Token).CountAsync(Token));
            await store.VisitRecordsAsync((_, _, _) => Assert.Fail("It keeps no records."), Token);
            Assert.Null(await store.FindModelAsync(Token));
        }
        Assert.Equal(before, await ContentsAsync());
        Assert.Equal("1", await VersionAsync());
    }

    [Fact]
    public async Task The_first_write_brings_a_store_of_version_1_up_to_date()
    {
        await using ILiveStore store = Open();
        string last = (await store.ReadRunsAsync(Token).LastAsync(Token)).RunId;
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.RollBackAsync(last, "back", At, Token));
        await store.CommitAsync(
            new LookupCommit("run 3", At, "abc", [new LookupRow(First, "CARN7Q6R77Q8ZD", "email", 1)], [], [])
            {
                ExpectedRunCount = 2,
                Records = [SourceRecord.Create("crm", "1", ("name", "Ann"))],
                RemovedRows = [new RecordKey("crm", "4")],
            },
            Token);

        Assert.Equal("3", await VersionAsync());
        Assert.Equal("CARN7Q6R77Q8ZD", (await store.FindAsync(First, At, Token))!.Value.EntityId);
        Assert.Equal("CCCBKP2TDX31R1", (await store.FindAsync(First, At.AddDays(-1), Token))!.Value.EntityId);
        // What the rows were before the last run of the old version is not known.
        Assert.Null(await store.FindAsync(First, new DateTimeOffset(2026, 11, 22, 5, 37, 42, TimeSpan.Zero), Token));
        await store.RollBackAsync("run 3", "back", At.AddDays(1), Token);
        Assert.Equal("CCCBKP2TDX31R1", (await store.FindAsync(First, Token))!.Value.EntityId);
        Assert.Equal(4, (await store.LoadAsync(Token)).Rows.Count);
        Assert.Null(await store.FindRecordAsync(First, Token));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_a_store_of_version_1_as_it_was()
    {
        string before = await TablesAsync();
        await using ILiveStore store = Open();
        await Assert.ThrowsAsync<LookupConflictException>(
            () => store.CommitAsync(new LookupCommit("run 3", DateTimeOffset.UnixEpoch, "abc", [], [], []) { ExpectedRunCount = 7 }, Token));
        Assert.Equal("1", await VersionAsync());
        Assert.Equal(before, await TablesAsync());
    }

    [Fact]
    public async Task A_store_of_version_2_is_read_with_its_records_and_brought_up_to_date_by_the_first_write()
    {
        IdentityModel model = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email").Build();
        await EmptyAsync();
        await using (ILiveStore made = Open())
        {
            await using LiveIndex index = await LiveIndex.OpenAsync(made, model, cancellationToken: Token);
            await index.UpsertAsync(SourceRecord.Create("crm", "1", ("email", "ann@x.org")), Token);
        }
        await PutBackToVersion2Async();
        await using ILiveStore old = Open(RecordTermOptions.Plain);
        Assert.Equal(0, await old.ReadTermsAsync(Token).CountAsync(Token));
        Assert.True(await old.OwesTermsAsync(Token));
        await using LiveIndex opened = await LiveIndex.OpenAsync(old, cancellationToken: Token);
        Assert.Equal(1, opened.Count);
        Assert.Equal("2", await VersionAsync());
        await opened.UpsertAsync(SourceRecord.Create("crm", "2", ("email", "ann@x.org")), Token);
        Assert.Equal("3", await VersionAsync());
        Assert.Equal(4, await old.ReadTermsAsync(Token).CountAsync(Token));
        Assert.False(await old.OwesTermsAsync(Token));
        Assert.Equal("[\"ann@x.org\"]", await FirstMatchKeyAsync());
    }

    [Fact]
    public async Task A_new_store_has_the_tables_of_one_that_was_brought_up_to_date()
    {
        await CommitAsync();
        string migrated = await TablesAsync();
        Assert.Contains("past_rows", migrated, StringComparison.Ordinal);
        await EmptyAsync();
        await CommitAsync();
        Assert.Equal(await TablesAsync(), migrated);

        async Task CommitAsync()
        {
            await using ILiveStore store = Open();
            await store.CommitAsync(new LookupCommit("run 3", DateTimeOffset.UnixEpoch, "abc", [], [], []), Token);
        }
    }

    /// <summary>The folder of the stores that old versions made.</summary>
    protected static string OldStores() => Path.GetFullPath(Path.Combine(Here(), "..", "..", "data", "stores"));

    protected abstract ILiveStore Open(RecordTermOptions? terms = null);

    /// <summary>Makes the place one without a store.</summary>
    protected abstract Task EmptyAsync();

    protected abstract Task PutBackToVersion2Async();

    /// <summary>The version that stands in the store.</summary>
    protected abstract Task<string?> VersionAsync();

    /// <summary>The first of the keys that the view of match keys shows.</summary>
    protected abstract Task<string?> FirstMatchKeyAsync();

    /// <summary>All that the store has, or a digest of it.</summary>
    protected abstract Task<string> ContentsAsync();

    /// <summary>The definitions of its tables. That rows of the old version count as written by its last run, the second, is left out.</summary>
    protected abstract Task<string> TablesAsync();

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
