using System.Text.Json;

namespace IdentityResolution.Cli.Commands;

/// <summary>The summary of a run as JSON.</summary>
internal static class ResolutionJson
{
    /// <summary>Writes the properties.</summary>
    /// <param name="json">Receives them.</param>
    /// <param name="summary">The run.</param>
    /// <param name="impact">What it would do to customers; null = left out.</param>
    public static void Write(Utf8JsonWriter json, ResolutionSummary summary, RunImpact? impact = null)
    {
        json.WriteNumber("records", summary.Records);
        json.WriteNumber("quarantined", summary.Quarantined);
        json.WriteNumber("candidatePairs", summary.CandidatePairs);
        json.WriteNumber("links", summary.Links);
        json.WriteNumber("customers", summary.Customers);
        json.WriteNumber("created", summary.Created);
        json.WriteNumber("merged", summary.Merged);
        json.WriteNumber("split", summary.Split);
        json.WriteBoolean("unchanged", summary.IsUnchanged);
        json.WriteStartObject("seconds");
        foreach ((string stage, double seconds) in summary.StageSeconds)
        {
            json.WriteNumber(stage, Math.Round(seconds, 3));
        }
        json.WriteNumber("total", Math.Round(summary.TotalSeconds, 3));
        json.WriteEndObject();
        json.WriteNumber("processorSeconds", Math.Round(summary.ProcessorSeconds, 3));
        json.WriteNumber("peakMemoryBytes", summary.PeakMemoryBytes);
        json.WriteNumber("temporaryFileBytes", summary.TemporaryFileBytes);
        json.WriteString("modelHash", summary.ModelHash);
        if (impact is not null)
        {
            json.WriteStartObject("impact");
            ImpactReport.Write(json, impact);
            json.WriteEndObject();
        }
    }
}
