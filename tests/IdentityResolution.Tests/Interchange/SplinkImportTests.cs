using IdentityResolution.Interchange;

namespace IdentityResolution.Tests.Interchange;

public class SplinkImportTests
{
    // The form in which Splink 4 saves a trained model.
    internal const string Trained = """
        {
          "link_type": "dedupe_only",
          "probability_two_random_records_match": 0.0025,
          "retain_matching_columns": true,
          "em_convergence": 0.0001,
          "sql_dialect": "duckdb",
          "unique_id_column_name": "person_no",
          "source_dataset_column_name": "origin",
          "blocking_rules_to_generate_predictions": [
            { "blocking_rule": "(l.\"first_name\" = r.\"first_name\") AND (l.\"dob\" = r.\"dob\")", "sql_dialect": "duckdb" },
            "l.surname = r.surname and substr(l.first_name, 1, 1) = substr(r.first_name, 1, 1)",
            { "blocking_rule": "l.\"email\" = r.\"email\" OR l.postcode = r.postcode" },
            { "blocking_rule": "substr(l.postcode, 1, 4) = substr(r.postcode, 1, 4)" },
            { "blocking_rule": "levenshtein(l.surname, r.surname) < 2" }
          ],
          "comparisons": [
            {
              "output_column_name": "first_name",
              "comparison_levels": [
                { "sql_condition": "\"first_name_l\" IS NULL OR \"first_name_r\" IS NULL", "label_for_charts": "null", "is_null_level": true },
                { "sql_condition": "\"first_name_l\" = \"first_name_r\"", "m_probability": 0.48, "u_probability": 0.006, "tf_adjustment_column": "first_name", "tf_adjustment_weight": 1.0 },
                { "sql_condition": "jaro_winkler_similarity(\"first_name_l\", \"first_name_r\") >= 0.92", "m_probability": 0.2, "u_probability": 0.002 },
                { "sql_condition": "ELSE", "m_probability": 0.32, "u_probability": 0.992 }
              ]
            },
            {
              "output_column_name": "dob",
              "comparison_levels": [
                { "sql_condition": "try_strptime(\"dob_l\", '%Y-%m-%d') IS NULL OR try_strptime(\"dob_r\", '%Y-%m-%d') IS NULL", "is_null_level": true },
                { "sql_condition": "\"dob_l\" = \"dob_r\"", "m_probability": 0.6, "u_probability": 0.0004 },
                { "sql_condition": "damerau_levenshtein(\"dob_l\", \"dob_r\") <= 1", "m_probability": 0.2, "u_probability": "level not observed in training dataset" },
                { "sql_condition": "ABS(EPOCH(try_strptime(\"dob_l\", '%Y-%m-%d')) - EPOCH(try_strptime(\"dob_r\", '%Y-%m-%d'))) <= 2629800.0", "m_probability": 0.05, "u_probability": 0.01 },
                { "sql_condition": "ELSE", "m_probability": 0.15, "u_probability": 0.98 }
              ]
            },
            {
              "output_column_name": "name",
              "comparison_levels": [
                { "sql_condition": "\"first_name_l\" IS NULL OR \"first_name_r\" IS NULL", "is_null_level": true },
                { "sql_condition": "\"first_name_l\" = \"surname_r\" AND \"surname_l\" = \"first_name_r\"", "m_probability": 0.1, "u_probability": 0.001 },
                { "sql_condition": "ELSE", "m_probability": 0.9, "u_probability": 0.999 }
              ]
            }
          ]
        }
        """;

