using System.Globalization;
using System.Text.Json;
using IdentityResolution.Standardization;

namespace IdentityResolution;

/// <summary>Reads a model from JSON; collects every error with its path instead of stopping at the first.</summary>
internal static class ModelJsonReader
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IdentityModel? Read(string json, List<ModelError> errors)
    {
        try
        {
            return ReadDocument(json, errors);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // The parser takes such a text or escape, and refuses only when it is asked for it.
            errors.Add(new("", "holds half a character (a surrogate without its other half)."));
            return null;
        }
    }

    private static IdentityModel? ReadDocument(string json, List<ModelError> errors)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Options);
        }
        catch (JsonException exception)
        {
            errors.Add(new("", $"is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."));
            return null;
        }
        using (document)
        {
            var root = new JsonObjectReader(document.RootElement, "", errors);
            if (!root.IsObject)
            {
                return null;
            }
            if (!IsCurrent(root, errors))
            {
                return null;
            }
            var model = new IdentityModel
            {
                LinkOnly = root.Boolean("linkOnly", false),
                DedupeOnly = root.Boolean("dedupeOnly", false),
                UniqueSources = root.Strings("uniqueSources"),
                Nicknames = root.Strings("nicknames"),
                SourcePrecedence = root.Strings("sourcePrecedence"),
                MaxClusterSize = root.Integer("maxClusterSize", IdentityModel.DefaultMaxClusterSize),
                SplitOverMerged = root.Boolean("splitOverMerged", true),
                PriorMatchProbability = root.Number("priorMatchProbability") ?? 1e-4,
                PriorRelatedProbability = root.Number("priorRelatedProbability"),
                MatchProbabilityThreshold = root.Number("matchProbabilityThreshold") ?? 0.9,
                Fields = root.Objects("fields", ReadField),
                MatchRules = root.Objects("matchRules", ReadMatchRule),
                BlockingRules = root.Objects("blockingRules", ReadBlockingRule),
                Swaps = root.Objects("swaps", ReadSwap),
                Comparisons = root.Objects("comparisons", ReadComparison),
            };
            root.RefuseUnknownMembers();
            return model;
        }
    }

    // Another version has other members, so nothing more can be said about it.
    private static bool IsCurrent(JsonObjectReader root, List<ModelError> errors)
    {
        int before = errors.Count;
        double? version = root.Number("version");
        if (version is not IdentityModel.CurrentVersion && errors.Count == before)
        {
            errors.Add(new("version", version is null
                ? $"is missing; this library reads version {IdentityModel.CurrentVersion}."
                : string.Create(CultureInfo.InvariantCulture, $"is {version}, but this library reads version {IdentityModel.CurrentVersion}.")));
        }
        return version is IdentityModel.CurrentVersion;
    }

    private static Field ReadField(JsonObjectReader json)
    {
        return new Field
        {
            Name = json.RequiredText("name"),
            Kind = json.Enum("kind", FieldKind.Text),
            Columns = ReadColumns(json),
            Parts = ReadParts(json),
            Label = json.Text("label"),
            Separators = json.Strings("separators"),
            Alternatives = json.Objects("alternatives", alternative => new FieldAlternative
            {
                Columns = ReadColumns(alternative),
                Parts = ReadParts(alternative),
                Label = alternative.Text("label"),
            }),
            Standardization = json.Object("standardization", StandardizationJson.Read) ?? StandardizationOptions.Default,
            SourceStandardization = json.ObjectsByName("sourceStandardization", StandardizationJson.Read),
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadColumns(JsonObjectReader json)
    {
        var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach ((string source, JsonElement value) in json.Members("columns"))
        {
            columns[source] = json.StringsOf(value, $"columns.{source}");
        }
        return columns;
    }

    private static Dictionary<string, NamePart> ReadParts(JsonObjectReader json)
    {
        var parts = new Dictionary<string, NamePart>(StringComparer.Ordinal);
        foreach ((string source, JsonElement value) in json.Members("parts"))
        {
            parts[source] = json.EnumOf<NamePart>(value, $"parts.{source}");
        }
        return parts;
    }

    private static MatchRule ReadMatchRule(JsonObjectReader json) => new()
    {
        Name = json.RequiredText("name"),
        Effect = json.Enum("effect", MatchRuleEffect.Link),
        Keys = json.Strings("keys"),
        Different = json.Strings("different"),
        Before = json.Objects("before", pair => new DateBefore(pair.RequiredText("first"), pair.RequiredText("second"))),
        Sources = json.Strings("sources"),
        MaxRecordsPerKey = json.Integer("maxRecordsPerKey", 100),
    };

    private static BlockingRule ReadBlockingRule(JsonObjectReader json) => new()
    {
        Keys = json.Strings("keys"),
        MaxBlockSize = json.Integer("maxBlockSize", 1000),
        DivideBy = json.Strings("divideBy"),
        Window = json.Integer("window", 0),
        Trains = json.Boolean("trains", true),
    };

    private static FieldSwap ReadSwap(JsonObjectReader json) =>
        new(json.RequiredText("first"), json.RequiredText("second"), json.Number("swapProbability") ?? 0.01);

    private static Comparison ReadComparison(JsonObjectReader json) => new()
    {
        Field = json.RequiredText("field"),
        Levels = json.Objects("levels", level => new ComparisonLevel(level.RequiredText("when"), level.Number("m"), level.Number("u"), level.Number("r"))
        {
            TermFrequencyWeight = level.Number("termFrequencyWeight") ?? 0,
        }),
        EvidenceShare = json.Number("evidenceShare"),
        AdjustForTermFrequency = json.Boolean("adjustForTermFrequency", false),
        TermFrequencies = json.Object("termFrequencies", ReadFrequencies),
        GramFrequencies = json.Object("gramFrequencies", ReadFrequencies),
    };

    private static TermFrequencyTable ReadFrequencies(JsonObjectReader json)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((string value, JsonElement frequency) in json.Members("values"))
        {
            values[value] = json.NumberOf(frequency, "values") ?? 1;
        }
        return new TermFrequencyTable(json.Number("default") ?? 0, values) { IsGiven = json.Boolean("given", false) };
    }
}
