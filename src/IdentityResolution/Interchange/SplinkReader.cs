using System.Text.Json;

namespace IdentityResolution.Interchange;

/// <summary>Makes a model of one settings document.</summary>
internal sealed class SplinkReader
{
    private static readonly string[] Known =
        ["link_type", "probability_two_random_records_match", "unique_id_column_name", "source_dataset_column_name", "blocking_rules_to_generate_predictions", "comparisons"];

    // How Splink runs, or what it shows: not part of what decides who is who.
    private static readonly string[] RunSettings =
    [
        "retain_matching_columns", "retain_intermediate_calculation_columns", "additional_columns_to_retain", "additional_column_to_retain", "sql_dialect", "linker_uid",
        "em_convergence", "max_iterations", "bayes_factor_column_prefix", "match_weight_column_prefix", "term_frequency_adjustment_column_prefix", "comparison_vector_value_column_prefix",
    ];

    private readonly List<SplinkNote> _notes = [];
    private readonly SplinkImportOptions _options;
    private readonly SplinkFields _fields;

    public SplinkReader(SplinkImportOptions options)
    {
        _options = options;
        _fields = new SplinkFields(options.ColumnKinds);
    }

    public SplinkImport Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("comparisons", out JsonElement comparisons) || comparisons.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidModelException([new("comparisons", "is missing: this does not look like Splink settings.")]);
        }
        List<Comparison> translated = ReadComparisons(comparisons);
        List<BlockingRule> rules = ReadRules(root);
        string id = Text(root, "unique_id_column_name") ?? "unique_id";
        string? source = Text(root, "source_dataset_column_name");
        _notes.Add(new("unique_id_column_name", SplinkNoteKind.Elsewhere, $"record ids stand in the column '{id}': say so where records are read (--id {id})."));
        if (source is not null)
        {
            _notes.Add(new("source_dataset_column_name", SplinkNoteKind.Elsewhere, $"sources stand in the column '{source}': say so where records are read (--source-column {source}), unless each input is one source."));
        }
        foreach (JsonProperty member in root.EnumerateObject().Where(member => !Known.Contains(member.Name, StringComparer.Ordinal) && !RunSettings.Contains(member.Name, StringComparer.Ordinal)))
        {
            _notes.Add(new(member.Name, SplinkNoteKind.LeftOut, "is not known here."));
        }
        var model = new IdentityModel
        {
            Fields = _fields.All,
            Comparisons = translated,
            BlockingRules = rules,
            LinkOnly = ReadLinkOnly(root),
            PriorMatchProbability = ReadPrior(root),
        };
        _notes.Add(new("", SplinkNoteKind.Elsewhere, $"Splink takes its threshold when it predicts; the model links from a match probability of {model.MatchProbabilityThreshold} on (matchProbabilityThreshold)."));
        ModelError[] errors = [.. ModelValidator.Validate(model)];
        return errors.Length == 0
            ? new SplinkImport(model, id, source, _notes)
            : throw new InvalidModelException([.. _notes.Where(note => note.Kind == SplinkNoteKind.LeftOut).Select(note => new ModelError(note.Path, note.Message)), .. errors]);
    }

    private List<Comparison> ReadComparisons(JsonElement comparisons)
    {
        var reader = new SplinkComparisonReader(_options, _fields, _notes);
        var translated = new List<Comparison>();
        int index = 0;
        foreach (JsonElement element in comparisons.EnumerateArray())
        {
            string path = $"comparisons[{index++}]";
            if (translated.Count == ModelValidator.MaxComparisons)
            {
                _notes.Add(new(path, SplinkNoteKind.LeftOut, $"a model holds at most {ModelValidator.MaxComparisons} comparisons."));
            }
            else if (reader.Read(element, path) is { } comparison)
            {
                translated.Add(comparison);
            }
        }
        int trained = translated.Count(comparison => comparison.Levels.All(level => level.MProbability is not null));
        if (trained > 0 && trained < translated.Count)
        {
            _notes.Add(new("comparisons", SplinkNoteKind.Differs, "some levels have no m or u, which Splink would fill with defaults; here a run trains all comparisons anew on its records."));
        }
        return translated;
    }

    private List<BlockingRule> ReadRules(JsonElement root)
    {
        var rules = new List<BlockingRule>();
        if (!root.TryGetProperty("blocking_rules_to_generate_predictions", out JsonElement elements) || elements.ValueKind != JsonValueKind.Array)
        {
            return rules;
        }
        int index = 0;
        foreach (JsonElement element in elements.EnumerateArray())
        {
            string path = $"blocking_rules_to_generate_predictions[{index++}]";
            string? sql = element.ValueKind == JsonValueKind.String ? element.GetString() : Text(element, "blocking_rule");
            if (sql is null)
            {
                _notes.Add(new(path, SplinkNoteKind.LeftOut, "holds no SQL."));
            }
            else if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("arrays_to_explode", out JsonElement arrays) && arrays.ValueKind == JsonValueKind.Array && arrays.GetArrayLength() > 0)
            {
                _notes.Add(new(path, SplinkNoteKind.LeftOut, "columns of lists have no counterpart."));
            }
            else if (SqlParser.Parse(sql, qualified: true, out string error) is not { } node)
            {
                _notes.Add(new(path, SplinkNoteKind.LeftOut, $"{error}."));
            }
            else
            {
                AddRules(node, path, rules);
            }
        }
        if (rules.Count > 0)
        {
            _notes.Add(new("blocking_rules_to_generate_predictions", SplinkNoteKind.Differs, $"a block of more than {_options.MaxBlockSize} records makes no pairs and is reported (maxBlockSize); Splink has no such limit."));
        }
        return rules;
    }

    // Rules joined by 'or' are several rules.
    private void AddRules(SqlNode node, string path, List<BlockingRule> rules)
    {
        var translated = new List<BlockingRule>();
        foreach (SqlNode part in node.Disjuncts)
        {
            if (SqlKey.ReadAll(part, out string error) is not { } keys)
            {
                _notes.Add(new(path, SplinkNoteKind.LeftOut, $"{error}."));
                return;
            }
            if (keys.Find(key => _options.ColumnKinds.Count == 0 && keys.Exists(other => Same(key, other) && key.Traits.Contradicts(other.Traits))) is not null)
            {
                _notes.Add(new(path, SplinkNoteKind.LeftOut, "it treats one column as two kinds of values."));
                return;
            }
            foreach (string difference in keys.Select(key => key.Traits.Difference).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                _notes.Add(new(path, SplinkNoteKind.Differs, $"{difference}."));
            }
            translated.Add(new BlockingRule
            {
                Keys = [.. keys.Select(key => _fields.Key(key.Feature.Column, key.Traits).Name + key.Feature.Suffix)],
                MaxBlockSize = _options.MaxBlockSize,
            });
        }
        rules.AddRange(translated);
    }

    private static bool Same(SqlKey left, SqlKey right) => string.Equals(left.Feature.Column, right.Feature.Column, StringComparison.Ordinal);

    private bool ReadLinkOnly(JsonElement root)
    {
        string? type = Text(root, "link_type");
        if (type is not ("dedupe_only" or "link_only" or "link_and_dedupe"))
        {
            _notes.Add(new("link_type", SplinkNoteKind.LeftOut, "is none of dedupe_only, link_only, link_and_dedupe; records are linked within and across sources."));
        }
        return type is "link_only";
    }

    private double ReadPrior(JsonElement root)
    {
        if (root.TryGetProperty("probability_two_random_records_match", out JsonElement element) && element.ValueKind == JsonValueKind.Number)
        {
            double prior = element.GetDouble();
            if (prior is > 0 and < 1)
            {
                return prior;
            }
            _notes.Add(new("probability_two_random_records_match", SplinkNoteKind.LeftOut, "must be in (0, 1); the default of 0.0001 is used, as in Splink."));
        }
        return 1e-4;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
