using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IdentityResolution.Generation;
using IdentityResolution.PostgreSql;
using IdentityResolution.PostgreSql.Tests;
using IdentityResolution.Sqlite;

namespace IdentityResolution.Cli.Tests;

/// <summary>Kills <c>idres stream</c> (SIGKILL) at random moments and starts it again, until its input ends: the store must be that of an undisturbed run.</summary>
/// <remarks>
/// How many kills: 20 on SQLite and 5 on PostgreSQL, or what IDENTITYRESOLUTION_KILLS names ("200,50"; the check of the repository does).
/// The moments are drawn from a seed, but where a process stands then is up to the machine: an error found here may need several tries to come back.
/// </remarks>
public sealed class StreamKillTests : IClassFixture<PostgreSqlServer>, IDisposable
{
    private const int Lines = 1500;
    private const string Variable = "IDENTITYRESOLUTION_KILLS";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();
    private readonly PostgreSqlServer _server;

    public StreamKillTests(PostgreSqlServer server) => _server = server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_stream_into_sqlite_that_is_killed_at_random_moments_ends_as_if_undisturbed()
    {
        return KillAsync(Kills(0, 20), name => $"sqlite:{_folder[name + ".db"]}", name => SqliteLookupStore.Open(_folder[name + ".db"]));
    }

    [Fact]
    public Task A_stream_into_postgresql_that_is_killed_at_random_moments_ends_as_if_undisturbed()
    {
        _server.Require();
        string schema = PostgreSqlServer.NewName();
        string Connection(string name) => $"{_server.ConnectionString};Schema={schema}_{name}";
        return KillAsync(Kills(1, 5), Connection, name => PostgreSqlLookupStore.OpenConnectionString(Connection(name)));
    }