    [Fact]
    public void A_trained_model_comes_over_with_its_weights()
    {
        IdentityModel model = SplinkSettings.Import(Trained).Model;
        Assert.True(model.IsTrained);
        Assert.False(model.LinkOnly);
        Assert.Equal(0.0025, model.PriorMatchProbability);
        Assert.Equal(["first_name", "dob"], model.Comparisons.Select(comparison => comparison.Field));
        Assert.Equal(["exact", "jaro_winkler >= 0.92", "else"], model.Comparisons[0].Levels.Select(level => level.When));
        Assert.Equal(["exact", "osa <= 1", "days <= 30.4375", "else"], model.Comparisons[1].Levels.Select(level => level.When));
        Assert.Equal((int)Math.Round(1000 * Math.Log2(0.48 / 0.006)), model.Comparisons[0].Levels[0].Weight);
        // A level that Splink never observed counts as one in a million.
        Assert.Equal((int)Math.Round(1000 * Math.Log2(0.2 / 1e-6)), model.Comparisons[1].Levels[1].Weight);
        Assert.True(model.Comparisons[0].AdjustForTermFrequency);
        Assert.False(model.Comparisons[1].AdjustForTermFrequency);
        Assert.Equal(FieldKind.BirthDate, model.Fields.Single(field => field.Name == "dob").Kind);
    }

    [Fact]
    public void Blocking_rules_become_keys_and_or_becomes_two_rules()
    {
        SplinkImport import = SplinkSettings.Import(Trained, new SplinkImportOptions { MaxBlockSize = 77 });
        Assert.Equal(
            ["first_name + dob", "surname + first_name.initial", "email", "postcode", "postcode.prefix:4"],
            import.Model.BlockingRules.Select(rule => string.Join(" + ", rule.Keys)));
        Assert.All(import.Model.BlockingRules, rule => Assert.Equal(77, rule.MaxBlockSize));
    }

