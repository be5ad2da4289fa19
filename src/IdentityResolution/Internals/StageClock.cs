using System.Diagnostics;

namespace IdentityResolution.Internals;

/// <summary>Times the stages of a run, and tells the listeners which stage it is.</summary>
internal sealed class StageClock(TimeProvider timeProvider, IProgress<ResolutionProgress>? progress)
{
    private readonly Lock _lock = new();
    private readonly List<KeyValuePair<string, double>> _seconds = [];
    private readonly long _start = timeProvider.GetTimestamp();

    /// <summary>The stages with their wall time, in the order in which they began; 0 seconds while a stage goes on.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Seconds => _seconds;

    /// <summary>Wall time since the clock was made, in seconds.</summary>
    public double TotalSeconds => timeProvider.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Runs a stage.</summary>
    public T Run<T>(string stage, Func<T> work)
    {
        using Activity? activity = Telemetry.Source.StartActivity(stage);
        (int place, long start) = Begin(stage);
        T result = work();
        End(place, start);
        return result;
    }

    /// <summary>Runs a stage that waits; others may run meanwhile.</summary>
    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> work)
    {
        using Activity? activity = Telemetry.Source.StartActivity(stage);
        (int place, long start) = Begin(stage);
        T result = await work().ConfigureAwait(false);
        End(place, start);
        return result;
    }

    /// <summary>Tells how far a stage has come.</summary>
    public void Report(string stage, long done, long? total, string unit) => progress?.Report(new ResolutionProgress(stage, done, total, unit));

    private (int Place, long Start) Begin(string stage)
    {
        lock (_lock)
        {
            _seconds.Add(new(stage, 0));
            return (_seconds.Count - 1, timeProvider.GetTimestamp());
        }
    }

    // Stages that wait may overlap.
    private void End(int place, long start)
    {
        lock (_lock)
        {
            _seconds[place] = new(_seconds[place].Key, timeProvider.GetElapsedTime(start).TotalSeconds);
        }
    }
}
