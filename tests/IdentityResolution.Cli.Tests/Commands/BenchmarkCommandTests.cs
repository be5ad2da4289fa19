using System.Text.Json;
using IdentityResolution.Cli.Benchmarking;

namespace IdentityResolution.Cli.Tests.Commands;

public sealed class BenchmarkCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_size_is_made_resolved_and_checked()
    {
        CliResult result = await CliRun.WithAsync("benchmark", "--records", "300", "600", "--threads", "1", "--markdown", _folder["r.md"], "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        using var json = JsonDocument.Parse(result.OutputLines[^1]);
        JsonElement[] runs = [.. json.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal([300L, 600L], runs.Select(run => run.GetProperty("records").GetInt64()));
        Assert.All(runs, run =>
        {
            Assert.InRange(run.GetProperty("f1").GetDouble(), 0.9, 1);
            Assert.True(run.GetProperty("wallSeconds").GetDouble() > 0);
            Assert.True(run.GetProperty("processorSeconds").GetDouble() > 0);
            Assert.True(run.GetProperty("peakMemoryBytes").GetInt64() > 1_000_000);
        });
        Assert.False(runs[0].TryGetProperty("growth", out _));
        Assert.True(runs[1].TryGetProperty("growth", out _));
        string markdown = File.ReadAllText(_folder["r.md"]);
        Assert.Contains("idres benchmark --records 300 600 --threads 1", markdown, StringComparison.Ordinal);
        Assert.Contains("| 600 |", markdown, StringComparison.Ordinal);
        Assert.Contains("| read |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_ones_own_is_measured_with_its_own_model()
    {
        await CliRun.WithAsync("generate", "--records", "200", "--output", _folder["p.csv"], "--truth", _folder["t.csv"]);
        string model = _folder.Write(
            "m.json",
            """{"version":1,"fields":[{"name":"email","kind":"email","columns":{"*":["email"]}}],"matchRules":[{"name":"same e-mail","keys":["email"]}]}""");

        CliResult result = await CliRun.WithAsync("benchmark", "--input", _folder["p.csv"], "--truth", _folder["t.csv"], "--model", model, "--repeat", "2");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("200", result.Output, StringComparison.Ordinal);
        Assert.Contains("records/s", result.Output, StringComparison.Ordinal);
        Assert.Contains("match", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--records", "99")]
    [InlineData("--records", "many")]
    [InlineData("--truth", "t.csv")]
    public async Task Options_that_make_no_sense_are_refused(string option, string value)
    {
        CliResult result = await CliRun.WithAsync("benchmark", option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.ErrorLines);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_fails_says_why()
    {
        CliResult result = await CliRun.WithAsync("benchmark", "--input", _folder["absent.csv"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("absent.csv", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 1, 1000, 100, 1)]
    [InlineData(100, 1, 1000, 100, 2)]
    [InlineData(1, 1, 1000, 100, 0)]
    public void Growth_is_the_exponent_of_the_cost(double cost, double smallerCost, long records, long smallerRecords, double exponent) =>
        Assert.Equal(exponent, Measurement.Exponent(cost, smallerCost, records, smallerRecords), 12);
}
