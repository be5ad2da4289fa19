using System.Diagnostics;

namespace IdentityResolution.Cli.Benchmarking;

/// <summary>Runs <c>idres</c> as a process of its own, so that its time and memory are its own.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a command line to its end.</summary>
    /// <param name="arguments">The verb and its options.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    /// <returns>The last line of its standard output and the wall time from start to exit.</returns>
    /// <exception cref="CliException">It failed; says why in its own words.</exception>
    public static async Task<(string LastLine, TimeSpan Wall)> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "idres.exe" : "idres");
        var start = File.Exists(program)
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "idres.dll"), .. arguments]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        long before = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            TimeSpan wall = Stopwatch.GetElapsedTime(before);
            return process.ExitCode == ExitCode.Success
                ? (output.TrimEnd().Split('\n')[^1], wall)
                : throw new CliException($"idres {arguments[0]} ended with exit code {process.ExitCode}: {(await error).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
