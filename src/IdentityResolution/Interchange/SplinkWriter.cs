using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IdentityResolution.Features;

namespace IdentityResolution.Interchange;

/// <summary>Makes settings of one model.</summary>
internal sealed class SplinkWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IdentityModel _model;
    private readonly List<SplinkNote> _notes = [];
    private readonly Dictionary<string, string> _columns;
    private readonly SortedDictionary<string, TermFrequencyTable> _frequencies = new(StringComparer.Ordinal);

    public SplinkWriter(IdentityModel model)
    {
        _model = model;
        _columns = model.Fields.ToDictionary(field => field.Name, ColumnOf, StringComparer.Ordinal);
    }

    public SplinkExport Write()
    {
        NameWhatHasNoCounterpart();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("link_type", _model.LinkOnly ? "link_only" : NamesSources() && !_model.DedupeOnly ? "link_and_dedupe" : "dedupe_only");
            json.WriteNumber("probability_two_random_records_match", _model.PriorMatchProbability);
            json.WriteString("unique_id_column_name", "unique_id");
            json.WriteString("source_dataset_column_name", "source_dataset");
            json.WriteString("sql_dialect", "duckdb");
            json.WriteStartArray("blocking_rules_to_generate_predictions");
            for (int i = 0; i < _model.BlockingRules.Count; i++)
            {
                WriteRule(json, _model.BlockingRules[i], $"blockingRules[{i}]");
            }
            json.WriteEndArray();
            json.WriteStartArray("comparisons");
            for (int i = 0; i < _model.Comparisons.Count; i++)
            {
                WriteComparison(json, _model.Comparisons[i], $"comparisons[{i}]");
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return new SplinkExport(Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n", _frequencies, _notes);
    }

    private bool NamesSources() => _model.UniqueSources.Count > 0
        || _model.Fields.Any(field => field.Columns.Keys.Any(source => !string.Equals(source, Field.AnySource, StringComparison.Ordinal)));

    // One column in all sources keeps its name; else Splink needs a column called like the field.
    private static string ColumnOf(Field field)
    {
        string[] columns = [.. field.Columns.Values.SelectMany(columns => columns).Distinct(StringComparer.Ordinal)];
        return columns is [var column] && field.Parts.Count == 0 ? column : field.Name;
    }

    private void NameWhatHasNoCounterpart()
    {
        _notes.Add(new("fields", SplinkNoteKind.Elsewhere, "Splink compares columns as they are: give it standardized values (lower case, dates as yyyy-MM-dd), or the conditions judge other values."));
        for (int i = 0; i < _model.Fields.Count; i++)
        {
            Field field = _model.Fields[i];
            if (field.Columns.Values.SelectMany(columns => columns).Distinct(StringComparer.Ordinal).Count() > 1 || field.Parts.Count > 0)
            {
                _notes.Add(new($"fields[{i}].columns", SplinkNoteKind.Elsewhere, $"several columns, or parts of them, feed the field; Splink needs one column '{_columns[field.Name]}'."));
            }
            if (field.Standardization.IgnoredValues.Count > 0)
            {
                _notes.Add(new($"fields[{i}].standardization.ignoredValues", SplinkNoteKind.LeftOut, "values that count as missing have to be NULL in Splink's input."));
            }
            if (field.Standardization.Steps.Count > 0)
            {
                _notes.Add(new($"fields[{i}].standardization.steps", SplinkNoteKind.LeftOut, "Splink compares what it is given: do these steps on its input."));
            }
        }
        Add(_model.MatchRules.Count > 0, "matchRules", SplinkNoteKind.LeftOut, "Splink links by score alone.");
        Add(_model.Swaps.Count > 0, "swaps", SplinkNoteKind.LeftOut, "values in each other's place are compared straight.");
        Add(_model.PriorRelatedProbability is not null, "priorRelatedProbability", SplinkNoteKind.LeftOut, "Splink knows no relatives: pairs weigh against coincidence alone, and people of one household weigh more.");
        Add(_model.UniqueSources.Count > 0, "uniqueSources", SplinkNoteKind.Elsewhere, "Splink takes duplicate-free sources when it clusters.");
        Add(_model.BlockingRules.Count > 0, "blockingRules", SplinkNoteKind.Differs, "Splink does not limit the size of blocks (maxBlockSize).");
        _notes.Add(new("matchProbabilityThreshold", SplinkNoteKind.Elsewhere, $"give it to predict: threshold_match_probability={Invariant(_model.MatchProbabilityThreshold)}."));
    }

    private void Add(bool applies, string path, SplinkNoteKind kind, string message)
    {
        if (applies)
        {
            _notes.Add(new(path, kind, message));
        }
    }

    private static string Invariant(double number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private void WriteRule(Utf8JsonWriter json, BlockingRule rule, string path)
    {
        if (rule.Window > 0)
        {
            _notes.Add(new($"{path}.window", SplinkNoteKind.LeftOut, "Splink has no sorted neighbourhood. The whole rule is left out."));
            return;
        }
        Add(rule.DivideBy.Count > 0, $"{path}.divideBy", SplinkNoteKind.Differs, "Splink compares all records of a block, however many.");
        var parts = new List<string>();
        for (int i = 0; i < rule.Keys.Count; i++)
        {
            FeatureExpression feature = FeatureExpression.Parse(rule.Keys[i], out _)!;
            string column = SqlConditions.Quote(_columns[feature.Field]);
            if (SqlConditions.WriteEqual(feature.Steps, $"l.{column}", $"r.{column}") is not { } sql)
            {
                _notes.Add(new($"{path}.keys[{i}]", SplinkNoteKind.LeftOut, $"'{rule.Keys[i]}' has no counterpart in SQL. The whole rule is left out."));
                return;
            }
            parts.Add(sql);
        }
        json.WriteStartObject();
        json.WriteString("blocking_rule", string.Join(" AND ", parts));
        json.WriteString("sql_dialect", "duckdb");
        json.WriteEndObject();
    }

    private void WriteComparison(Utf8JsonWriter json, Comparison comparison, string path)
    {
        string column = _columns[comparison.Field];
        (string left, string right) = (SqlConditions.Quote(column + "_l"), SqlConditions.Quote(column + "_r"));
        LevelCondition[] conditions = [.. comparison.Levels.Select(level => LevelCondition.Parse(level.When, out _)!)];
        string?[] sql = [.. conditions.Select(condition => SqlConditions.Write(condition, left, right))];
        for (int i = 0; i < sql.Length; i++)
        {
            if (sql[i] is null)
            {
                _notes.Add(new($"{path}.levels[{i}].when", SplinkNoteKind.LeftOut, $"'{comparison.Levels[i].When}' has no counterpart in SQL. The whole comparison of '{comparison.Field}' is left out."));
            }
            Add(conditions[i] is { Function: LevelFunction.Osa, Limit: >= 2 }, $"{path}.levels[{i}].when", SplinkNoteKind.Differs,
                "damerau_levenshtein counts an edit between two exchanged letters as cheaper, so a few pairs are one edit closer.");
        }
        if (Array.Exists(sql, condition => condition is null))
        {
            return;
        }
        Add(comparison.EvidenceShare is < 1, $"{path}.evidenceShare", SplinkNoteKind.Differs, $"'{comparison.Field}' counts in full in Splink, beside what tells the same.");
        json.WriteStartObject();
        json.WriteString("output_column_name", comparison.Field);
        json.WriteStartArray("comparison_levels");
        json.WriteStartObject();
        json.WriteString("sql_condition", $"{left} IS NULL OR {right} IS NULL");
        json.WriteString("label_for_charts", "missing");
        json.WriteBoolean("is_null_level", true);
        json.WriteEndObject();
        for (int i = 0; i < sql.Length; i++)
        {
            WriteLevel(json, comparison.Levels[i], sql[i]!, column, !comparison.AdjustForTermFrequency ? 0
                : conditions[i].Function == LevelFunction.Exact ? 1 : comparison.Levels[i].TermFrequencyWeight);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        if (comparison.AdjustForTermFrequency && comparison.TermFrequencies is { } frequencies && Array.Exists(conditions, condition => condition.Function == LevelFunction.Exact))
        {
            AddFrequencies(column, comparison, frequencies, path);
        }
    }

    private void AddFrequencies(string column, Comparison comparison, TermFrequencyTable frequencies, string path)
    {
        if (!_frequencies.TryAdd(column, frequencies))
        {
            _notes.Add(new($"{path}.termFrequencies", SplinkNoteKind.LeftOut, $"the column '{column}' has a table already."));
            return;
        }
        double exactU = comparison.Levels.First(level => LevelCondition.Parse(level.When, out _) is { Function: LevelFunction.Exact }).UProbability ?? 1;
        Add(frequencies.Default != exactU, $"{path}.termFrequencies.default", SplinkNoteKind.Differs, "a value that is not in the table weighs as the average one in Splink.");
    }

    private static void WriteLevel(Utf8JsonWriter json, ComparisonLevel level, string sql, string frequencyColumn, double frequencyWeight)
    {
        json.WriteStartObject();
        json.WriteString("sql_condition", sql);
        json.WriteString("label_for_charts", level.When);
        if (level.MProbability is { } m && level.UProbability is { } u)
        {
            json.WriteNumber("m_probability", m);
            json.WriteNumber("u_probability", u);
        }
        if (frequencyWeight > 0)
        {
            json.WriteString("tf_adjustment_column", frequencyColumn);
            json.WriteNumber("tf_adjustment_weight", frequencyWeight);
        }
        json.WriteEndObject();
    }
}
