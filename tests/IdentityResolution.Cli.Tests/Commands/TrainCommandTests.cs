namespace IdentityResolution.Cli.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _arguments;

    public TrainCommandTests() => _arguments =
    [
        "train", _folder.Write("people.csv", $"id,surname,town\n{string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},name{i / 2},town{i / 4}\n"))}"),
        "--model", _folder.Write("model.json", """
            { "version": 1, "fields": [ { "name": "surname", "kind": "surname" }, { "name": "town", "kind": "city" } ], "blockingRules": [ { "keys": [ "town" ] } ],
              "comparisons": [ { "field": "surname", "levels": [ { "when": "exact" }, { "when": "else" } ] } ] }
            """),
        "--output", _folder["trained.json"],
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Frequencies_from_outside_stand_in_the_model()
    {
        CliResult result = await CliRun.WithAsync([.. _arguments, "--frequencies", $"surname={_folder.Write("census.csv", "name,count\nSmith,30\n\"Jones\",10\n")}"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Term frequencies of 'surname' were given from outside: 2 values.", result.Error, StringComparison.Ordinal);
        TermFrequencyTable table = IdentityModel.Parse(await File.ReadAllTextAsync(_folder["trained.json"], TestContext.Current.CancellationToken)).Comparisons[0].TermFrequencies!;
        Assert.Equal((true, 0.75, 0.25, 0.25), (table.IsGiven, table.Values["smith"], table.Values["jones"], table.Default));
    }

    [Theory]
    [InlineData("surname", "a,1\n", "--frequencies expects FIELD=FILE, not 'surname'")]
    [InlineData("surname=FILE", "name,count\nsmith,1\njones,many\n", "FILE: row 3: expects a value and its frequency, or count, greater than 0")]
    [InlineData("surname=FILE", "name,count\nsmith,-1\n", "FILE: row 2: expects a value and its frequency, or count, greater than 0")]
    [InlineData("surname=FILE", "name,count\n", "FILE: holds no value with its frequency")]
    [InlineData("town=FILE", "rome,1\n", "options.termFrequencies: 'town' is not compared; compared are surname.")]
    public async Task What_is_wrong_with_frequencies_is_told(string option, string text, string message)
    {
        string file = _folder.Write("census.csv", text);
        CliResult result = await CliRun.WithAsync([.. _arguments, "--frequencies", option.Replace("FILE", file, StringComparison.Ordinal)]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message.Replace("FILE", option == "surname" ? "FILE" : file, StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
    }
}