    private async Task KillAsync(int kills, Func<string, string> nameStore, Func<string, ILiveStore> open)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The process is killed by SIGKILL, which Windows has not.");
        }
        string model = await TrainAsync();
        int killed = 0;
        int conflicts = 0;
        for (int world = 1; killed < kills; world++)
        {
            string input = _folder.Write($"changes{world}.ndjson", Changes(world));
            CliResult undisturbed = await CliRun.WithAsync(Arguments(nameStore($"plain{world}"), model, input));
            Assert.True(undisturbed.ExitCode == 0, undisturbed.Error);
            string[] expected = await ReadAsync(open, $"plain{world}");

            var random = new Random(world);
            bool ended = false;
            while (!ended)
            {
                (int? code, string error) = await RunAsync(Arguments(nameStore($"killed{world}"), model, input), killed < kills ? random : null);
                // A server may finish a commit of a client that is dead: the next client is then refused, and may try again.
                bool conflict = code is not null and not 0 && error.Contains("another run", StringComparison.OrdinalIgnoreCase);
                Assert.True(code is null or 0 || conflict, error);
                killed += code is null ? 1 : 0;
                conflicts += conflict ? 1 : 0;
                ended = code == 0;
            }
            Assert.Equal(expected, await ReadAsync(open, $"killed{world}"));
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{killed} kills, {conflicts} restarts that were refused once");
    }

    private static string[] Arguments(string store, string model, string input) =>
        ["stream", "--lookup", store, "--model", model, "--input", input, "--stream", "changes", "--batch", "5"];

    // The exit code, or null when the process was killed. Most are killed some commits after the first output, some anywhere from their start on.
    private static async Task<(int? Code, string Error)> RunAsync(string[] arguments, Random? random)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync(Token);
        if (random is null)
        {
            await process.StandardOutput.ReadToEndAsync(Token);
        }
        else if (random.Next(5) == 0)
        {
            await Task.Delay(random.Next(600), Token);
            process.Kill();
        }
        else
        {
            bool ended = false;
            for (int lines = random.Next(1, 30); lines > 0 && !ended; lines--)
            {
                ended = await process.StandardOutput.ReadLineAsync(Token) is null;
            }
            if (!ended)
            {
                // Busy, as timers are coarser than a commit.
                long until = Stopwatch.GetTimestamp() + (random.Next(4_000) * Stopwatch.Frequency / 1_000_000);
                while (Stopwatch.GetTimestamp() < until)
                {
                    Thread.SpinWait(20);
                }
                process.Kill();
            }
        }
        await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        return (process.ExitCode == 128 + 9 ? null : process.ExitCode, await error);
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "idres.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private async Task<string> TrainAsync()
    {
        SyntheticRecord[] people = [.. PeopleGenerator.Generate(new PeopleGeneratorOptions { Records = 1200, Seed = 77 })];
        RecordSet[] inputs = [.. people.GroupBy(person => person.Source, StringComparer.Ordinal).Select(source =>
            RecordSet.From(source.Select(person => SourceRecord.Create(person.Source, person.RecordId, Values(person))), source.Key))];
        TrainedModel trained = await IdentityResolver.CreateAutomatic().TrainAsync(inputs, cancellationToken: Token);
        return _folder.Write("model.json", trained.Model.ToJson());
    }

    // Records come, come again with values of others, and go; some pairs are judged. The same for the same seed.
    private static string Changes(int seed)
    {
        var random = new Random(1000 + seed);
        SyntheticRecord[] people = [.. PeopleGenerator.Generate(new PeopleGeneratorOptions { Records = 700, Seed = (ulong)seed })];
        using var text = new StringWriter { NewLine = "\n" };
        int next = 0;
        for (int line = 0; line < Lines; line++)
        {
            SyntheticRecord known = people[random.Next(Math.Max(1, next))];
            SyntheticRecord other = people[random.Next(Math.Max(1, next))];
            int what = random.Next(20);
            if (next < people.Length && (what < 9 || next < 2))
            {
                SyntheticRecord person = people[next++];
                text.WriteLine(JsonSerializer.Serialize(new { op = "upsert", source = person.Source, id = person.RecordId, values = Values(person).ToDictionary() }));
            }
            else if (what < 15)
            {
                Dictionary<string, string?> values = Values(known).ToDictionary();
                (string column, string? value) = Values(other)[random.Next(8)];
                values[column] = value;
                text.WriteLine(JsonSerializer.Serialize(new { op = "upsert", source = known.Source, id = known.RecordId, values }));
            }
            else if (what < 18)
            {
                text.WriteLine(JsonSerializer.Serialize(new { op = "delete", source = known.Source, id = known.RecordId }));
            }
            else if (known != other)
            {
                text.WriteLine(JsonSerializer.Serialize(new
                {
                    op = "judge",
                    left = new { source = known.Source, id = known.RecordId },
                    right = new { source = other.Source, id = other.RecordId },
                    decision = random.Next(3) switch { 0 => "same", 1 => "different", _ => "unsure" },
                    by = "ann",
                    at = DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(line).ToString("O", CultureInfo.InvariantCulture),
                }));
            }
        }
        return text.ToString();
    }

    private static (string Column, string? Value)[] Values(SyntheticRecord person) =>
    [
        ("first_name", person.FirstName), ("surname", person.Surname), ("birth_date", person.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("email", person.Email), ("phone", person.Phone), ("street", person.Street), ("city", person.City), ("postcode", person.Postcode),
    ];

    // All that the store says, without run ids and moments, which a clock makes.
    private static async Task<string[]> ReadAsync(Func<string, ILiveStore> open, string name)
    {
        await using ILiveStore store = open(name);
        LookupState state = await store.LoadAsync(Token);
        List<string> lines = [$"runs {state.RunCount}", $"position {await store.FindPositionAsync("changes", Token)}", $"model {await store.FindModelAsync(Token)}"];
        lines.AddRange(state.Rows.Select(row => row.ToString()).Order(StringComparer.Ordinal));
        lines.AddRange(state.Entities.Select(entity => entity.ToString()).Order(StringComparer.Ordinal));
        await foreach (SourceRecord record in store.ReadRecordsAsync(Token))
        {
            lines.Add($"{record.Key} {string.Join('|', record.Values.OrderBy(value => value.Key, StringComparer.Ordinal))}");
        }
        await foreach (Link link in store.ReadLinksAsync(Token))
        {
            lines.Add(link.ToString());
        }
        await foreach (Judgement judgement in store.ReadJudgementsAsync(Token))
        {
            lines.Add(judgement.ToString());
        }
        await foreach (NumberedChange change in store.ReadChangesAsync(0, Token))
        {
            lines.Add((change with { Change = change.Change with { RunId = "", At = default } }).ToString());
        }
        await foreach (StoredRun run in store.ReadRunsAsync(Token))
        {
            lines.Add($"run {run.RunNumber} {run.ModelHash}");
        }
        return [.. lines];
    }

    private static int Kills(int index, int usual) => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
        ? int.Parse(text.Split(',')[index], CultureInfo.InvariantCulture)
        : usual;
}
