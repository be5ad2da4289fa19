using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IdentityResolution.Tests;

public class TelemetryTests
{
    [Fact]
    public async Task A_run_is_a_trace_of_its_stages()
    {
        var stopped = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "IdentityResolution",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity test = new Activity("test").Start();
        await using var store = new InMemoryLookupStore();
        Resolution resolution = await IdentityResolverTests.Resolver(automatic: true)
            .ResolveAsync([RecordSet.From(Customers.Generate(200))], store, cancellationToken: TestContext.Current.CancellationToken);
        test.Stop();
        // Other tests run at the same time; theirs are other traces.
        Activity[] own = [.. stopped.Where(activity => activity.TraceId == test.TraceId)];
        string[] stages = ["load", "read", "fingerprint", "infer", "standardize", "propose", "train", "guard", "match", "block", "score", "choose", "cluster", "assign", "write"];
        Assert.Equal([.. stages, "resolve"], own.Select(activity => activity.OperationName));
        Assert.All(own[..^1], activity => Assert.Equal(own[^1].SpanId, activity.ParentSpanId));
        Assert.Equal(stages, resolution.Summary.StageSeconds.Select(stage => stage.Key));
    }

    [Fact]
    public void A_run_is_counted()
    {
        var measured = new ConcurrentQueue<(string Name, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "IdentityResolution")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured.Enqueue((instrument.Name, value)));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.Enqueue((instrument.Name, value)));
        listener.Start();
        // A number of records that no other test has.
        SourceRecord[] records = [.. Customers.Generate(347), SourceRecord.Create("crm", "")];
        Resolution resolution = IdentityResolverTests.Resolver(automatic: false).Resolve(RecordSet.From(records));
        Assert.Contains(("identity.records", 347.0), measured);
        Assert.Contains(("identity.quarantined", 1.0), measured);
        Assert.Contains(("identity.candidate_pairs", (double)resolution.Summary.CandidatePairs), measured);
        Assert.Contains(("identity.links", (double)resolution.Summary.Links), measured);
        Assert.Contains(("identity.run.duration", resolution.Summary.TotalSeconds), measured);
    }

    [Fact]
    public async Task Progress_is_told_stage_by_stage()
    {
        var heard = new List<ResolutionProgress>();
        await IdentityResolverTests.Resolver(automatic: true).ResolveAsync(
            [RecordSet.From(Customers.Generate(250))], progress: new Listener(heard), cancellationToken: TestContext.Current.CancellationToken);
        string[] stages = [.. heard.Select(report => report.Stage).Distinct(StringComparer.Ordinal)];
        Assert.Equal(["read", "standardize", "train", "score"], stages);
        Assert.Contains(heard, report => report is { Stage: "read", Done: 250 });
        Assert.Contains(heard, report => report.Stage == "score" && report.Done == report.Total);
        Assert.All(heard, report =>
        {
            Assert.InRange(report.Done, 0, report.Total ?? long.MaxValue);
            Assert.NotEmpty(report.Unit);
        });
        foreach (IGrouping<string, ResolutionProgress> stage in heard.GroupBy(report => report.Stage))
        {
            Assert.Equal(stage.Select(report => report.Done).Order(), stage.Select(report => report.Done));
        }
    }

    private sealed class Listener(List<ResolutionProgress> heard) : IProgress<ResolutionProgress>
    {
        public void Report(ResolutionProgress value)
        {
            lock (heard)
            {
                heard.Add(value);
            }
        }
    }
}
