using System.Text.Json;

namespace IdentityResolution.Cli.Tests.Commands;

/// <summary>Threshold sweep, list of wrong pairs and clerical sample, from files written by hand and from a run.</summary>
public sealed class EvaluateScoredPairsTests : IDisposable
{
    // True: {a1, a2, b1}, {a3, b2}. Found: {a1, a2}, {b1, a3, b2}.
    private const string Lookup = "source,record_id,customer_id\na,1,C1\na,2,C1\nb,1,C2\na,3,C2\nb,2,C2\n";
    private const string Truth = "source,record_id,entity_id\na,1,p\na,2,p\nb,1,p\na,3,q\nb,2,q\n";
    private const string Scored = "left_source,left_record_id,right_source,right_record_id,match_probability,match_weight\n" +
        "a,1,a,2,1.000000,\na,3,b,2,0.999024,10.000\na,3,b,1,0.888889,3.000\na,1,b,1,0.666667,1.000\na,2,b,2,0.200000,-2.000\n";

    private readonly TemporaryFolder _folder = new();
    private readonly string _lookup;
    private readonly string _truth;
    private readonly string _scored;

    public EvaluateScoredPairsTests()
    {
        _lookup = _folder.Write("lookup.csv", Lookup);
        _truth = _folder.Write("truth.csv", Truth);
        _scored = _folder.Write("scored.csv", Scored);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_threshold_is_tried()
    {
        CliResult result = await RunAsync("--truth", _truth, "--scored-pairs", _scored);
        Assert.EndsWith(
            """

            Thresholds (links: the pairs themselves; customers: the chains they make)
            from              links: precision  recall      F1  customers: precision  recall      F1
            0.01                        0.6000  0.7500  0.6667                0.4000  1.0000  0.5714
            0.1                         0.6000  0.7500  0.6667                0.4000  1.0000  0.5714
            0.5                         0.7500  0.7500  0.7500                0.4000  1.0000  0.5714
            0.9                         1.0000  0.5000  0.6667                1.0000  0.5000  0.6667
            0.95                        1.0000  0.5000  0.6667                1.0000  0.5000  0.6667
            0.99                        1.0000  0.5000  0.6667                1.0000  0.5000  0.6667
            0.999                       1.0000  0.5000  0.6667                1.0000  0.5000  0.6667
            0.9999                      1.0000  0.2500  0.4000                1.0000  0.2500  0.4000
            0.99999                     1.0000  0.2500  0.4000                1.0000  0.2500  0.4000
            best: 0.99902439            1.0000  0.5000  0.6667                1.0000  0.5000  0.6667

            scored pairs of known records                           5
              pair completeness (true pairs among them)        0.7500
              reduction ratio (possible pairs not among them)  0.5000
            average precision of links                         0.6875
            area under ROC of scored pairs                     0.8333

            """.ReplaceLineEndings("\n"),
            result.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_best_threshold_and_the_areas_stand_in_the_json()
    {
        JsonElement sweep = (await JsonAsync("--truth", _truth, "--scored-pairs", _scored)).GetProperty("sweep");
        Assert.Equal(10, sweep.GetProperty("best").GetProperty("matchWeight").GetDouble());
        Assert.Equal(2.0 / 3, sweep.GetProperty("best").GetProperty("f1").GetDouble(), 12);
        Assert.Equal(1, sweep.GetProperty("bestLinks").GetProperty("matchWeight").GetDouble());
        Assert.Equal(0.75, sweep.GetProperty("bestLinks").GetProperty("f1").GetDouble(), 12);
        Assert.Equal(5 / 6.0, sweep.GetProperty("rocArea").GetDouble(), 12);
        Assert.Equal((1 + 1 + 0.75) / 4, sweep.GetProperty("averagePrecision").GetDouble(), 12);
        Assert.Equal(0.75, sweep.GetProperty("candidates").GetProperty("pairCompleteness").GetDouble());
    }

    [Fact]
    public async Task The_curve_is_written_as_csv_or_json()
    {
        await RunAsync("--truth", _truth, "--scored-pairs", _scored, "--curve", _folder["curve.csv"]);
        string[] csv = await File.ReadAllLinesAsync(_folder["curve.csv"], TestContext.Current.CancellationToken);
        Assert.Equal(6, csv.Length);
        Assert.StartsWith("match_probability,match_weight,links_true,", csv[0], StringComparison.Ordinal);
        Assert.Equal("1,,1,0,1,0.25,0.4,0,1,0,1,0.25,0.4", csv[1]);
        await RunAsync("--truth", _truth, "--scored-pairs", _scored, "--curve", _folder["curve.json"]);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["curve.json"], TestContext.Current.CancellationToken));
        Assert.Equal(5, json.RootElement.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.RootElement[0].GetProperty("match_weight").ValueKind);
        Assert.Equal(0.5, json.RootElement[2].GetProperty("links_false_positive_rate").GetDouble());
    }

    [Fact]
    public async Task Wrong_pairs_are_listed_with_the_values_of_their_records()
    {
        string records = _folder.Write("records.csv", "sys,id,name\na,1,Ann\na,2,\"An, n\"\nb,1,Anne\na,3,Bob\nb,2,Rob\n");
        await RunAsync("--truth", _truth, "--errors", _folder["errors.csv"], "--records", records, "--records-source", "sys");
        Assert.Equal(
            [
                "error,left_source,left_record_id,right_source,right_record_id,left_customer_id,right_customer_id,left_true_id,right_true_id,left_name,right_name",
                "wrongly joined,a,3,b,1,C2,C2,q,p,Bob,Anne",
                "wrongly joined,b,1,b,2,C2,C2,p,q,Anne,Rob",
                "missed,a,1,b,1,C1,C2,p,p,Ann,Anne",
                "missed,a,2,b,1,C1,C2,p,p,\"An, n\",Anne",
            ],
            await File.ReadAllLinesAsync(_folder["errors.csv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_the_list_leaves_out_is_told()
    {
        CliResult result = await RunAsync("--truth", _truth, "--errors", _folder["errors.csv"], "--max-errors", "1");
        Assert.Equal(
            ["--errors: 1 of 2 pairs wrongly joined were written (see --max-errors).", "--errors: 1 of 2 pairs missed were written (see --max-errors)."],
            result.ErrorLines);
        Assert.Equal(3, (await File.ReadAllLinesAsync(_folder["errors.csv"], TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_sample_is_drawn_labelled_and_evaluated()
    {
        CliResult drawn = await RunAsync("--scored-pairs", _scored, "--sample", "5");
        Assert.Equal("match,left_source,left_record_id,right_source,right_record_id,stratum,stratum_pairs,sampling_weight", drawn.OutputLines[0]);
        Assert.Equal(6, drawn.OutputLines.Length);
        Assert.StartsWith("5 pairs of 4 strata, 3 of them joined in the lookup table. ", drawn.Error, StringComparison.Ordinal);

        // Judged by the truth.
        Dictionary<string, string> person = Truth.Split('\n')[1..6].Select(line => line.Split(',')).ToDictionary(row => $"{row[0]}{row[1]}", row => row[2]);
        IEnumerable<string> labelled = drawn.OutputLines[1..].Select(line => line.Split(','))
            .Select(row => (person[row[1] + row[2]] == person[row[3] + row[4]] ? "1" : "0") + string.Join(',', row));
        string labels = _folder.Write("labels.csv", string.Join('\n', labelled.Prepend(drawn.OutputLines[0])) + "\n");
        JsonElement json = await JsonAsync("--labels", labels, "--confidence", "0.9");
        // All five pairs are labelled: joined are a1-a2, a3-b2 and a3-b1; matches are a1-a2, a3-b2 and a1-b1.
        foreach (string figure in (string[])["precision", "recall"])
        {
            JsonElement estimate = json.GetProperty("estimated").GetProperty(figure);
            Assert.Equal(2.0 / 3, estimate.GetProperty("value").GetDouble(), 12);
            Assert.Equal(2.0 / 3, estimate.GetProperty("low").GetDouble(), 12);
        }
        Assert.Equal(0.9, json.GetProperty("estimated").GetProperty("confidence").GetDouble());
        Assert.Equal(5, json.GetProperty("pairs").GetProperty("scored").GetInt64());
        CliResult text = await RunAsync("--labels", labels);
        Assert.Equal("estimated over the scored pairs   value    from      to", text.OutputLines[0]);
        Assert.Equal("precision                        0.6667  0.6667  0.6667", text.OutputLines[1]);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_sample_into_a_file()
    {
        CliResult first = await RunAsync("--scored-pairs", _scored, "--sample", "5", "--seed", "4");
        CliResult second = await RunAsync("--scored-pairs", _scored, "--sample", "5", "--seed", "4", "--output", _folder["sample.csv"]);
        Assert.Equal("", second.Output);
        Assert.Equal(first.Output, await File.ReadAllTextAsync(_folder["sample.csv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_belongs_to_other_records_is_refused()
    {
        string strange = _folder.Write("strange.csv", "left_source,left_record_id,right_source,right_record_id,match_weight\na,77,b,78,1\n");
        string expected = $"idres: {strange}: the lookup table has none of these records: do the record ids and sources agree?\n";
        Assert.Equal((2, expected), await FailAsync("--truth", _truth, "--scored-pairs", strange));
        Assert.Equal((2, expected), await FailAsync("--scored-pairs", strange, "--sample", "5"));
        string labels = _folder.Write("l.csv", "match,left_source,left_record_id,right_source,right_record_id,stratum,stratum_pairs\n1,a,77,b,78,1,9\n");
        Assert.Equal((2, $"idres: {labels}: the lookup table has none of these records: do the record ids and sources agree?\n"), await FailAsync("--labels", labels));
        string records = _folder.Write("r.csv", "id,name\n77,Ann\n");
        (int exitCode, string error) = await FailAsync("--scored-pairs", _scored, "--sample", "5", "--records", records);
        Assert.Equal((2, "idres: --records: none of the records drawn is in these files: do the record ids and sources agree?\n"), (exitCode, error));
        Assert.Equal((2, "idres: --records: nope.csv: there is no such file\n"), await FailAsync("--scored-pairs", _scored, "--sample", "5", "--records", "nope.csv"));
        Assert.Equal((2, "idres: the pairs fall into 4 strata, so at least as many must be drawn.\n"), await FailAsync("--scored-pairs", _scored, "--sample", "1"));
    }

    [Fact]
    public async Task Labels_that_contradict_are_refused()
    {
        const string Header = "match,left_source,left_record_id,right_source,right_record_id,stratum,stratum_pairs\n";
        string twice = _folder.Write("l.csv", Header + "1,a,1,b,1,1,9\n0,b,1,a,1,1,9\n");
        Assert.Equal((2, "idres: A pair is labelled twice.\n"), await FailAsync("--labels", twice));
        string open = _folder.Write("o.csv", Header + ",a,1,b,1,1,9\n");
        Assert.Equal((2, "idres: No pair of stratum 1 is decided, so nothing is known of it.\n"), await FailAsync("--labels", open));
    }

    [Fact]
    public async Task Resolve_writes_the_scored_pairs_that_evaluate_reads()
    {
        string people = _folder["people.csv"];
        await CliRun.WithAsync("generate", "--records", "300", "--seed", "5", "--output", people, "--truth", _folder["t.csv"]);
        CliResult run = await CliRun.WithAsync(
            "resolve", people, "--source-column", "source", "--output", _folder["c.csv"], "--links", _folder["l.csv"], "--scored-pairs", _folder["s.csv"], "--json");
        Assert.Equal(0, run.ExitCode);
        using var summary = JsonDocument.Parse(run.OutputLines[^1]);
        string[] scored = await File.ReadAllLinesAsync(_folder["s.csv"], TestContext.Current.CancellationToken);
        string[] links = await File.ReadAllLinesAsync(_folder["l.csv"], TestContext.Current.CancellationToken);
        int rules = links.Count(line => line.EndsWith(',')); // a match rule has no weight
        Assert.Equal(summary.RootElement.GetProperty("candidatePairs").GetInt64(), scored.Length - 1 - rules);
        Assert.Equal(rules, scored.Count(line => line.EndsWith(',')));

        CliResult result = await CliRun.WithAsync("evaluate", _folder["c.csv"], "--truth", _folder["t.csv"], "--scored-pairs", _folder["s.csv"], "--json");
        using var json = JsonDocument.Parse(result.OutputLines[^1]);
        double best = json.RootElement.GetProperty("sweep").GetProperty("best").GetProperty("f1").GetDouble();
        Assert.InRange(best, 0.9, 1);

        await CliRun.WithAsync("resolve", people, "--source-column", "source", "--output", _folder["d.csv"], "--scored-pairs", _folder["u.csv"], "--scored-from", "0.5");
        string[] some = await File.ReadAllLinesAsync(_folder["u.csv"], TestContext.Current.CancellationToken);
        Assert.Equal(scored.Where(line => line[^1] == ',' || !line.Contains(",-", StringComparison.Ordinal)), some);
        Assert.Equal(await File.ReadAllTextAsync(_folder["c.csv"], TestContext.Current.CancellationToken), await File.ReadAllTextAsync(_folder["d.csv"], TestContext.Current.CancellationToken));
    }

    private async Task<CliResult> RunAsync(params string[] arguments)
    {
        CliResult result = await CliRun.WithAsync(["evaluate", _lookup, .. arguments]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        using var json = JsonDocument.Parse((await RunAsync([.. arguments, "--json"])).OutputLines[^1]);
        return json.RootElement.Clone();
    }

    private async Task<(int ExitCode, string Error)> FailAsync(params string[] arguments)
    {
        CliResult result = await CliRun.WithAsync(["evaluate", _lookup, .. arguments]);
        return (result.ExitCode, result.Error);
    }
}
