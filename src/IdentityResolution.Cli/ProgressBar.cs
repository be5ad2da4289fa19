using System.Diagnostics;
using Spectre.Console;

namespace IdentityResolution.Cli;

/// <summary>Shows on a terminal how far the work has come, once it takes over a second; nothing stays behind.</summary>
internal static class ProgressBar
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Does work that reports its progress.</summary>
    /// <param name="console">Its error stream shows the bar when it is a terminal.</param>
    /// <param name="work">The work.</param>
    /// <returns>What the work returns.</returns>
    public static Task<T> RunAsync<T>(CliConsole console, Func<IProgress<ResolutionProgress>?, Task<T>> work) =>
        console.ErrorIsTerminal ? ShowAsync(console, work) : work(null);

    private static Task<T> ShowAsync<T>(CliConsole console, Func<IProgress<ResolutionProgress>?, Task<T>> work)
    {
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console.Error) });
        return terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new Stages(context)));
    }

    private sealed class Stages(ProgressContext context) : IProgress<ResolutionProgress>
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Report(ResolutionProgress value)
        {
            if (Stopwatch.GetElapsedTime(_start) < Patience)
            {
                return;
            }
            lock (_lock)
            {
                if (!_tasks.TryGetValue(value.Stage, out ProgressTask? task))
                {
                    foreach (ProgressTask earlier in _tasks.Values)
                    {
                        earlier.IsIndeterminate = false;
                        earlier.Value = earlier.MaxValue;
                    }
                    task = context.AddTask(Markup.Escape(value.Stage));
                    _tasks.Add(value.Stage, task);
                }
                task.IsIndeterminate = value.Total is null;
                task.MaxValue = Math.Max(1, value.Total ?? 1);
                task.Value = value.Total is null ? 0 : value.Done;
            }
        }
    }
}
