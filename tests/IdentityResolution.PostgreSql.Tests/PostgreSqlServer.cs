using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace IdentityResolution.PostgreSql.Tests;

/// <summary>A PostgreSQL server of the tests' own: a new cluster in a temporary folder, reached by a socket in that folder only.</summary>
/// <remarks>
/// The server programs are those of <c>IDENTITYRESOLUTION_POSTGRES</c> (a folder), else the newest in /usr/lib/postgresql. They refuse to run
/// as root: then they run as the user postgres, or nobody. A shell waits on our pipe and stops the server and removes the folder when the
/// pipe closes, so nothing is left however the tests end.
/// </remarks>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    public const string Password = "s3cret of the tests'; \"\\";
    public const string User = "idres";

    private const string Variable = "IDENTITYRESOLUTION_POSTGRES";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // $1: the programs, $2: the folder. The password file goes as soon as it was read.
    private const string Script = """
        trap '' INT
        cd "$2" || exit 1
        "$1/initdb" -D "$2/data" -U idres -A scram-sha-256 --pwfile="$2/password" -E UTF8 --no-locale --no-sync > "$2/log" 2>&1 || { echo failed; exit 1; }
        rm "$2/password"
        "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c max_connections=50 -c wal_level=logical -c max_replication_slots=20 -c max_wal_senders=20 >> "$2/log" 2>&1 &
        server=$!
        echo "$server"
        read -r line
        kill -INT "$server"
        wait "$server"
        cd /
        rm -rf "$2"
        """;

    private static int Schemas;
    private string? _unavailable;
    private DirectoryInfo? _folder;
    private Process? _shell;

    /// <summary>The process id of the server.</summary>
    public int ProcessId { get; private set; }

    /// <summary>A connection string of the server's first user.</summary>
    public string ConnectionString => Builder.ConnectionString;

    public NpgsqlConnectionStringBuilder Builder => new()
    {
        Host = Folder,
        Username = User,
        Password = Password,
        Database = "postgres",
        Pooling = false,
    };

    /// <summary>The folder of the socket.</summary>
    public string Folder => _folder!.FullName;

    /// <summary>A name that no other test has.</summary>
    public static string NewName() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref Schemas)}");

    /// <summary>Without a server the test fails where CI is "true", and is skipped with the reason elsewhere.</summary>
    public void Require()
    {
        if (_unavailable is not null)
        {
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal), _unavailable);
            Assert.Skip(_unavailable);
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (FindPrograms() is not { } programs)
        {
            _unavailable = $"No PostgreSQL server programs: {Variable} names no folder with initdb and postgres, and /usr/lib/postgresql has none.";
            return;
        }
        try
        {
            await StartAsync(programs);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shell is not null)
        {
            _shell.StandardInput.Close();
            await _shell.WaitForExitAsync();
            _shell.Dispose();
        }
        if (_folder is { } folder && Directory.Exists(folder.FullName))
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Waits until the server takes connections.</summary>
    public async Task AnswersAsync()
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException error) when (since.Elapsed < Patience && error.SqlState is null or PostgresErrorCodes.CannotConnectNow)
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException error)
            {
                throw new InvalidOperationException("The server does not answer. " + Log(), error);
            }
        }
    }

    /// <summary>Runs SQL as the server's first user; the first value of the first row.</summary>
    public async Task<object?> SqlAsync(string sql, string? database = null)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database ?? "postgres" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private async Task StartAsync(string programs)
    {
        _folder = Directory.CreateTempSubdirectory("idres-pg-");
        await File.WriteAllTextAsync(Path.Combine(Folder, "password"), Password + "\n");
        string[] prefix = [];
        if (Environment.IsPrivilegedProcess)
        {
            string user = await SucceedsAsync("id", "postgres") ? "postgres" : "nobody";
            Assert.True(await SucceedsAsync("chown", "-R", user, Folder), $"The folder of the cluster can't be given to {user}.");
            prefix = ["setpriv", "--reuid", user, "--regid", await OutputAsync("id", "-g", user), "--clear-groups", "--"];
        }
        string[] command = [.. prefix, "sh", "-c", Script, "sh", programs, Folder];
        _shell = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        })!;
        string? started = await _shell.StandardOutput.ReadLineAsync();
        Assert.True(int.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out int id), "The cluster could not be made. " + Log());
        ProcessId = id;
        await AnswersAsync();
    }

    private static string? FindPrograms()
    {
        IEnumerable<string> folders = Environment.GetEnvironmentVariable(Variable) is { } named
            ? [named]
            : Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql")
                    .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int version) ? version : 0)
                    .Select(folder => Path.Combine(folder, "bin"))
                : [];
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static async Task<bool> SucceedsAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }

    private string Log()
    {
        string path = Path.Combine(Folder, "log");
        return File.Exists(path) ? File.ReadAllText(path) : "It wrote no log.";
    }
}