    [Fact]
    public void What_has_no_counterpart_is_named_and_left_out_whole()
    {
        SplinkImport import = SplinkSettings.Import(Trained);
        Assert.Equal(
            [
                "left out: comparisons[2].comparison_levels[1].sql_condition: it compares two different columns, or one side with itself. The whole comparison is left out.",
                "left out: blocking_rules_to_generate_predictions[4]: '<' is no equality.",
            ],
            import.Notes.Where(note => note.Kind == SplinkNoteKind.LeftOut).Select(note => note.ToString()));
        Assert.Contains(import.Notes, note => note is { Kind: SplinkNoteKind.Differs, Path: "blocking_rules_to_generate_predictions[3]", Message: "values shorter than 4 characters do not agree with anything." });
        Assert.Equal(("person_no", "origin"), (import.UniqueIdColumn, import.SourceColumn));
        Assert.Contains(import.Notes, note => note.Message.Contains("--id person_no", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"tf_adjustment_weight\": 1.0", "\"tf_adjustment_weight\": 0.5", "only a weight of 1 has a counterpart")]
    [InlineData("\"tf_adjustment_column\": \"first_name\"", "\"tf_adjustment_column\": \"other\"", "the frequencies are those of another column")]
    [InlineData("\"m_probability\": 0.48", "\"m_probability\": 1.48", "must be a number in [0, 1]")]
    [InlineData("\\\"first_name_l\\\" IS NULL OR \\\"first_name_r\\\" IS NULL\", \"label", "length(first_name_l) < 2 OR first_name_r IS NULL\", \"label", "values count as missing here when they are empty")]
    [InlineData("\"m_probability\": 0.2, \"u_probability\": 0.002", "\"m_probability\": 0.2, \"u_probability\": 0.002, \"tf_adjustment_column\": \"first_name\"", "only the level of equal values is adjusted")]
    public void A_comparison_is_translated_whole_or_not_at_all(string part, string replacement, string reason)
    {
        Assert.Contains(part, Trained, StringComparison.Ordinal);
        SplinkImport import = SplinkSettings.Import(Trained.Replace(part, replacement, StringComparison.Ordinal));
        Assert.Equal(["dob"], import.Model.Comparisons.Select(comparison => comparison.Field));
        Assert.Contains(import.Notes, note => note.Kind == SplinkNoteKind.LeftOut && note.Path.StartsWith("comparisons[0]", StringComparison.Ordinal)
            && note.Message.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Term_frequencies_that_are_given_weigh_as_in_splink()
    {
        var options = new SplinkImportOptions
        {
            TermFrequencies = new Dictionary<string, IReadOnlyDictionary<string, double>>
            {
                ["first_name"] = new Dictionary<string, double> { ["John"] = 0.02, ["JOHN"] = 0.01, ["Zebedee"] = 0.0001 },
            },
        };
        TermFrequencyTable table = SplinkSettings.Import(Trained, options).Model.Comparisons[0].TermFrequencies!;
        Assert.Equal(0.03, table.Values["john"], 12);
        Assert.Equal(0.0001, table.Values["zebedee"]);
        // A value without a frequency weighs as the average one.
        Assert.Equal(0.006, table.Default);
    }

    [Fact]
    public void Untrained_settings_make_an_untrained_model()
    {
        string settings = System.Text.RegularExpressions.Regex.Replace(Trained, ", \"[mu]_probability\": ([0-9.]+|\"[a-z ]+\")", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
        SplinkImport import = SplinkSettings.Import(settings);
        Assert.False(import.Model.IsTrained);
        Assert.All(import.Model.Comparisons, comparison => Assert.All(comparison.Levels, level => Assert.Null(level.UProbability)));
    }

    [Fact]
    public void A_half_trained_model_says_that_it_will_be_trained()
    {
        SplinkImport import = SplinkSettings.Import(Trained.Replace("\"m_probability\": 0.6, ", "", StringComparison.Ordinal));
        Assert.Contains(import.Notes, note => note.Message.StartsWith("some levels have no m or u", StringComparison.Ordinal));
        Assert.False(import.Model.IsTrained);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{ "link_type": "dedupe_only", "comparisons": [] }""")]
    [InlineData("""{ "link_type": "dedupe_only", "comparisons": [ { "output_column_name": "a" } ], "blocking_rules_to_generate_predictions": [ "l.a = r.a" ] }""")]
    public void What_makes_no_model_is_refused_with_reasons(string json) => Assert.NotEmpty(Assert.Throws<InvalidModelException>(() => SplinkSettings.Import(json)).Errors);

    [Theory]
    [InlineData(Trained, true)]
    [InlineData("""{ "version": 1, "fields": [ { "name": "a" } ], "comparisons": [ { "field": "a", "levels": [] } ] }""", false)]
    [InlineData("nothing", false)]
    [InlineData("[1]", false)]
    public void Settings_are_told_from_models(string json, bool expected) => Assert.Equal(expected, SplinkSettings.IsSplink(json));

    [Fact]
    public void A_column_compared_twice_becomes_two_fields_and_odd_names_are_kept_as_columns()
    {
        string json = Trained.Replace("dob", "first_name", StringComparison.Ordinal).Replace("first_name", "Given name", StringComparison.Ordinal);
        IdentityModel model = SplinkSettings.Import(json).Model;
        Assert.Equal(["Given_name", "Given_name_2"], model.Comparisons.Select(comparison => comparison.Field));
        Assert.All(model.Comparisons, comparison => Assert.Equal(["Given name"], model.Fields.Single(field => field.Name == comparison.Field).ColumnsOf("any")));
    }

    [Fact]
    public async Task An_imported_model_resolves_records()
    {
        SourceRecord[] records =
        [
            SourceRecord.Create("s", "1", ("first_name", "Maria"), ("dob", "1980-02-03"), ("surname", "Stone"), ("postcode", "AB1 2CD"), ("email", null)),
            SourceRecord.Create("s", "2", ("first_name", "Maria"), ("dob", "1980-02-03"), ("surname", "Stone"), ("postcode", "AB1 2CD"), ("email", null)),
            SourceRecord.Create("s", "3", ("first_name", "Peter"), ("dob", "1955-07-09"), ("surname", "Stone"), ("postcode", "AB1 2CD"), ("email", null)),
        ];
        Resolution resolution = await IdentityResolver.Create(SplinkSettings.Import(Trained).Model with { MatchProbabilityThreshold = 0.5 }, Customers.Options)
            .ResolveAsync([RecordSet.From(records, "s")], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, resolution.Summary.Customers);
        Assert.Contains("The model lacks term frequencies that it asks for: they were counted on these records.", resolution.Decisions);
        Assert.NotNull(resolution.Model.Comparisons[0].TermFrequencies);
    }
}
