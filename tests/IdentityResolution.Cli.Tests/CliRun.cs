using System.Text;

namespace IdentityResolution.Cli.Tests;

/// <summary>What one run of the program gave.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs the program in this process.</summary>
internal static class CliRun
{
    public static Task<CliResult> WithAsync(params string[] arguments) => WithAsync(arguments, input: null);

    public static async Task<CliResult> WithAsync(
        string[] arguments, string? input = null, bool terminal = false, bool errorTerminal = false, CancellationToken? cancellationToken = null)
    {
        using var stdin = new MemoryStream(Encoding.UTF8.GetBytes(input ?? ""));
        using var stdout = new MemoryStream();
        using var stderr = new StringWriter { NewLine = "\n" };
        var console = new CliConsole(stdin, stdout, stderr) { OutputIsTerminal = terminal, ErrorIsTerminal = errorTerminal };
        int exitCode = await IdresApplication.RunAsync(arguments, console, cancellationToken ?? TestContext.Current.CancellationToken);
        return new CliResult(exitCode, Encoding.UTF8.GetString(stdout.ToArray()), stderr.ToString());
    }
}
