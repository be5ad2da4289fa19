using System.Text.Json;
using IdentityResolution.Interchange;
using IdentityResolution.Tests.Model;

namespace IdentityResolution.Tests.Interchange;

public class SplinkRoundTripTests
{
    // What SQL can say, besides 'else'.
    private static readonly string[] Conditions =
    [
        "exact", "initial", "contained", "day_month_swapped", "same prefix:3", "same suffix:7", "same first", "jaro >= 0.9", "jaro_winkler >= 0.92",
        "levenshtein <= 2", "osa <= 1", "levenshtein <= 1",
    ];

    [Fact]
    public void Import_of_an_export_gives_the_same_weights_wherever_everything_has_a_counterpart() => Law.Holds(random =>
    {
        IdentityModel model = Translatable(random);
        SplinkExport export = SplinkSettings.Export(model);
        Assert.DoesNotContain(export.Notes, note => note.Kind == SplinkNoteKind.LeftOut);
        SplinkImport import = SplinkSettings.Import(export.Json, new SplinkImportOptions
        {
            TermFrequencies = export.TermFrequencies.ToDictionary(table => table.Key, table => table.Value.Values, StringComparer.Ordinal),
        });
        Assert.DoesNotContain(import.Notes, note => note.Kind == SplinkNoteKind.LeftOut);
        Assert.Equal(MatchWeights.FromProbability(model.PriorMatchProbability), MatchWeights.FromProbability(import.Model.PriorMatchProbability));
        Assert.Equal(model.LinkOnly, import.Model.LinkOnly);
        Assert.Equal(model.Comparisons.Select(Describe), import.Model.Comparisons.Select(Describe));
        Assert.Equal(model.BlockingRules.Select(rule => string.Join('+', rule.Keys)), import.Model.BlockingRules.Select(rule => string.Join('+', rule.Keys)));
    });

    [Fact]
    public void Every_model_exports_settings_or_names_what_it_leaves_out() => Law.Holds(random =>
    {
        IdentityModel model = RandomModels.Create(random);
        SplinkExport export = SplinkSettings.Export(model);
        using var json = JsonDocument.Parse(export.Json);
        for (int i = 0; i < model.Comparisons.Count; i++)
        {
            bool written = json.RootElement.GetProperty("comparisons").EnumerateArray().Any(item => item.GetProperty("output_column_name").GetString() == model.Comparisons[i].Field);
            bool named = export.Notes.Any(note => note.Kind == SplinkNoteKind.LeftOut && note.Path.StartsWith($"comparisons[{i}].levels", StringComparison.Ordinal));
            Assert.NotEqual(written, named);
        }
        int rulesNamed = export.Notes.Where(note => note.Kind == SplinkNoteKind.LeftOut && note.Path.StartsWith("blockingRules[", StringComparison.Ordinal)).Select(note => note.Path.Split('.')[0]).Distinct().Count();
        Assert.Equal(model.BlockingRules.Count, json.RootElement.GetProperty("blocking_rules_to_generate_predictions").GetArrayLength() + rulesNamed);
    });

    [Fact]
    public void What_splink_does_not_know_is_named()
    {
        IdentityModel model = Translatable(new Random(3)) with
        {
            MatchRules = [new MatchRule { Name = "same", Keys = ["f0"] }],
            UniqueSources = ["crm"],
        };
        SplinkExport export = SplinkSettings.Export(model);
        Assert.Contains(export.Notes, note => note is { Path: "matchRules", Kind: SplinkNoteKind.LeftOut });
        Assert.Contains(export.Notes, note => note is { Path: "uniqueSources", Kind: SplinkNoteKind.Elsewhere });
        Assert.Contains("\"link_type\": \"link_and_dedupe\"", SplinkSettings.Export(model with { LinkOnly = false }).Json, StringComparison.Ordinal);
        Assert.Contains("\"link_type\": \"link_only\"", SplinkSettings.Export(model with { LinkOnly = true }).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_model_is_not_exported() =>
        Assert.Throws<InvalidModelException>(() => SplinkSettings.Export(new IdentityModel { Fields = [] }));

    private static IdentityModel Translatable(Random random)
    {
        string[] fields = ["f0", "f1", "f2"];
        return new IdentityModel
        {
            // Dates are told by what compares them, all other columns are text.
            Fields = [.. fields.Select(name => new Field { Name = name }), new Field { Name = "amount", Kind = FieldKind.Number }],
            LinkOnly = random.Next(2) == 0,
            PriorMatchProbability = Probability(random) * 0.9,
            BlockingRules = [new BlockingRule { Keys = ["f0", "f1.prefix:3"] }, new BlockingRule { Keys = ["f2.suffix:4", "f0.first"] }],
            Comparisons =
            [
                .. fields.Select(name => Compare(random, name, Conditions)),
                Compare(random, "amount", ["exact", "difference <= 1", "percent <= 12.5"]),
            ],
        };
    }

    private static Comparison Compare(Random random, string field, string[] conditions)
    {
        string[] chosen = ["exact", .. conditions.Where(condition => condition != "exact" && random.Next(2) == 0), "else"];
        ComparisonLevel[] levels = [.. chosen.Select(when => new ComparisonLevel(when, Probability(random), Probability(random)))];
        bool adjust = random.Next(2) == 0;
        return new Comparison
        {
            Field = field,
            Levels = levels,
            AdjustForTermFrequency = adjust,
            TermFrequencies = adjust
                ? new TermFrequencyTable(levels[0].UProbability!.Value, new Dictionary<string, double> { ["17"] = Probability(random), ["42"] = Probability(random) })
                : null,
        };
    }

    private static string Describe(Comparison comparison) => string.Join('\n',
    [
        .. comparison.Levels.Select(level => $"{level.When}: {level.Weight}"),
        .. comparison.TermFrequencies is { } table
            ? table.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {MatchWeights.FromRatio(comparison.Levels[0].MProbability!.Value, entry.Value)}")
                .Append($"other: {MatchWeights.FromRatio(comparison.Levels[0].MProbability!.Value, table.Default)}")
            : [comparison.AdjustForTermFrequency.ToString()],
    ]);

    // From about 1e-9 up: above the least that Splink reckons with.
    private static double Probability(Random random) => Math.Pow(10, -9 * random.NextDouble() * random.NextDouble());
}
