using System.Diagnostics;

namespace IdentityResolution.Cli.Tests;

/// <summary>The program as its user runs it: a process of its own, with real streams and signals.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_goes_to_standard_output()
    {
        CliResult result = await RunAsync("--help");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("Description:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_people_are_resolved_and_evaluated()
    {
        CliResult made = await RunAsync("generate", "--records", "400", "--seed", "2", "--output", _folder["p.csv"], "--truth", _folder["t.csv"]);
        Assert.Equal((0, "", ""), (made.ExitCode, made.Output, made.Error));
        CliResult resolved = await RunAsync("resolve", _folder["p.csv"], "--source-column", "source");
        Assert.True(resolved.ExitCode == 0, resolved.Error);
        Assert.Equal(401, resolved.OutputLines.Length);
        CliResult evaluated = await RunAsync("evaluate", _folder.Write("c.csv", resolved.Output), "--truth", _folder["t.csv"], "--json");
        Assert.Equal((0, ""), (evaluated.ExitCode, evaluated.Error));
        Assert.StartsWith("{\"pairwise\":", evaluated.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_usage_error_is_one_line_on_standard_error()
    {
        CliResult result = await RunAsync("resolve");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Single(result.ErrorLines);
    }

    [Fact]
    public async Task Ctrl_C_stops_a_run_that_waits_for_its_input()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no SIGINT that one process could send to another.");
        }
        using Process process = Start("resolve", "-", "--output", _folder["o.csv"], "--lookup", $"sqlite:{_folder["c.db"]}");
        await WaitForAsync(() => _folder.Names.Length > 0);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal((130, "idres: cancelled\n"), (process.ExitCode, error));
        Assert.Empty(_folder.Names);
    }

    private static async Task<CliResult> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return new CliResult(process.ExitCode, await output, await error);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "idres.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (int i = 0; i < Patience.TotalSeconds * 20 && !condition(); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
        Assert.True(condition());
    }
}
