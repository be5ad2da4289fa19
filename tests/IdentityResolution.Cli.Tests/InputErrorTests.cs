namespace IdentityResolution.Cli.Tests;

public sealed class InputErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _people;

    public InputErrorTests() => _people = _folder.Write("people.csv", "id,first_name,last_name,email\n1,Ann,Lee,ann@x.example\n2,Ann,Lee,ann@x.example\n");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("resolve")]
    [InlineData("train")]
    public async Task A_file_that_is_not_there_is_named(string verb) =>
        await AssertErrorAsync($"{_folder["none.csv"]}: there is no such file", Verb(verb, _folder["none.csv"]));

    [Fact]
    public async Task A_directory_is_no_input() =>
        await AssertErrorAsync($"{_folder["sub"]}: this is a directory; a file is expected", "resolve", Directory.CreateDirectory(_folder["sub"]).FullName);

    [Theory]
    [InlineData("")]
    [InlineData("id,first_name,last_name\n")]
    public async Task Inputs_without_records_can_not_be_resolved(string content)
    {
        CliResult result = await CliRun.WithAsync("resolve", _folder.Write("empty.csv", content));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("empty.csv: there are no records", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_column_that_is_not_there_is_told_with_those_that_are() => await AssertErrorAsync(
        $"{_people}:1: there is no column 'customer', which was named as the id column; the columns are: id, first_name, last_name, email.",
        "resolve", _people, "--id", "customer");

    [Fact]
    public async Task A_source_column_that_is_not_there_is_told_with_those_that_are() => await AssertErrorAsync(
        $"{_people}:1: there is no column 'system', which was named as the source column; the columns are: id, first_name, last_name, email.",
        "resolve", _people, "--source-column", "system");

    [Fact]
    public async Task More_broken_rows_than_allowed_stop_the_run()
    {
        string broken = _folder.Write("broken.csv", "id,first_name\n1,Ann\n2\n3,Bea\n");
        CliResult result = await CliRun.WithAsync("resolve", broken, "--max-quarantined", "0", "--output", _folder["out.csv"]);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"idres: {broken}:3: more than 0 rows can't be read", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("out.csv", _folder.Names);
    }

    [Fact]
    public async Task An_output_that_can_not_be_written_is_told_before_the_work()
    {
        string path = Path.Combine(_folder["nowhere"], "out.csv");
        foreach (string option in (string[])["--output", "--links", "--changes", "--quarantine"])
        {
            await AssertErrorAsync($"{option}: can't write '{path}': there is no such directory", "resolve", _people, option, path);
        }
        await AssertErrorAsync($"--output: can't write '{path}': there is no such directory", "train", _people, "--output", path);
        await AssertErrorAsync($"--output: can't write '{path}': there is no such directory", "generate", "--records", "5", "--output", path);
    }

    [Fact]
    public async Task An_output_never_takes_the_place_of_an_input()
    {
        await AssertErrorAsync($"--output: '{_people}' is also an input", "resolve", _people, "--output", _people);
        await AssertErrorAsync(
            $"--links: '{_folder["x.csv"]}' is also --output", "resolve", _people, "--output", _folder["x.csv"], "--links", _folder["x.csv"]);
        await AssertErrorAsync(
            $"--output: '{_folder["x.csv"]}' is also --lookup", "resolve", _people, "--output", _folder["x.csv"], "--lookup", $"csv:{_folder["x.csv"]}");
        await AssertErrorAsync($"--lookup: '{_people}' is also an input", "resolve", _people, "--lookup", $"csv:{_people}");
    }

    [Fact]
    public async Task An_output_that_is_a_directory_is_told() =>
        await AssertErrorAsync($"--output: '{_folder["d"]}' is a directory", "resolve", _people, "--output", Directory.CreateDirectory(_folder["d"]).FullName);

    [Fact]
    public async Task A_model_file_that_is_not_there_is_named() =>
        await AssertErrorAsync($"--model: {_folder["m.json"]}: there is no such file", "resolve", _people, "--model", _folder["m.json"]);

    [Fact]
    public async Task All_errors_of_a_model_are_told_at_once()
    {
        string model = _folder.Write("model.json", """
            { "version": 1, "fields": [ { "name": "email", "kind": "email", "columns": ["email"] } ],
              "matchRules": [ { "name": "a", "fields": ["phone"] } ], "matchProbabilityThreshold": 7 }
            """);
        CliResult result = await CliRun.WithAsync("resolve", _people, "--model", model);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"idres: {model}: The model has ", result.Error, StringComparison.Ordinal);
        Assert.Contains("matchProbabilityThreshold", result.Error, StringComparison.Ordinal);
        Assert.Contains("matchRules", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_ours_is_told_and_left_alone()
    {
        string notes = _folder.Write("notes.db", new string('x', 5000));
        CliResult result = await CliRun.WithAsync("resolve", _people, "--lookup", $"sqlite:{notes}");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"idres: sqlite:{notes}: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(notes));
    }

    [Fact]
    public async Task A_store_in_a_folder_that_is_not_there_is_told() => await AssertErrorAsync(
        $"--lookup: there is no directory '{_folder["nowhere"]}'", "resolve", _people, "--lookup", $"sqlite:{Path.Combine(_folder["nowhere"], "c.db")}");

    private static string[] Verb(string verb, string input) => verb == "train" ? [verb, input, "--output", "-"] : [verb, input];

    private static async Task AssertErrorAsync(string expected, params string[] arguments)
    {
        CliResult result = await CliRun.WithAsync(arguments);
        Assert.Equal((2, "", $"idres: {expected}\n"), (result.ExitCode, result.Output, result.Error));
    }
}
