using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IdentityResolution.Internals;

/// <summary>Traces and metrics of the library, under the name <c>IdentityResolution</c>. Hold counts and times, never values.</summary>
internal static class Telemetry
{
    public const string Name = "IdentityResolution";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static Counter<long> Records { get; } = Meter.CreateCounter<long>("identity.records", "{record}", "Records read.");

    public static Counter<long> Quarantined { get; } = Meter.CreateCounter<long>("identity.quarantined", "{row}", "Rows set aside.");

    public static Counter<long> CandidatePairs { get; } = Meter.CreateCounter<long>("identity.candidate_pairs", "{pair}", "Candidate pairs scored.");

    public static Counter<long> Links { get; } = Meter.CreateCounter<long>("identity.links", "{link}", "Links accepted.");

    public static Histogram<double> RunSeconds { get; } = Meter.CreateHistogram<double>("identity.run.duration", "s", "Wall time of runs.");
}
