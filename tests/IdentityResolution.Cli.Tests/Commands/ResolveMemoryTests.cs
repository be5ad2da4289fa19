using System.Text.Json;

namespace IdentityResolution.Cli.Tests.Commands;

public sealed class ResolveMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("200MB")]
    [InlineData("0.2GiB")]
    [InlineData("200000000")]
    [InlineData("200000 kb")]
    public async Task A_limit_changes_no_customer(string size)
    {
        string people = await PeopleAsync(300);
        CliResult free = await CliRun.WithAsync(["resolve", people, "--output", "-"]);
        CliResult limited = await CliRun.WithAsync(["resolve", people, "--output", "-", "--memory", size, "--temp-folder", _folder[""]]);

        Assert.True(limited.ExitCode == 0, limited.Error);
        Assert.Equal(free.Output, limited.Output);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("1MB")]
    [InlineData("-1GB")]
    [InlineData("many")]
    [InlineData("GB")]
    [InlineData("1e3GB")]
    public async Task A_size_that_is_none_or_too_little_is_told(string size)
    {
        CliResult result = await CliRun.WithAsync(["resolve", await PeopleAsync(10), "--memory", size]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--memory expects a size of at least 128MiB such as 800MB, 1GB or 1.5GiB", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_little_for_the_records_is_refused_with_what_they_need()
    {
        string people = await PeopleAsync(10);
        using (FileStream file = File.OpenWrite(people))
        {
            // No disk holds it: were it read, the test would not end.
            file.SetLength(1L << 42);
        }
        CliResult result = await CliRun.WithAsync(["resolve", people, "--memory", "1GB"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"--memory: About [\d,]+ records need at least [\d,]+ MB of memory, whatever goes to temporary files; the limit is 1,000 MB\.", result.Error);
    }

    [Fact]
    public async Task A_folder_that_is_none_is_told()
    {
        CliResult result = await CliRun.WithAsync(["resolve", await PeopleAsync(10), "--memory", "200MB", "--temp-folder", _folder["none"]]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("options.temporaryFolder", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_limit_there_are_no_temporary_files()
    {
        CliResult result = await CliRun.WithAsync(["resolve", await PeopleAsync(50), "--json"]);
        using var json = JsonDocument.Parse(result.OutputLines[^1]);

        Assert.Equal(0, json.RootElement.GetProperty("temporaryFileBytes").GetInt64());
    }

    private async Task<string> PeopleAsync(int records)
    {
        string path = _folder[$"people-{records}.csv"];
        CliResult result = await CliRun.WithAsync(["generate", "--records", $"{records}", "--output", path, "--truth", _folder[$"truth-{records}.csv"]]);
        Assert.True(result.ExitCode == 0, result.Error);
        return path;
    }
}
