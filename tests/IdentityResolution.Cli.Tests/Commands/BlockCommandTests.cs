using System.Text.Json;

namespace IdentityResolution.Cli.Tests.Commands;

public sealed class BlockCommandTests : IDisposable
{
    private const string Model = """
        { "version": 1, "priorMatchProbability": 0.3,
          "fields": [ { "name": "name", "kind": "text" }, { "name": "city", "kind": "city" } ],
          "matchRules": [ { "name": "both", "keys": [ "name", "city" ] } ],
          "blockingRules": [ { "keys": [ "name" ] }, { "keys": [ "city" ] } ],
          "comparisons": [ { "field": "name", "levels": [ { "when": "exact", "m": 0.9, "u": 0.1 }, { "when": "else", "m": 0.1, "u": 0.9 } ] } ] }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _arguments;

    public BlockCommandTests() => _arguments =
    [
        "block", _folder.Write("people.csv", "id,name,city\n1,Ann,Rome\n2,Ann,Oslo\n3,Bob,Rome\n4,Bea,Rome\n"), "--model", _folder.Write("model.json", Model),
        "--truth", _folder.Write("truth.csv", "record_id,true_id\n1,p\n2,p\n3,p\n4,q\n"),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_table_is_as_approved()
    {
        CliResult result = await CliRun.WithAsync([.. _arguments, "--largest", "1"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            rule  blocks  pairs  new pairs  est. found  est. new  true found  true new
            name       1      1          1      0.4400    0.4400      0.3333    0.3333
            city       1      3          3      0.0756    0.0756      0.3333    0.3333

            largest blocks  records  pairs
            name                  2      1
            city                  3      3

            records                           4
            possible pairs                    6
            candidate pairs                   4
            estimated matches                 2
            estimated pair completeness  0.5156
            true matches                      3
            pair completeness            0.6667

            """.ReplaceLineEndings("\n"),
            result.Output);
        Assert.DoesNotContain("rome", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Values_are_shown_when_asked_for()
    {
        CliResult result = await CliRun.WithAsync([.. _arguments, "--show-values"]);
        Assert.Contains("city: rome", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_is_one_line_of_json_with_the_promised_keys()
    {
        CliResult result = await CliRun.WithAsync([.. _arguments, "--json"]);
        Assert.Single(result.OutputLines);
        using var json = JsonDocument.Parse(result.Output);
        JsonElement root = json.RootElement;
        Assert.Equal((4, 6, 4), (root.GetProperty("records").GetInt64(), root.GetProperty("possiblePairs").GetInt64(), root.GetProperty("candidatePairs").GetInt64()));
        Assert.Equal((3, 2 / 3.0), (root.GetProperty("truePairs").GetInt64(), root.GetProperty("pairCompleteness").GetDouble()));
        Assert.InRange(root.GetProperty("estimatedPairCompleteness").GetDouble(), 0, 1);
        JsonElement rule = root.GetProperty("rules")[1];
        Assert.Equal((1, 3, 3), (rule.GetProperty("blocks").GetInt64(), rule.GetProperty("pairs").GetInt64(), rule.GetProperty("marginalPairs").GetInt64()));
        Assert.Equal((1, 1), (rule.GetProperty("truePairs").GetInt64(), rule.GetProperty("marginalTruePairs").GetInt64()));
        Assert.False(rule.GetProperty("largestBlocks")[0].TryGetProperty("values", out _));
    }

    [Fact]
    public async Task Columns_of_a_truth_that_is_not_given_are_an_error()
    {
        CliResult result = await CliRun.WithAsync(_arguments[0], _arguments[1], "--truth-id", "x");
        Assert.Equal((2, "idres: --truth-id, --truth-cluster and --truth-source go with --truth\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Without_a_model_one_is_proposed()
    {
        await CliRun.WithAsync("generate", "--records", "400", "--seed", "3", "--output", _folder["p.csv"], "--truth", _folder["t.csv"]);
        CliResult result = await CliRun.WithAsync("block", _folder["p.csv"], "--source-column", "source", "--truth", _folder["t.csv"], "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        Assert.InRange(json.RootElement.GetProperty("pairCompleteness").GetDouble(), 0.9, 1);
        Assert.InRange(json.RootElement.GetProperty("estimatedPairCompleteness").GetDouble(), 0.8, 1);
    }
}
