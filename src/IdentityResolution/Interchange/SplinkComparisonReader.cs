using System.Text.Json;
using IdentityResolution.Standardization;

namespace IdentityResolution.Interchange;

/// <summary>Translates comparisons, each as a whole or not at all.</summary>
internal sealed class SplinkComparisonReader(SplinkImportOptions options, SplinkFields fields, List<SplinkNote> notes)
{
    // What Splink takes for a level that its training never saw, and the least m or u that it reckons with.
    private const double NotObserved = 1e-6;
    private const double Least = 1e-10;
    private const string NotObservedText = "level not observed in training dataset";

    /// <summary>The comparison; null when a part of it has no counterpart, which the notes then name.</summary>
    public Comparison? Read(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("comparison_levels", out JsonElement levels) || levels.ValueKind != JsonValueKind.Array)
        {
            notes.Add(new(path, SplinkNoteKind.LeftOut, "has no comparison_levels; save the settings from Splink, which writes them out."));
            return null;
        }
        var draft = new Draft(path);
        int index = 0;
        foreach (JsonElement level in levels.EnumerateArray())
        {
            ReadLevel(draft, level, $"{path}.comparison_levels[{index++}]");
        }
        if (draft.Columns.Count > 1)
        {
            draft.Refuse(path, $"it looks at {draft.Columns.Count} columns ({string.Join(", ", draft.Columns)}); a comparison here looks at one.");
        }
        if (draft.Reasons.Count == 0 && (draft.Levels.Count is < 2 or > 15 || draft.Levels[^1].When is not "else"))
        {
            draft.Refuse(path, "it needs 2 to 15 levels besides the null level, and ELSE as the last.");
        }
        if (draft.Reasons.Count > 0)
        {
            notes.AddRange(draft.Reasons.Select(reason => new SplinkNote(reason.Path, SplinkNoteKind.LeftOut, $"{reason.Message} The whole comparison is left out.")));
            return null;
        }
        if (!draft.HasNull)
        {
            notes.Add(new(path, SplinkNoteKind.Differs, "has no null level, so a missing value counts as ELSE in Splink; here it adds nothing."));
        }
        notes.AddRange(draft.Differences.Distinct());
        return Finish(draft);
    }

    private Comparison Finish(Draft draft)
    {
        Field field = fields.Compared(draft.Columns.Single(), draft.Traits);
        bool trained = draft.Levels.All(level => level.MProbability is not null && level.UProbability is not null);
        int exact = draft.Levels.FindIndex(level => level.When is "exact");
        TermFrequencyTable? frequencies = null;
        if (draft.Adjusts && trained && options.TermFrequencies.TryGetValue(draft.Columns.Single(), out IReadOnlyDictionary<string, double>? values))
        {
            frequencies = ReadFrequencies(field, values, draft.Levels[exact].UProbability!.Value, draft.LeastFrequency);
        }
        else if (draft.Adjusts && trained)
        {
            notes.Add(new(draft.Path, SplinkNoteKind.Elsewhere, "Splink keeps term frequency tables beside its settings; none was given, so they are counted on the records of each run."));
        }
        return new Comparison
        {
            Field = field.Name,
            // One of m and u alone would be neither trained nor untrained.
            Levels = [.. draft.Levels.Select(level => trained ? level : new ComparisonLevel(level.When))],
            AdjustForTermFrequency = draft.Adjusts,
            TermFrequencies = frequencies,
        };
    }

    private static void ReadLevel(Draft draft, JsonElement level, string path)
    {
        if (level.ValueKind != JsonValueKind.Object || !level.TryGetProperty("sql_condition", out JsonElement condition) || condition.ValueKind != JsonValueKind.String)
        {
            draft.Refuse(path, "it has no sql_condition.");
            return;
        }
        string sql = condition.GetString()!.Trim();
        if (sql.Equals("ELSE", StringComparison.OrdinalIgnoreCase))
        {
            RefuseAdjustment(draft, level, path, "else");
            draft.Levels.Add(WithProbabilities(draft, level, path, "else"));
            return;
        }
        if (SqlParser.Parse(sql, qualified: false, out string error) is not { } node)
        {
            draft.Refuse($"{path}.sql_condition", $"{error}.");
            return;
        }
        if (level.TryGetProperty("is_null_level", out JsonElement isNull) && isNull.ValueKind == JsonValueKind.True)
        {
            ReadNull(draft, node, path);
            return;
        }
        if (SqlLevel.Read(node, draft.Levels.Exists(known => known.When is "exact"), out error) is not { } translated)
        {
            draft.Refuse($"{path}.sql_condition", $"{error}.");
            return;
        }
        draft.Look(translated.Column, translated.Traits, $"{path}.sql_condition");
        RefuseAdjustment(draft, level, path, translated.When);
        draft.Levels.Add(WithProbabilities(draft, level, path, translated.When));
    }

    private static void ReadNull(Draft draft, SqlNode node, string path)
    {
        draft.HasNull = true;
        SqlFeature?[] sides = [.. node.Disjuncts.Select(part => part.Is("is null", 1) ? SqlFeature.Read(part.Arguments[0], out _) : null)];
        if (sides is not [{ Steps.Count: 0 } left, { Steps.Count: 0 } right] || !left.Mirrors(right))
        {
            draft.Refuse($"{path}.sql_condition", "values count as missing here when they are empty or a placeholder, and on no other condition.");
            return;
        }
        draft.Look(left.Column, left.Traits, $"{path}.sql_condition");
    }

    // Only the exact level weighs by the frequency of the value, and in full.
    private static void RefuseAdjustment(Draft draft, JsonElement level, string path, string when)
    {
        string? column = level.TryGetProperty("tf_adjustment_column", out JsonElement tf) && tf.ValueKind == JsonValueKind.String ? tf.GetString()!.Trim('"', '`') : null;
        if (column is null)
        {
            return;
        }
        if (when is not "exact")
        {
            draft.Refuse($"{path}.tf_adjustment_column", "only the level of equal values is adjusted for term frequency here.");
        }
        else if (!draft.Columns.Contains(column))
        {
            draft.Refuse($"{path}.tf_adjustment_column", "the frequencies are those of another column.");
        }
        if (Number(level, "tf_adjustment_weight") is { } weight && weight != 1)
        {
            draft.Refuse($"{path}.tf_adjustment_weight", "frequencies are counted in full here: only a weight of 1 has a counterpart.");
        }
        draft.Adjusts = true;
        draft.LeastFrequency = Number(level, "tf_minimum_u_value") ?? 0;
        if (draft.LeastFrequency > 0)
        {
            draft.Differences.Add(new($"{path}.tf_minimum_u_value", SplinkNoteKind.Differs, "the minimum is built into term frequency tables that are given; tables counted on the records know none."));
        }
    }

    private static ComparisonLevel WithProbabilities(Draft draft, JsonElement level, string path, string when)
    {
        return new ComparisonLevel(when, Probability("m_probability"), Probability("u_probability"));

        double? Probability(string name)
        {
            if (!level.TryGetProperty(name, out JsonElement element) || element.ValueKind is JsonValueKind.Null)
            {
                return null;
            }
            if (element.ValueKind == JsonValueKind.String && string.Equals(element.GetString(), NotObservedText, StringComparison.Ordinal))
            {
                return NotObserved;
            }
            if (element.ValueKind != JsonValueKind.Number || element.GetDouble() is not (>= 0 and <= 1))
            {
                draft.Refuse($"{path}.{name}", "must be a number in [0, 1].");
                return null;
            }
            return Math.Max(element.GetDouble(), Least);
        }
    }

    // Splink counts raw values: several may become one standardized value.
    private static TermFrequencyTable ReadFrequencies(Field field, IReadOnlyDictionary<string, double> values, double exactU, double least)
    {
        IStandardizer standardizer = Standardizers.For(field.Kind, field.Standardization);
        var sums = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string raw, double frequency) in values.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var buffer = new char[standardizer.MaxLength(raw.Length)];
            int length = standardizer.Standardize(raw, buffer).Length;
            if (length > 0 && frequency > 0)
            {
                string value = new(buffer, 0, length);
                sums[value] = sums.GetValueOrDefault(value) + frequency;
            }
        }
        return new TermFrequencyTable(exactU, sums.ToDictionary(entry => entry.Key, entry => Math.Clamp(entry.Value, Math.Max(least, Least), 1), StringComparer.Ordinal));
    }

    private static double? Number(JsonElement level, string name) =>
        level.TryGetProperty(name, out JsonElement element) && element.ValueKind == JsonValueKind.Number ? element.GetDouble() : null;

    private sealed class Draft(string path)
    {
        public string Path { get; } = path;

        public List<ComparisonLevel> Levels { get; } = [];

        public SortedSet<string> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

        public List<SplinkNote> Differences { get; } = [];

        public List<(string Path, string Message)> Reasons { get; } = [];

        public SqlTraits Traits { get; private set; } = SqlTraits.None;

        public bool HasNull { get; set; }

        public bool Adjusts { get; set; }

        public double LeastFrequency { get; set; }

        public void Refuse(string where, string message) => Reasons.Add((where, message));

        public void Look(string column, SqlTraits traits, string where)
        {
            Columns.Add(column);
            if (Traits.Contradicts(traits))
            {
                Refuse(where, "other levels treat the column as another kind of value.");
            }
            Traits = Traits.And(traits with { Difference = null });
            if (traits.Difference is not null)
            {
                Differences.Add(new(where, SplinkNoteKind.Differs, $"{traits.Difference}."));
            }
        }
    }
}
