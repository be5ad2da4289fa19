using System.Diagnostics;

namespace IdentityResolution.Internals;

/// <summary>Times the stages of a run, and tells the listeners which stage it is.</summary>
internal sealed class StageClock(TimeProvider timeProvider, IProgress<ResolutionProgress>? progress)
{
    private readonly List<KeyValuePair<string, double>> _seconds = [];
    private readonly long _start = timeProvider.GetTimestamp();

    /// <summary>The finished stages with their wall time, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Seconds => _seconds;

    /// <summary>Wall time since the clock was made, in seconds.</summary>
    public double TotalSeconds => timeProvider.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Runs a stage.</summary>
    public T Run<T>(string stage, Func<T> work)
    {
        using Activity? activity = Telemetry.Source.StartActivity(stage);
        long start = timeProvider.GetTimestamp();
        T result = work();
        _seconds.Add(new(stage, timeProvider.GetElapsedTime(start).TotalSeconds));
        return result;
    }

    /// <summary>Runs a stage that waits.</summary>
    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> work)
    {
        using Activity? activity = Telemetry.Source.StartActivity(stage);
        long start = timeProvider.GetTimestamp();
        T result = await work().ConfigureAwait(false);
        _seconds.Add(new(stage, timeProvider.GetElapsedTime(start).TotalSeconds));
        return result;
    }

    /// <summary>Tells how far a stage has come.</summary>
    public void Report(string stage, long done, long? total, string unit) => progress?.Report(new ResolutionProgress(stage, done, total, unit));
}
