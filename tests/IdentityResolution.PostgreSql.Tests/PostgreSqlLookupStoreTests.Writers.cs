using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace IdentityResolution.PostgreSql.Tests;

/// <summary>What happens when a writer dies, when the server does, and when there are two writers.</summary>
public sealed partial class PostgreSqlLookupStoreTests
{
    // Early and late while rows are sent; 50,000 rows are some two megabytes.
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(49_999)]
    public async Task A_connection_that_is_killed_while_rows_are_sent_changes_nothing(int killAt)
    {
        await using PostgreSqlLookupStore store = OpenNamed("killed", TimeSpan.FromSeconds(30));
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);

        LookupCommit commit = ManyRows(50_000, row =>
        {
            if (row == killAt)
            {
                Kill("killed");
            }
        });
        Exception error = (await Record.ExceptionAsync(() => store.CommitAsync(commit, Token)))!;
        Assert.True(error is NpgsqlException or IOException, error.ToString());
        Assert.Equal(before, await Read(store));

        // The store is fit for use, and the lock went with the connection.
        await store.CommitAsync(ManyRows(50_000, _ => { }), Token);
        Assert.Equal(50_002, (await store.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_connection_that_is_killed_when_the_last_change_is_sent_changes_nothing()
    {
        await using PostgreSqlLookupStore store = OpenNamed("killed at the end", TimeSpan.FromSeconds(30));
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);

        IEnumerable<EntityChange> Killing()
        {
            yield return Merge().Changes.Single();
            // Customers and rows are merged already, inside the transaction.
            Kill("killed at the end");
        }
        LookupCommit commit = Merge() with { Changes = new Lazily<EntityChange>(1, Killing()) };
        Exception error = (await Record.ExceptionAsync(() => store.CommitAsync(commit, Token)))!;
        Assert.True(error is NpgsqlException or IOException, error.ToString());
        Assert.Equal(before, await Read(store));

        await store.CommitAsync(Merge(), Token);
        Assert.Equal(2, (await store.LoadAsync(Token)).RunCount);
    }

    [Fact]
    public async Task A_server_that_crashes_in_the_middle_of_a_commit_holds_the_state_before_it()
    {
        await using PostgreSqlLookupStore store = OpenNamed("crashed", TimeSpan.FromSeconds(30));
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);
        await using var witness = new NpgsqlConnection(_server.ConnectionString);
        await witness.OpenAsync(Token);

        LookupCommit commit = ManyRows(50_000, row =>
        {
            if (row == 25_000)
            {
                while (Backends("crashed").Length > 1)
                {
                    Thread.Sleep(10);
                }
                // A backend that dies of SIGKILL makes the server throw all others out and recover from its log.
                int id = Backends("crashed").Single();
                using Process kill = Process.Start("kill", ["-KILL", id.ToString(CultureInfo.InvariantCulture)]);
                kill.WaitForExit();
                Assert.Equal(0, kill.ExitCode);
            }
        });
        Exception error = (await Record.ExceptionAsync(() => store.CommitAsync(commit, Token)))!;
        Assert.True(error is NpgsqlException or IOException, error.ToString());
        await UntilThrownOutAsync(witness);
        await _server.AnswersAsync();
        Assert.Equal(before, await Read(store));

        await store.CommitAsync(Merge(), Token);
        Assert.Equal(2, (await store.LoadAsync(Token)).RunCount);
    }

    [Fact]
    public async Task Of_two_runs_that_are_written_at_once_on_one_state_one_is_refused()
    {
        await using ILookupStore left = Open();
        await using ILookupStore right = Open();
        await left.CommitAsync(FirstRun(), Token);
        for (int round = 1; round <= 10; round++)
        {
            (Exception? leftError, Exception? rightError) = await AtOnceAsync(left, right, store => EmptyRun(round, store == left ? "left" : "right"));

            Assert.True(leftError is null != rightError is null, $"round {round}: {leftError} {rightError}");
            Assert.IsType<LookupConflictException>(leftError ?? rightError);
            Assert.Equal(round + 1, (await left.LoadAsync(Token)).RunCount);
        }
        Assert.Equal(await Read(left), await Read(right));
    }

    [Fact]
    public async Task Two_runs_that_are_written_at_once_on_any_state_are_both_there()
    {
        await using ILookupStore left = Open();
        await using ILookupStore right = Open();
        // No schema yet: who comes second finds the one that the first made.
        for (int round = 0; round < 10; round++)
        {
            (Exception? leftError, Exception? rightError) = await AtOnceAsync(
                left, right, store => OwnRun(round, store == left ? "left" : "right", 1 + (2 * round) + (store == left ? 0 : 1)));
            Assert.Equal((null, null), (leftError, rightError));
        }

        LookupState state = await left.LoadAsync(Token);
        Assert.Equal((20, 20, 20), (state.RunCount, state.Rows.Count, state.Entities.Count));
        EntityChange[] changes = await Changes(right);
        Assert.Equal(20, changes.Select(change => change.RunId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_same_run_that_is_written_twice_at_once_is_there_once()
    {
        await using ILookupStore left = Open();
        await using ILookupStore right = Open();
        (Exception? leftError, Exception? rightError) = await AtOnceAsync(left, right, _ => FirstRun());

        Assert.Equal((null, null), (leftError, rightError));
        Assert.Equal(1, (await left.LoadAsync(Token)).RunCount);
        Assert.Equal(2, (await Changes(left)).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task A_second_writer_fails_with_a_clear_error_when_the_first_takes_too_long(int patience)
    {
        await using ILookupStore slow = Open();
        await slow.CommitAsync(FirstRun(), Token);
        await using PostgreSqlLookupStore impatient = OpenNamed("impatient", TimeSpan.FromMilliseconds(patience));
        Contents before = await Read(slow);
        Exception? error = null;
        Contents? meanwhile = null;
        await slow.CommitAsync(
            ManyRows(1_000, row =>
            {
                if (row == 500)
                {
                    error = Task.Run(() => ErrorOfAsync(impatient, Merge() with { RunId = "other" }, Token)).GetAwaiter().GetResult();
                    meanwhile = Task.Run(() => Read(impatient)).GetAwaiter().GetResult();
                }
            }),
            Token);

        Assert.IsType<IdentityResolutionException>(error);
        Assert.StartsWith($"{impatient.Description}: another run has been writing", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, meanwhile); // who reads does not wait
        Assert.Equal(1_002, (await impatient.LoadAsync(Token)).Rows.Count);
        await impatient.CommitAsync(Merge() with { ExpectedRunCount = 2, RunId = "other" }, Token);
        Assert.Equal(3, (await slow.LoadAsync(Token)).RunCount);
    }

    [Fact]
    public async Task A_second_writer_waits_for_the_first_until_it_is_cancelled()
    {
        await using ILookupStore slow = Open();
        await slow.CommitAsync(FirstRun(), Token);
        await using PostgreSqlLookupStore patient = OpenNamed("patient", Timeout.InfiniteTimeSpan);
        using var cancelled = new CancellationTokenSource();
        Exception? error = null;
        await slow.CommitAsync(
            ManyRows(1_000, row =>
            {
                if (row == 500)
                {
                    Task<Exception?> waiting = Task.Run(() => ErrorOfAsync(patient, Merge(), cancelled.Token));
                    while (!IsWaiting("patient"))
                    {
                        Thread.Sleep(10);
                    }
                    Assert.False(waiting.IsCompleted);
                    cancelled.Cancel();
                    error = waiting.GetAwaiter().GetResult();
                }
            }),
            Token);

        Assert.IsType<OperationCanceledException>(error, exactMatch: false);
        Assert.Equal(2, (await patient.LoadAsync(Token)).RunCount);
    }

    [Fact]
    public async Task A_server_that_commits_before_the_disk_does_is_asked_not_to()
    {
        string name = PostgreSqlServer.NewName();
        await _server.SqlAsync($"CREATE ROLE {name} LOGIN SUPERUSER PASSWORD 'p'; ALTER ROLE {name} SET synchronous_commit = off");
        string connection = new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Username = name, Password = "p" }.ConnectionString;
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(connection);
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.Open(dataSource, _options);
        // A trigger of the test's looks at the setting from inside the commit.
        await store.CommitAsync(FirstRun(), Token);
        await _server.SqlAsync($"""
            CREATE TABLE {_options.Schema}.seen (setting text);
            CREATE FUNCTION {_options.Schema}.look() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO {_options.Schema}.seen VALUES (current_setting(''synchronous_commit'')); RETURN NEW; END';
            CREATE TRIGGER look AFTER INSERT ON {_options.Schema}.runs FOR EACH ROW EXECUTE FUNCTION {_options.Schema}.look()
            """);
        await store.CommitAsync(Merge(), Token);

        Assert.Equal("on", await _server.SqlAsync($"SELECT setting FROM {_options.Schema}.seen"));
    }

    private PostgreSqlLookupStore OpenNamed(string application, TimeSpan lockTimeout) => PostgreSqlLookupStore.OpenConnectionString(
        new NpgsqlConnectionStringBuilder(_server.ConnectionString) { ApplicationName = application }.ConnectionString,
        _options with { LockTimeout = lockTimeout });

    private static async Task<Exception?> ErrorOfAsync(ILookupStore store, LookupCommit commit, CancellationToken cancellationToken) =>
        await Record.ExceptionAsync(() => store.CommitAsync(commit, cancellationToken));

    private static async Task<(Exception? Left, Exception? Right)> AtOnceAsync(ILookupStore left, ILookupStore right, Func<ILookupStore, LookupCommit> run)
    {
        using var gate = new Barrier(2);
        Task<Exception?>[] both =
        [
            .. new[] { left, right }.Select(store => Task.Run(() =>
            {
                gate.SignalAndWait(Token);
                return ErrorOfAsync(store, run(store), Token);
            })),
        ];
        await Task.WhenAll(both);
        return (await both[0], await both[1]);
    }

    private static LookupCommit EmptyRun(int round, string who) =>
        FirstRun() with { RunId = $"{who} {round}", ExpectedRunCount = round, Rows = [], Entities = [], Changes = [] };

    private static LookupCommit OwnRun(int round, string who, int sequence) => FirstRun() with
    {
        RunId = $"{who} {round}",
        ExpectedRunCount = null,
        Rows = [new(new RecordKey(who, $"{round}"), $"{who}-{round}", "", null)],
        Entities = [new($"{who}-{round}", sequence, null)],
        Changes = [new(EntityChangeKind.Created, $"{who}-{round}", null, null, "", $"{who} {round}", FirstRun().At)],
    };

    // A server that has not heard of the crash yet still takes connections, and breaks them off a moment later.
    private static async Task UntilThrownOutAsync(NpgsqlConnection witness)
    {
        try
        {
            while (true)
            {
                await using var command = new NpgsqlCommand("SELECT 1", witness);
                await command.ExecuteScalarAsync(Token);
                await Task.Delay(10, Token);
            }
        }
        catch (NpgsqlException)
        {
            // It was.
        }
    }

    // Ends the backends of a store; waits until they are gone.
    private void Kill(string application)
    {
        // On a busy machine the backend of an earlier call may still be on its way out.
        while (Backends(application).Length > 1)
        {
            Thread.Sleep(10);
        }
        Assert.Single(Backends(application));
        Task.Run(() => _server.SqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{application}'")).GetAwaiter().GetResult();
        while (Backends(application).Length > 0)
        {
            Thread.Sleep(10);
        }
    }

    private bool IsWaiting(string application) => Task.Run(() => _server.SqlAsync(
        $"SELECT 1 FROM pg_stat_activity WHERE application_name = '{application}' AND wait_event_type = 'Lock' AND wait_event = 'advisory'")).GetAwaiter().GetResult() is 1;

    private int[] Backends(string application) => (int[])Task.Run(() => _server.SqlAsync(
        $"SELECT coalesce(array_agg(pid), '{{}}') FROM pg_stat_activity WHERE application_name = '{application}'")).GetAwaiter().GetResult()!;

    private sealed class Lazily<T>(int count, IEnumerable<T> items) : IReadOnlyCollection<T>
    {
        public int Count => count;

        public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
