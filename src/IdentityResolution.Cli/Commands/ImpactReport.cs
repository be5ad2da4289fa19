using System.Globalization;
using System.Text.Json;

namespace IdentityResolution.Cli.Commands;

/// <summary>What a run would do to customers, for people and as JSON. Names ids and record keys, no values.</summary>
internal static class ImpactReport
{
    /// <summary>Writes it for people.</summary>
    public static void Write(TextWriter output, RunImpact impact)
    {
        output.Write($"Nothing was written. The run would take the store from {Number(impact.CustomersBefore)} to {Number(impact.CustomersAfter)} customers:\n");
        TextTable.Write(
            output,
            ["ids created", Number(impact.Created)],
            ["new records that join a customer", Number(impact.Joined)],
            ["ids merged into others", Number(impact.Merged)],
            ["ids split off", Number(impact.Split)],
            ["records that move to another customer", Number(impact.Moved)],
            ["ids retired", Number(impact.Retired)]);
        if (impact.Sources.Count > 0)
        {
            output.Write("What becomes of records, by source:\n");
            TextTable.Write(
                output,
                [["source", "kept", "created", "joined", "merged", "split", "moved"], .. impact.Sources.Select(source => new[]
                {
                    source.Source, Number(source.Kept), Number(source.Created), Number(source.Joined), Number(source.Merged), Number(source.Split), Number(source.Moved),
                })]);
        }
        foreach (ImpactExample example in impact.Examples)
        {
            string other = example.RelatedEntityId is null ? "" : example.Kind == EntityChangeKind.Merged ? $" into {example.RelatedEntityId}" : $" from {example.RelatedEntityId}";
            string reason = example.Reason.Length == 0 ? "" : $" ({example.Reason})";
            output.Write($"{Name(example.Kind)} {example.EntityId}{other}: {string.Join(", ", example.Records.Select(key => $"{key.Source} {key.Id}"))}{reason}\n");
        }
    }

    /// <summary>Writes the properties.</summary>
    public static void Write(Utf8JsonWriter json, RunImpact impact)
    {
        json.WriteNumber("customersBefore", impact.CustomersBefore);
        json.WriteNumber("customersAfter", impact.CustomersAfter);
        json.WriteNumber("created", impact.Created);
        json.WriteNumber("joined", impact.Joined);
        json.WriteNumber("moved", impact.Moved);
        json.WriteNumber("merged", impact.Merged);
        json.WriteNumber("split", impact.Split);
        json.WriteNumber("retired", impact.Retired);
        json.WriteStartArray("sources");
        foreach (SourceImpact source in impact.Sources)
        {
            json.WriteStartObject();
            json.WriteString("source", source.Source);
            json.WriteNumber("kept", source.Kept);
            json.WriteNumber("created", source.Created);
            json.WriteNumber("joined", source.Joined);
            json.WriteNumber("moved", source.Moved);
            json.WriteNumber("merged", source.Merged);
            json.WriteNumber("split", source.Split);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("examples");
        foreach (ImpactExample example in impact.Examples)
        {
            json.WriteStartObject();
            json.WriteString("kind", Name(example.Kind));
            json.WriteString("customerId", example.EntityId);
            json.WriteString("relatedId", example.RelatedEntityId);
            json.WriteStartArray("records");
            foreach (RecordKey record in example.Records)
            {
                json.WriteStartObject();
                json.WriteString("source", record.Source);
                json.WriteString("recordId", record.Id);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("reason", example.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Name(EntityChangeKind kind) => kind.ToString().ToLowerInvariant();

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
