namespace IdentityResolution.Cli.Tests.Commands;

public sealed class GenerateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes()
    {
        await CliRun.WithAsync("generate", "--records", "200", "--seed", "3", "--output", _folder["a.csv"]);
        CliResult result = await CliRun.WithAsync("generate", "--records", "200", "--seed", "3", "--output", _folder["b.csv"]);
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(File.ReadAllBytes(_folder["a.csv"]), File.ReadAllBytes(_folder["b.csv"]));
        Assert.Equal(201, File.ReadAllLines(_folder["a.csv"]).Length);
        Assert.EndsWith(",true_id", File.ReadLines(_folder["a.csv"]).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_truth_can_stand_apart()
    {
        await CliRun.WithAsync("generate", "--records", "50", "--output", _folder["people.csv"], "--truth", _folder["truth.csv"]);
        Assert.DoesNotContain("true_id", File.ReadAllText(_folder["people.csv"]), StringComparison.Ordinal);
        Assert.Equal("source,record_id,entity_id", File.ReadLines(_folder["truth.csv"]).First());
        Assert.Equal(51, File.ReadAllLines(_folder["truth.csv"]).Length);
    }

    [Fact]
    public async Task Output_may_be_standard_output()
    {
        CliResult result = await CliRun.WithAsync("generate", "--records", "5", "--output", "-");
        Assert.Equal(6, result.OutputLines.Length);
        Assert.StartsWith("record_id,source,first_name", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_source_can_have_a_file_of_its_own()
    {
        CliResult result = await CliRun.WithAsync(
            "generate", "--records", "90", "--split", "--sources", "4", "--output", _folder["new"], "--truth", _folder["truth.csv"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["crm.csv", "shop.csv", "support.ndjson", "web.csv"],
            Directory.GetFiles(_folder["new"]).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Directory.GetFiles(_folder["new"]), path => File.ReadAllText(path).Contains("true_id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directory_that_can_not_be_made_is_told()
    {
        string file = _folder.Write("file", "");
        CliResult result = await CliRun.WithAsync("generate", "--records", "9", "--split", "--output", Path.Combine(file, "sub"));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("idres: --output: can't create the directory", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_it_leaves_no_file_behind()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        CliResult result = await CliRun.WithAsync(
            ["generate", "--records", "100000", "--output", _folder["x.csv"], "--truth", _folder["t.csv"]], cancellationToken: cancelled.Token);
        Assert.Equal((130, ""), (result.ExitCode, result.Output));
        Assert.Empty(_folder.Names);
    }
}
