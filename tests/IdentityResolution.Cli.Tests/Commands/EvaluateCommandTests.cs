using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace IdentityResolution.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    // True: {a1, a2, b1}, {a3, b2}. Found: {a1, a2}, {b1, a3, b2}.
    private const string Lookup = "source,record_id,customer_id,matched_by,match_probability\na,1,C1,score,0.9\na,2,C1,score,0.9\nb,1,C2,,\na,3,C2,,\nb,2,C2,,\n";
    private const string Truth = "source,record_id,entity_id\na,1,p\na,2,p\nb,1,p\na,3,q\nb,2,q\n";
    private readonly TemporaryFolder _folder = new();
    private readonly string _lookup;

    public EvaluateCommandTests() => _lookup = _folder.Write("lookup.csv", Lookup);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_table_is_as_approved()
    {
        CliResult result = await CliRun.WithAsync("evaluate", _lookup, "--truth", _folder.Write("t.csv", Truth));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
                      precision  recall      F1
            pairwise     0.5000  0.5000  0.5000
            B-cubed      0.7333  0.7333  0.7333

            true customers                                           2
            customers found                                          2
              exact                                                  0
              over-merged (hold records of several true customers)   1
            true customers over-split (stand in several found ones)  1
            pairs rightly joined                                     2
            pairs wrongly joined                                     2
            pairs missed                                             2
            records evaluated                                        5

            """.ReplaceLineEndings("\n"),
            result.Output);
    }

    [Fact]
    public async Task The_summary_is_one_line_of_json_with_the_promised_keys()
    {
        JsonElement json = await JsonAsync("--truth", _folder.Write("t.csv", Truth));
        Assert.Equal(0.5, json.GetProperty("pairwise").GetProperty("precision").GetDouble());
        Assert.Equal(0.5, json.GetProperty("pairwise").GetProperty("recall").GetDouble());
        Assert.Equal(0.5, json.GetProperty("pairwise").GetProperty("f1").GetDouble());
        Assert.Equal(11 / 15.0, json.GetProperty("bcubed").GetProperty("precision").GetDouble(), 12);
        Assert.Equal(11 / 15.0, json.GetProperty("bcubed").GetProperty("recall").GetDouble(), 12);
        Assert.Equal(11 / 15.0, json.GetProperty("bcubed").GetProperty("f1").GetDouble(), 12);
        Assert.Equal((0, 1, 1), (Count(json, "clusters", "exact"), Count(json, "clusters", "overMerged"), Count(json, "clusters", "overSplit")));
        Assert.Equal((5, 0, 0), (Count(json, "records", "evaluated"), Count(json, "records", "onlyInLookup"), Count(json, "records", "onlyInTruth")));
    }

    [Fact]
    public async Task Across_sources_counts_pairs_of_two_sources_only()
    {
        JsonElement json = await JsonAsync("--truth", _folder.Write("t.csv", Truth), "--across-sources");
        Assert.Equal((1, 1, 2), (Count(json, "pairs", "truePositives"), Count(json, "pairs", "falsePositives"), Count(json, "pairs", "falseNegatives")));
    }

    [Fact]
    public async Task Columns_of_the_truth_can_be_named()
    {
        string truth = _folder.Write("t.csv", "system;key;human\na;1;p\na;2;p\nb;1;p\na;3;q\nb;2;q\n");
        JsonElement json = await JsonAsync("--truth", truth, "--truth-id", "KEY", "--truth-cluster", "human", "--truth-source", "system");
        Assert.Equal(2, Count(json, "pairs", "truePositives"));
    }

    [Theory]
    [InlineData("--truth-id")]
    [InlineData("--truth-cluster")]
    [InlineData("--truth-source")]
    public async Task A_column_that_is_not_there_is_told_with_those_that_are(string option)
    {
        string truth = _folder.Write("t.csv", Truth);
        await AssertErrorAsync($"{truth}:1: there is no column 'nope'; the columns are: source, record_id, entity_id.", "--truth", truth, option, "nope");
    }

    [Fact]
    public async Task A_truth_without_a_known_column_is_told_with_those_it_has()
    {
        string truth = _folder.Write("t.csv", "record_id,colour\n1,red\n");
        await AssertErrorAsync($"{truth}:1: no column is known to hold the cluster; the columns are: record_id, colour.", "--truth", truth);
    }

    [Fact]
    public async Task A_gzipped_truth_and_several_files_are_read_as_one()
    {
        string first = _folder["t1.csv.gz"];
        using (var gzip = new GZipStream(File.Create(first), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes("source,record_id,entity_id\na,1,p\na,2,p\n"));
        }
        string second = _folder.Write("t2.csv", "source,record_id,entity_id\nb,1,p\na,3,q\nb,2,q\n");
        JsonElement json = await JsonAsync("--truth", first, second);
        Assert.Equal(2, Count(json, "pairs", "truePositives"));
        Assert.Equal(2, Count(await JsonAsync("--truth", first, "--truth", second), "pairs", "truePositives"));
    }

    [Fact]
    public async Task Records_that_one_side_lacks_are_told()
    {
        string truth = _folder.Write("t.csv", "source,record_id,entity_id\na,1,p\na,2,p\na,9,p\n");
        CliResult result = await CliRun.WithAsync("evaluate", _lookup, "--truth", truth, "--json");
        Assert.Equal(
            [
                "1 records of the truth are not in the lookup table: each counts as found alone.",
                "3 records of the lookup table are not in the truth: nothing is known of them, they are left out.",
            ],
            result.ErrorLines);
    }

    [Fact]
    public async Task Without_known_sources_records_are_recognized_by_their_ids()
    {
        string lookup = _folder.Write("l.csv", "source,record_id,customer_id\nx,a1,C1\ny,b1,C1\nx,a2,C2\n");
        string noSource = _folder.Write("t.csv", "id,cluster\na1,p\nb1,p\na2,q\n");
        CliResult result = await CliRun.WithAsync("evaluate", lookup, "--truth", noSource, "--across-sources", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string otherSource = _folder.Write("u.csv", "source,id,cluster\nfile,a1,p\nfile,b1,p\nfile,a2,q\n");
        CliResult told = await CliRun.WithAsync("evaluate", lookup, "--truth", otherSource, "--across-sources", "--json");
        Assert.Equal("The truth names none of the sources of the lookup table: records are recognized by their ids alone.\n", told.Error);
        Assert.Equal(result.Output, told.Output);
    }

    [Fact]
    public async Task Ids_that_repeat_between_sources_need_the_source()
    {
        CliResult result = await CliRun.WithAsync("evaluate", _lookup, "--truth", _folder.Write("t.csv", "record_id,entity_id\n1,p\n2,p\n"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("record ids repeat", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truth_with_no_record_in_common_is_refused() => await AssertErrorAsync(
        "the truth and the lookup table have no record in common: do the record ids and sources agree?",
        "--truth", _folder.Write("t.csv", "source,record_id,entity_id\na,77,p\n"));

    [Theory]
    [InlineData("", ": the file is empty.")]
    [InlineData("source,record_id,entity_id\n", ": the file has a header and no rows.")]
    [InlineData("source,record_id,entity_id\na,1,p\na,1,q\n", ": row 2 below the header: another row has the same source and record id.")]
    [InlineData("source,record_id,entity_id\na,1,\n", ": row 1 below the header: the column 'entity_id' is empty.")]
    [InlineData("source,record_id,entity_id\na,1\n", ":2: The row has 2 fields, expected 3.")]
    public async Task A_truth_that_can_not_be_read_whole_is_refused(string content, string expected)
    {
        string truth = _folder.Write("t.csv", content);
        await AssertErrorAsync(truth + expected, "--truth", truth);
    }

    [Fact]
    public async Task Labelled_pairs_count_and_no_others()
    {
        string pairs = _folder.Write("p.csv", "record_id_l,record_id_r,source_l,source_r,match\n1,2,a,a,1\n1,1,a,b,1\n3,1,a,b,0\n2,2,a,b,0\n");
        JsonElement json = await JsonAsync("--truth-pairs", pairs);
        Assert.Equal((1, 1, 1, 1), (Count(json, "pairs", "truePositives"), Count(json, "pairs", "falsePositives"), Count(json, "pairs", "falseNegatives"), Count(json, "pairs", "trueNegatives")));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("bcubed").ValueKind);
        Assert.Equal("labelledPairs", json.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Complete_pairs_make_every_other_partner_of_a_left_record_false()
    {
        string pairs = _folder.Write("p.csv", "record_id_l,record_id_r,source_l,source_r,match\n3,2,a,b,1\n");
        JsonElement json = await JsonAsync("--truth-pairs", pairs, "--pairs-complete", "--across-sources");
        Assert.Equal((1, 1, 0), (Count(json, "pairs", "truePositives"), Count(json, "pairs", "falsePositives"), Count(json, "pairs", "falseNegatives")));
    }

    [Fact]
    public async Task Pairs_without_labels_are_all_matches_there_are()
    {
        string pairs = _folder.Write("p.csv", "record_id_l,record_id_r,source_l,source_r\n1,2,a,a\n2,1,a,b\n3,2,a,b\n");
        CliResult result = await CliRun.WithAsync("evaluate", _lookup, "--truth-pairs", pairs, "--json");
        CliResult clusters = await CliRun.WithAsync("evaluate", _lookup, "--truth", _folder.Write("t.csv", Truth), "--json");
        Assert.Equal(clusters.Output, result.Output);
        Assert.Contains("all its pairs are taken as matches", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Possible_matches_count_neither_way_and_what_became_of_each_label_is_told()
    {
        string pairs = _folder.Write("p.csv", "record_id_l,record_id_r,source_l,source_r,match\n1,2,a,a,match\n1,1,a,b,possible_match\n3,1,a,b,possible\n2,2,a,b,no_match\n");
        string review = _folder.Write("r.csv", "source_l,record_id_l,source_r,record_id_r,decision\nb,1,a,1,\nb,1,a,3,\n");
        JsonElement json = await JsonAsync("--truth-pairs", pairs, "--review", review);
        Assert.Equal((1, 0, 0, 1), (Count(json, "pairs", "truePositives"), Count(json, "pairs", "falsePositives"), Count(json, "pairs", "falseNegatives"), Count(json, "pairs", "trueNegatives")));
        JsonElement possible = json.GetProperty("decisions").GetProperty("possible");
        Assert.Equal("""{"joined":1,"joinedInReview":1,"apart":1,"apartInReview":1}""", possible.GetRawText());
        CliResult table = await CliRun.WithAsync("evaluate", _lookup, "--truth-pairs", pairs, "--review", review);
        Assert.EndsWith(
            """

            labelled        joined  in review  kept apart  in review
            match                1          0           0          0
            possible match       1          1           1          1
            no match             0          0           1          0

            """.ReplaceLineEndings("\n"),
            table.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_queue_goes_with_labelled_pairs_alone()
    {
        string review = _folder.Write("r.csv", "source_l,record_id_l,source_r,record_id_r,decision\nb,1,a,1,\n");
        string pairs = _folder.Write("p.csv", "record_id_l,record_id_r,source_l,source_r\n1,2,a,a\n");
        string labelled = _folder.Write("q.csv", "record_id_l,record_id_r,source_l,source_r,match\n1,2,a,a,1\n");
        await AssertErrorAsync("--review goes with --truth-pairs", "--truth", _folder.Write("t.csv", Truth), "--review", review);
        await AssertErrorAsync("--review needs labelled pairs with a column that says what is a match", "--truth-pairs", pairs, "--review", review);
        await AssertErrorAsync("--pairs-complete goes with pairs that are a match or none, and not with --review", "--truth-pairs", labelled, "--pairs-complete", "--review", review);
    }

    [Fact]
    public async Task A_label_that_is_neither_yes_nor_no_is_refused()
    {
        string pairs = _folder.Write("p.csv", "record_id_l,record_id_r,source_l,source_r,match\n1,2,a,a,maybe\n");
        await AssertErrorAsync($"{pairs}: row 1 below the header: the column 'match' must be 1 or 0, true or false, yes or no.", "--truth-pairs", pairs);
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        CliResult result = await CliRun.WithAsync(["evaluate", _lookup, .. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        using var json = JsonDocument.Parse(result.OutputLines[^1]);
        return json.RootElement.Clone();
    }

    private static long Count(JsonElement json, string group, string name) => json.GetProperty(group).GetProperty(name).GetInt64();

    private async Task AssertErrorAsync(string expected, params string[] arguments)
    {
        CliResult result = await CliRun.WithAsync(["evaluate", _lookup, .. arguments]);
        Assert.Equal((2, "", $"idres: {expected}\n"), (result.ExitCode, result.Output, result.Error));
    }
}
