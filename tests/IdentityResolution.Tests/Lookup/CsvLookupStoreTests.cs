using IdentityResolution.Lookup;

namespace IdentityResolution.Tests.Lookup;

public sealed class CsvLookupStoreTests : LookupStoreContractTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idres-csv-");

    private string Table => Path.Combine(_folder.FullName, "customers.csv");

    protected override ILookupStore Open() => new CsvLookupStore(Table);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_files_are_plain_csv()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(Merge(), Token);

        Assert.Equal(
            "source,record_id,customer_id,matched_by,match_probability\ncrm,1,C1,email,1.000000\ncrm,2,C1,email,1.000000\n", Text("customers.csv"));
        Assert.Equal("customer_id,created_sequence,successor_id\nC1,1,\nC2,2,C1\n", Text("customers.entities.csv"));
        Assert.Equal(
            """
            at,run_id,kind,customer_id,related_id,source,record_id,reason
            2026-03-01T12:30:45.1230000+02:00,run 1,created,C1,,,,
            2026-03-01T12:30:45.1230000+02:00,run 1,created,C2,,,,
            2026-03-02T12:30:45.1230000+02:00,run 2,merged,C2,C1,,,email

            """,
            Text("customers.history.csv"));
        Assert.Equal(
            """
            run_id,at,model_hash
            run 1,2026-03-01T12:30:45.1230000+02:00,00ff
            run 2,2026-03-02T12:30:45.1230000+02:00,00ff

            """,
            Text("customers.runs.csv"));
        Assert.Equal(5, _folder.GetFiles().Length); // the fifth is the lock
    }

    [Fact]
    public async Task Reading_makes_no_file()
    {
        await using ILookupStore store = Open();
        await store.LoadAsync(Token);

        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task A_crash_at_any_step_leaves_the_state_before_or_after()
    {
        (Contents before, Contents after, int steps) = await Measure();
        int decided = 0;
        for (int step = 1; step <= steps; step++)
        {
            await Restore();
            await using (var store = new CsvLookupStore(Table, new FailingFiles(step, isCrash: true), 1))
            {
                await Assert.ThrowsAsync<IOException>(() => store.CommitAsync(Merge(), Token));
            }

            await using ILookupStore reopened = Open();
            Contents found = await Read(reopened);
            Assert.True(found == before || found == after, $"step {step}");
            decided += found == after ? 1 : 0;
            Assert.DoesNotContain(_folder.GetFiles(), file => file.Name.EndsWith(".new", StringComparison.Ordinal) || file.Name.EndsWith(".commit", StringComparison.Ordinal));
            await reopened.CommitAsync(Merge(), Token);
            Assert.Equal(after, await Read(reopened));
        }
        Assert.InRange(decided, 1, steps - 1);
    }

    [Fact]
    public async Task A_crash_of_the_recovery_at_any_step_is_recovered_from()
    {
        (Contents before, Contents after, int steps) = await Measure();
        // From shortly before the commit is decided on; before that there is nothing to recover but to remove files.
        for (int step = steps - 12; step <= steps; step++)
        {
            for (int second = 1; second <= 12; second++)
            {
                await Restore();
                await using (var store = new CsvLookupStore(Table, new FailingFiles(step, isCrash: true), 1))
                {
                    await Assert.ThrowsAsync<IOException>(() => store.CommitAsync(Merge(), Token));
                }
                await using (var recovering = new CsvLookupStore(Table, new FailingFiles(second, isCrash: true), 1))
                {
                    await Record.ExceptionAsync(() => recovering.LoadAsync(Token));
                }

                await using ILookupStore reopened = Open();
                Contents found = await Read(reopened);
                Assert.True(found == before || found == after, $"steps {step} and {second}");
            }
        }
    }

    [Fact]
    public async Task A_full_disk_at_any_step_leaves_the_state_before_or_after_and_the_run_can_be_repeated()
    {
        (Contents before, Contents after, int steps) = await Measure();
        for (int step = 1; step <= steps; step++)
        {
            await Restore();
            await using var store = new CsvLookupStore(Table, new FailingFiles(step, isCrash: false), 1);
            await Assert.ThrowsAsync<IOException>(() => store.CommitAsync(Merge(), Token));

            Contents found = await Read(store);
            Assert.True(found == before || found == after, $"step {step}");
            await store.CommitAsync(Merge(), Token);
            Assert.Equal(after, await Read(store));
        }
    }

    [Fact]
    public async Task A_full_disk_while_the_files_are_written_leaves_nothing_behind()
    {
        await Restore();
        // Past the five removals of leftovers and the first file's creation: the write fails half way.
        await using var store = new CsvLookupStore(Table, new FailingFiles(7, isCrash: false), 1);
        await Assert.ThrowsAsync<IOException>(() => store.CommitAsync(Merge(), Token));

        Assert.Equal(5, _folder.GetFiles().Length);
        Assert.DoesNotContain(_folder.GetFiles(), file => file.Name.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_changed_nothing_leaves_the_table_untouched()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        string before = Text("customers.csv") + Text("customers.entities.csv") + Text("customers.history.csv");
        await store.CommitAsync(FirstRun() with { RunId = "run 2", ExpectedRunCount = 1, Rows = [], Entities = [], Changes = [] }, Token);

        Assert.Equal(before, Text("customers.csv") + Text("customers.entities.csv") + Text("customers.history.csv"));
    }

    [Fact]
    public async Task Two_stores_of_one_path_see_each_others_runs()
    {
        await using ILookupStore left = Open();
        await using ILookupStore right = Open();
        await left.CommitAsync(FirstRun(), Token);
        await right.CommitAsync(Merge(), Token);

        Assert.Equal(await Read(right), await Read(left));
        await Assert.ThrowsAsync<LookupConflictException>(() => left.CommitAsync(Merge() with { RunId = "run 3" }, Token));
    }

    [Fact]
    public async Task A_store_that_is_in_use_is_waited_for_and_then_given_up()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        await using var impatient = new CsvLookupStore(Table, new StoreFiles(), 2);
        await using (File.Open(Path.Combine(_folder.FullName, "customers.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await Assert.ThrowsAsync<IOException>(() => impatient.CommitAsync(Merge(), Token));
        }

        await impatient.CommitAsync(Merge(), Token);
    }

    [Theory]
    [InlineData("a b;c.csv")]
    [InlineData("-rf")]
    [InlineData("quote'\"%20#.CSV")]
    [InlineData(".csv")]
    [InlineData("line\nfeed \U0001F600.db")]
    public async Task Any_name_of_a_file_will_do(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        await using (var store = new CsvLookupStore(path))
        {
            await store.CommitAsync(FirstRun(), Token);
        }

        Assert.True(File.Exists(path));
        Assert.Empty(_folder.Parent!.GetFiles(_folder.Name + "*"));
        await using var reopened = new CsvLookupStore(path);
        Assert.Equal(2, (await reopened.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_and_nothing_is_made()
    {
        await using var store = new CsvLookupStore(Path.Combine(_folder.FullName, "no", "customers.csv"));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => store.CommitAsync(FirstRun(), Token));

        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_path_that_is_a_folder_is_an_error_and_the_store_stays_empty()
    {
        _folder.CreateSubdirectory("customers.csv");
        await using ILookupStore store = Open();
        Exception? error = await Record.ExceptionAsync(() => store.CommitAsync(FirstRun(), Token));

        Assert.True(error is IOException or UnauthorizedAccessException, error?.ToString());
        Assert.Equal(0, (await store.LoadAsync(Token)).RunCount);
    }

    [Theory]
    [InlineData("customers.csv", "source,record_id,customer_id\n")]
    [InlineData("customers.csv", "")]
    [InlineData("customers.csv", "\0\0\0")]
    [InlineData("customers.csv", "source,record_id,customer_id,matched_by,match_probability\ncrm,1,C1,,0.5,\n")]
    [InlineData("customers.csv", "source,record_id,customer_id,matched_by,match_probability\ncrm,1,C1,\n")]
    [InlineData("customers.csv", "source,record_id,customer_id,matched_by,match_probability\ncrm,1,C1,,1.5\n")]
    [InlineData("customers.csv", "source,record_id,customer_id,matched_by,match_probability\ncrm,1,C1,,\ncrm,1,C1,,\n")]
    [InlineData("customers.csv", "source,record_id,customer_id,matched_by,match_probability\ncrm,1,C9,,\n")]
    [InlineData("customers.csv", "source,record_id,customer_id,matched_by,match_probability\ncrm,,C1,,\n")]
    [InlineData("customers.csv", "source,record_id,customer_id,matched_by,match_probability\ncrm,\"1,C1,,\n")]
    [InlineData("customers.csv", "source,record_id,customer_id,matched_by,match_probability\ncrm,1\"1,C1,,\n")]
    [InlineData("customers.csv", "source,record_id,customer_id,matched_by,match_probability\ncrm,\"1\"1,C1,,\n")]
    [InlineData("customers.entities.csv", "customer_id,created_sequence,successor_id\nC1,x,\n")]
    [InlineData("customers.entities.csv", "customer_id,created_sequence,successor_id\nC1,1,C2\nC2,2,C1\n")]
    [InlineData("customers.entities.csv", "customer_id,created_sequence,successor_id\nC1,1,\nC1,1,\nC2,2,\n")]
    [InlineData("customers.runs.csv", "run_id,at,model_hash\na,b,c\na,b,c\n")]
    public async Task Files_that_are_not_ours_are_refused_and_left_alone(string name, string text)
    {
        await Restore();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text, Token);
        await using ILookupStore store = Open();

        LookupFormatException error = await Assert.ThrowsAsync<LookupFormatException>(() => store.LoadAsync(Token));
        Assert.Equal(store.Description, error.Store);
        await Assert.ThrowsAsync<LookupFormatException>(() => store.CommitAsync(Merge(), Token));
        Assert.Equal(text, Text(name));
    }

    [Theory]
    [InlineData("customers.csv")]
    [InlineData("customers.entities.csv")]
    [InlineData("customers.history.csv")]
    [InlineData("customers.runs.csv")]
    public async Task A_missing_file_is_named(string name)
    {
        await Restore();
        File.Delete(Path.Combine(_folder.FullName, name));
        await using ILookupStore store = Open();

        LookupFormatException error = await Assert.ThrowsAsync<LookupFormatException>(() => store.LoadAsync(Token));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_is_not_ours_is_refused()
    {
        await Restore();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "customers.commit"), "fix the bug", Token);
        await using ILookupStore store = Open();

        await Assert.ThrowsAsync<LookupFormatException>(() => store.LoadAsync(Token));
    }

    [Fact]
    public async Task Files_that_a_spreadsheet_saved_are_read()
    {
        await Restore();
        await using ILookupStore store = Open();
        Contents before = await Read(store);
        foreach (FileInfo file in _folder.GetFiles("*.csv"))
        {
            string text = await File.ReadAllTextAsync(file.FullName, Token);
            await File.WriteAllTextAsync(file.FullName, "\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal).Replace(",C1", ",\"C1\"", StringComparison.Ordinal), Token);
        }

        await using ILookupStore reopened = Open();
        Assert.Equal(before, await Read(reopened));
    }

    // The contents before and after the second run, and the steps that its commit takes.
    private async Task<(Contents Before, Contents After, int Steps)> Measure()
    {
        await Restore();
        var files = new FailingFiles(int.MaxValue, isCrash: false);
        await using var store = new CsvLookupStore(Table, files, 1);
        Contents before = await Read(store);
        await store.CommitAsync(Merge(), Token);
        Assert.InRange(files.Steps, 20, 40);
        return (before, await Read(store), files.Steps);
    }

    // The store as it is after the first run.
    private async Task Restore()
    {
        foreach (FileInfo file in _folder.GetFiles())
        {
            file.Delete();
        }
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
    }

    private string Text(string name) => File.ReadAllText(Path.Combine(_folder.FullName, name));
}
