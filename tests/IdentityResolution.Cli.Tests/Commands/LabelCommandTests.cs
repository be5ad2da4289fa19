using System.Text.Json;

namespace IdentityResolution.Cli.Tests.Commands;

public sealed class LabelCommandTests : IDisposable
{
    private const string Header = "source_l,record_id_l,source_r,record_id_r,decision,judged_by,judged_at,note";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_are_kept_with_who_gave_them_until_the_person_quits()
    {
        CliResult result = await LabelAsync("s\nDifferent\n?\nq\ns\n", "--by", "Ann, the clerk");
        Assert.True(result.ExitCode == 0, result.Error);
        string[] lines = Answers();
        Assert.Equal(Header, lines[0]);
        Assert.Equal(["same", "different", "unsure"], lines[1..].Select(line => line.Split(',')[4]));
        Assert.All(lines[1..], line => Assert.Contains("\"Ann, the clerk\"", line, StringComparison.Ordinal));
        Assert.Contains($"3 answers in {_folder["answers.csv"]}: 1 same, 1 different, 1 unsure.", result.Output, StringComparison.Ordinal);
        Assert.Contains("expected precision", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_is_shown_with_values_marks_and_weights_on_the_error_stream()
    {
        CliResult result = await LabelAsync("");
        Assert.Contains("1 of 50: match probability 0.", result.Error, StringComparison.Ordinal);
        Assert.Contains("[s]ame, [d]ifferent, [u]nsure, [z] undo, [q]uit?", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"before any field\s+[-+]?\d+\.\d", result.Error);
        Assert.Matches(@"together\s+[-+]\d+\.\d", result.Error);
        Assert.DoesNotContain('\u001b', result.Error);
        Assert.DoesNotContain("[s]ame", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_takes_the_last_answer_back_and_asks_again()
    {
        CliResult result = await LabelAsync("s\nd\nz\ns\nq\n");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["same", "same"], Answers()[1..].Select(line => line.Split(',')[4]));
        CliResult nothing = await LabelAsync("z\nq\n");
        Assert.Contains("There is no answer to take back.", nothing.Error, StringComparison.Ordinal);
        Assert.Equal(3, Answers().Length);
    }

    [Fact]
    public async Task Undo_reaches_over_a_training()
    {
        await LabelAsync("s\nd\nz\nz\nu\nq\n", "--retrain-every", "1");
        Assert.Equal(["unsure"], Answers()[1..].Select(line => line.Split(',')[4]));
    }

    [Fact]
    public async Task What_is_no_answer_is_asked_again()
    {
        CliResult result = await LabelAsync("perhaps\n\nn\n");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("different", Assert.Single(Answers()[1..]).Split(',')[4]);
    }

    [Fact]
    public async Task A_session_goes_on_with_the_file_and_asks_about_other_pairs()
    {
        await LabelAsync("q\n");
        Assert.Equal([Header], Answers());
        await LabelAsync("u\nu\n");
        await LabelAsync("u\nu\n");
        string[] pairs = [.. Answers()[1..].Select(line => string.Join(',', line.Split(',')[..4]))];
        Assert.Equal(4, pairs.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task It_stops_after_as_many_answers_and_writes_the_model_and_a_summary()
    {
        CliResult result = await LabelAsync(string.Concat(Enumerable.Repeat("d\n", 20)), "--count", "4", "--retrain-every", "2", "--output", _folder["model.json"], "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(5, Answers().Length);
        using var summary = JsonDocument.Parse(result.OutputLines[^1]);
        Assert.Equal(["same", "different", "unsure", "before", "now", "movedLevels"], summary.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(4, summary.RootElement.GetProperty("different").GetInt32());
        Assert.True(IdentityModel.Parse(await File.ReadAllTextAsync(_folder["model.json"], TestContext.Current.CancellationToken)).IsTrained);
    }

    [Fact]
    public async Task One_file_of_answers_is_labels_and_judgements()
    {
        await LabelAsync("s\nd\nq\n");
        string answers = _folder["answers.csv"];
        CliResult train = await CliRun.WithAsync(["train", .. await PeopleAsync(), "--labels", answers, "--output", "-"]);
        Assert.Contains("Learned from 2 labelled pairs: 1 the same, 1 different.", train.Error, StringComparison.Ordinal);
        CliResult resolve = await CliRun.WithAsync(["resolve", .. await PeopleAsync(), "--labels", answers, "--judgements", answers]);
        Assert.True(resolve.ExitCode == 0, resolve.Error);
        Assert.Contains(",judgement,", resolve.Output, StringComparison.Ordinal);
        CliResult overwrite = await CliRun.WithAsync(["resolve", .. await PeopleAsync(), "--labels", answers, "--output", answers]);
        Assert.Equal((2, $"idres: --output: '{answers}' is also --labels\n"), (overwrite.ExitCode, overwrite.Error));
    }

    [Fact]
    public async Task Mistakes_are_told_in_one_line()
    {
        string[] people = await PeopleAsync();
        string other = _folder.Write("other.csv", "id,name\n1,Ann\n");
        foreach ((string[] arguments, string message) in ((string[], string)[])
        [
            (["label", .. people], "--labels"),
            (["label", "-", "--labels", _folder["answers.csv"]], "standard input is where the answers come from"),
            (["label", .. people, "--labels", people[0]], "is also an input"),
            (["label", .. people, "--labels", other], "there is no column 'source_l'"),
            (["label", .. people, "--labels", _folder["answers.ndjson"]], "plain CSV file"),
            (["label", .. people, "--labels", _folder["answers.csv"], "--count", "0"], "--count"),
        ])
        {
            CliResult result = await CliRun.WithAsync(arguments);
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Contains(message, result.ErrorLines[^1], StringComparison.Ordinal);
        }
        Assert.False(File.Exists(_folder["answers.csv"]));
    }

    private string[] Answers() => File.ReadAllLines(_folder["answers.csv"]);

    private async Task<CliResult> LabelAsync(string input, params string[] options) =>
        await CliRun.WithAsync(["label", .. await PeopleAsync(), "--labels", _folder["answers.csv"], .. options], input);

    private async Task<string[]> PeopleAsync()
    {
        if (!Directory.Exists(_folder["people"]))
        {
            CliResult made = await CliRun.WithAsync("generate", "--records", "400", "--seed", "11", "--split", "--output", _folder["people"]);
            Assert.Equal(0, made.ExitCode);
        }
        return [.. ((string[])["crm.csv", "shop.csv", "support.ndjson"]).Select(name => Path.Combine(_folder["people"], name))];
    }
}
