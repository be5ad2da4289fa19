using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace IdentityResolution.PostgreSql.Tests.Capture;

/// <summary>A database with tables to capture, and captures that can be stopped and started.</summary>
internal sealed class CaptureBench : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    public static readonly LiveOptions LiveOptions = new() { Threads = 1, TimeProvider = new FixedTime(2026) };

    private readonly PostgreSqlServer _server;
    private NpgsqlConnection _connection;

    private CaptureBench(PostgreSqlServer server, string database, NpgsqlConnection connection)
    {
        _server = server;
        Database = database;
        _connection = connection;
    }

    public string Database { get; }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = Database }.ConnectionString;

    public static async Task<CaptureBench> CreateAsync(PostgreSqlServer server)
    {
        server.Require();
        string database = PostgreSqlServer.NewName();
        await server.SqlAsync($"CREATE DATABASE {database}");
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return new CaptureBench(server, database, connection);
    }

    /// <summary>A model of one rule: equal e-mail is one customer.</summary>
    public static IdentityModel MailModel() => new IdentityModelBuilder().Field("mail", FieldKind.Text).MatchOn("mail").Build();

    public async Task ReconnectAsync()
    {
        await _connection.DisposeAsync();
        _connection = new NpgsqlConnection(ConnectionString);
        await _connection.OpenAsync(TestContext.Current.CancellationToken);
    }

    public async Task SqlAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<T> ValueAsync<T>(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public Task<NpgsqlLogSequenceNumber> LogEndAsync() => ValueAsync<NpgsqlLogSequenceNumber>("SELECT pg_current_wal_lsn()");

    public PostgreSqlCaptureOptions Options(string slot, params CaptureTable[] tables) => new()
    {
        Slot = slot,
        Publication = slot,
        Tables = tables,
        Create = true,
        ProgressInterval = TimeSpan.FromMilliseconds(100),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(200),
    };

    public CaptureRun Start(PostgreSqlCaptureOptions options, LiveIndex index, ILiveStore store, Func<CapturedBatch, CancellationToken, ValueTask>? onBatch = null) =>
        new(this, options, index, store, onBatch);

    /// <summary>Kills the connection that reads a slot; false = none does.</summary>
    public Task<bool> KillAsync(string slot) => ValueAsync<bool>(
        $"SELECT coalesce((SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '{slot}' AND active), false)");

    public async Task DropSlotAsync(string slot)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await SqlAsync($"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{slot}'");
                return;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.ObjectInUse && since.Elapsed < Patience)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using (var command = new NpgsqlCommand("SELECT slot_name::text FROM pg_replication_slots WHERE database = current_database() AND NOT temporary", _connection))
        {
            var slots = new List<string>();
            await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                {
                    slots.Add(reader.GetString(0));
                }
            }
            foreach (string slot in slots)
            {
                // A test that failed may have left its capture running.
                await KillAsync(slot);
                await DropSlotAsync(slot);
            }
        }
        await _connection.DisposeAsync();
        await _server.SqlAsync($"DROP DATABASE {Database} WITH (FORCE)");
    }
}

/// <summary>A capture that runs.</summary>
internal sealed class CaptureRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CaptureBench _bench;
    private readonly ILiveStore _store;
    private readonly string _stream;
    private readonly IReadOnlyList<CaptureTable> _tables;

    public CaptureRun(CaptureBench bench, PostgreSqlCaptureOptions options, LiveIndex index, ILiveStore store, Func<CapturedBatch, CancellationToken, ValueTask>? onBatch)
    {
        _bench = bench;
        _store = store;
        _stream = "postgres:" + options.Slot;
        _tables = options.Tables;
        PostgreSqlCaptureOptions watched = options with
        {
            OnReconnect = error =>
            {
                Errors.Add(error);
                options.OnReconnect?.Invoke(error);
            },
        };
        Task = Task.Run(() => PostgreSqlChangeCapture.Create(bench.ConnectionString, watched).RunAsync(
            index,
            store,
            async (batch, cancellationToken) =>
            {
                lock (Batches)
                {
                    Batches.Add(batch);
                }
                if (onBatch is not null)
                {
                    await onBatch(batch, cancellationToken);
                }
            },
            _stop.Token));
    }

    public Task Task { get; }

    public List<CapturedBatch> Batches { get; } = [];

    public List<Exception> Errors { get; } = [];

    /// <summary>Waits until everything that is committed by now has been captured.</summary>
    public async Task CaughtUpAsync()
    {
        NpgsqlLogSequenceNumber end = await _bench.LogEndAsync();
        await UntilAsync(async () => await HasSnapshotsAsync() && await _store.FindPositionAsync(_stream) is { } position
            && NpgsqlLogSequenceNumber.Parse(position.Split('+')[0]) >= end
            && !position.Contains('+', StringComparison.Ordinal));
    }

    private async Task<bool> HasSnapshotsAsync()
    {
        foreach (CaptureTable table in _tables)
        {
            string? marker = await _store.FindPositionAsync($"{_stream}/\"{table.Schema.Replace("\"", "\"\"")}\".\"{table.Name.Replace("\"", "\"\"")}\"={table.Source}");
            if (marker?.Contains(' ', StringComparison.Ordinal) != true)
            {
                return false;
            }
        }
        return true;
    }

    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            if (Task.IsCompleted)
            {
                await Task;
            }
            Assert.True(since.Elapsed < CaptureBench.Patience, string.Create(CultureInfo.InvariantCulture, $"The capture does not get there. {Batches.LastOrDefault()?.Position} {Errors.Count} errors: {Errors.LastOrDefault()}"));
            await Task.Delay(10);
        }
    }

    public async Task<Exception> FailsAsync() => (await Record.ExceptionAsync(() => Task.WaitAsync(CaptureBench.Patience)))!;

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WaitAsync(CaptureBench.Patience));
    }

    public async ValueTask DisposeAsync()
    {
        if (!Task.IsCompleted)
        {
            await _stop.CancelAsync();
        }
        await Task.WhenAny(Task);
        _stop.Dispose();
    }
}

/// <summary>A clock that stands still.</summary>
internal sealed class FixedTime(int year) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(year, 1, 2, 3, 4, 5, TimeSpan.Zero);
}
