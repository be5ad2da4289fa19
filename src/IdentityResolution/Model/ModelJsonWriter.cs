using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IdentityResolution.Standardization;

namespace IdentityResolution;

/// <summary>Writes a model as JSON: members in a fixed order, nothing that equals its default.</summary>
internal static class ModelJsonWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IdentityModel model)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", IdentityModel.CurrentVersion);
            WriteGuards(json, model);
            json.WriteNumber("priorMatchProbability", model.PriorMatchProbability);
            if (model.PriorRelatedProbability is { } related)
            {
                json.WriteNumber("priorRelatedProbability", related);
            }
            json.WriteNumber("matchProbabilityThreshold", model.MatchProbabilityThreshold);
            if (model.Nicknames.Count > 0)
            {
                WriteStrings(json, "nicknames", model.Nicknames);
            }
            WriteArray(json, "fields", model.Fields, WriteField);
            WriteArray(json, "matchRules", model.MatchRules, WriteMatchRule);
            WriteArray(json, "blockingRules", model.BlockingRules, WriteBlockingRule);
            WriteArray(json, "swaps", model.Swaps, WriteSwap);
            WriteArray(json, "comparisons", model.Comparisons, WriteComparison);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteGuards(Utf8JsonWriter json, IdentityModel model)
    {
        if (model.LinkOnly)
        {
            json.WriteBoolean("linkOnly", true);
        }
        if (model.DedupeOnly)
        {
            json.WriteBoolean("dedupeOnly", true);
        }
        if (model.UniqueSources.Count > 0)
        {
            WriteStrings(json, "uniqueSources", model.UniqueSources);
        }
        if (model.SourcePrecedence.Count > 0)
        {
            WriteStrings(json, "sourcePrecedence", model.SourcePrecedence);
        }
        if (model.MaxClusterSize != IdentityModel.DefaultMaxClusterSize)
        {
            json.WriteNumber("maxClusterSize", model.MaxClusterSize);
        }
        if (!model.SplitOverMerged)
        {
            json.WriteBoolean("splitOverMerged", false);
        }
    }

    private static void WriteColumns(
        Utf8JsonWriter json, IReadOnlyDictionary<string, IReadOnlyList<string>> columnsOf, IReadOnlyDictionary<string, NamePart> parts, string? label)
    {
        if (columnsOf.Count > 0)
        {
            json.WriteStartObject("columns");
            foreach ((string source, IReadOnlyList<string> columns) in columnsOf.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                WriteStrings(json, source, columns);
            }
            json.WriteEndObject();
        }
        if (parts.Count > 0)
        {
            json.WriteStartObject("parts");
            foreach ((string source, NamePart part) in parts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteString(source, EnumNames.ToText(part));
            }
            json.WriteEndObject();
        }
        if (label is not null)
        {
            json.WriteString("label", label);
        }
    }

    private static void WriteField(Utf8JsonWriter json, Field field)
    {
        json.WriteString("name", field.Name);
        json.WriteString("kind", EnumNames.ToText(field.Kind));
        WriteColumns(json, field.Columns, field.Parts, field.Label);
        if (field.Separators.Count > 0)
        {
            WriteStrings(json, "separators", field.Separators);
        }
        if (field.Alternatives.Count > 0)
        {
            WriteArray(json, "alternatives", field.Alternatives, static (json, alternative) => WriteColumns(json, alternative.Columns, alternative.Parts, alternative.Label));
        }
        if (!StandardizationJson.IsDefault(field.Standardization))
        {
            json.WriteStartObject("standardization");
            StandardizationJson.Write(json, field.Standardization);
            json.WriteEndObject();
        }
        if (field.SourceStandardization.Count > 0)
        {
            json.WriteStartObject("sourceStandardization");
            foreach ((string source, StandardizationOptions options) in field.SourceStandardization.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(source);
                StandardizationJson.Write(json, options);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
    }

    private static void WriteMatchRule(Utf8JsonWriter json, MatchRule rule)
    {
        json.WriteString("name", rule.Name);
        if (rule.Effect != MatchRuleEffect.Link)
        {
            json.WriteString("effect", EnumNames.ToText(rule.Effect));
        }
        if (rule.Keys.Count > 0)
        {
            WriteStrings(json, "keys", rule.Keys);
        }
        if (rule.Different.Count > 0)
        {
            WriteStrings(json, "different", rule.Different);
        }
        WriteArray(json, "before", rule.Before, static (writer, pair) =>
        {
            writer.WriteString("first", pair.First);
            writer.WriteString("second", pair.Second);
        });
        if (rule.Sources.Count > 0)
        {
            WriteStrings(json, "sources", rule.Sources);
        }
        if (rule.Effect != MatchRuleEffect.Forbid)
        {
            json.WriteNumber("maxRecordsPerKey", rule.MaxRecordsPerKey);
        }
    }

    private static void WriteBlockingRule(Utf8JsonWriter json, BlockingRule rule)
    {
        WriteStrings(json, "keys", rule.Keys);
        json.WriteNumber("maxBlockSize", rule.MaxBlockSize);
        if (rule.DivideBy.Count > 0)
        {
            WriteStrings(json, "divideBy", rule.DivideBy);
        }
        if (rule.Window != 0)
        {
            json.WriteNumber("window", rule.Window);
        }
        if (!rule.Trains)
        {
            json.WriteBoolean("trains", false);
        }
    }

    private static void WriteSwap(Utf8JsonWriter json, FieldSwap swap)
    {
        json.WriteString("first", swap.First);
        json.WriteString("second", swap.Second);
        json.WriteNumber("swapProbability", swap.SwapProbability);
    }

    private static void WriteComparison(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteString("field", comparison.Field);
        WriteArray(json, "levels", comparison.Levels, WriteLevel);
        if (comparison.EvidenceShare is { } share)
        {
            json.WriteNumber("evidenceShare", share);
        }
        if (comparison.AdjustForTermFrequency)
        {
            json.WriteBoolean("adjustForTermFrequency", true);
        }
        WriteFrequencies(json, "termFrequencies", comparison.TermFrequencies);
        WriteFrequencies(json, "gramFrequencies", comparison.GramFrequencies);
    }

    private static void WriteFrequencies(Utf8JsonWriter json, string name, TermFrequencyTable? frequencies)
    {
        if (frequencies is null)
        {
            return;
        }
        json.WriteStartObject(name);
        if (frequencies.IsGiven)
        {
            json.WriteBoolean("given", true);
        }
        json.WriteNumber("default", frequencies.Default);
        json.WriteStartObject("values");
        foreach (ListedValue listed in frequencies.FromCommonToRare())
        {
            json.WriteNumber(listed.Value, listed.Frequency);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLevel(Utf8JsonWriter json, ComparisonLevel level)
    {
        json.WriteString("when", level.When);
        if (level.MProbability is { } m)
        {
            json.WriteNumber("m", m);
        }
        if (level.UProbability is { } u)
        {
            json.WriteNumber("u", u);
        }
        if (level.RProbability is { } r)
        {
            json.WriteNumber("r", r);
        }
        if (level.TermFrequencyWeight != 0)
        {
            json.WriteNumber("termFrequencyWeight", level.TermFrequencyWeight);
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        if (items.Count == 0)
        {
            return;
        }
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            writeMembers(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }
}
