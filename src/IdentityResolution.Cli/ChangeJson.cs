using System.Globalization;
using System.Text.Json;
using IdentityResolution.Lookup;

namespace IdentityResolution.Cli;

/// <summary>Writes rows of the history as JSON, under the names of the tables.</summary>
internal static class ChangeJson
{
    /// <summary>Writes the properties of one change.</summary>
    /// <param name="json">Receives them.</param>
    /// <param name="change">The change.</param>
    /// <param name="cursor">Its place in the history; null = it has none yet.</param>
    public static void Write(Utf8JsonWriter json, EntityChange change, long? cursor)
    {
        if (cursor is { } place)
        {
            json.WriteNumber("cursor", place);
        }
        json.WriteString("at", change.At.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("run_id", change.RunId);
        json.WriteString("kind", StoredNames.Of(change.Kind));
        json.WriteString("customer_id", change.EntityId);
        json.WriteString("related_id", change.RelatedEntityId);
        json.WriteString("source", change.Record?.Source);
        json.WriteString("record_id", change.Record?.Id);
        json.WriteString("reason", change.Reason);
    }
}
