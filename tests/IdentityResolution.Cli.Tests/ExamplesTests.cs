using System.Runtime.CompilerServices;

namespace IdentityResolution.Cli.Tests;

public sealed class ExamplesTests : IDisposable
{
    private static readonly string[] Files = ["crm.csv", "shop.csv", "support.ndjson", "truth.csv"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_example_sources_are_what_their_command_makes()
    {
        string examples = ExamplesFolder();
        string command = File.ReadLines(Path.Combine(examples, "README.md")).Single(line => line.StartsWith("idres generate ", StringComparison.Ordinal));
        string[] arguments = command.Replace("docs/examples", _folder["new"], StringComparison.Ordinal).Split(' ')[1..];
        CliResult result = await CliRun.WithAsync(arguments);
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.All(Files, name => Assert.Equal(File.ReadAllBytes(Path.Combine(examples, name)), File.ReadAllBytes(Path.Combine(_folder["new"], name))));
    }

    [Fact]
    public async Task The_example_commands_find_most_of_the_people()
    {
        string examples = ExamplesFolder();
        string[] inputs = [.. Files[..3].Select(name => Path.Combine(examples, name))];
        CliResult resolved = await CliRun.WithAsync(["resolve", .. inputs, "--output", _folder["customers.csv"]]);
        Assert.True(resolved.ExitCode == 0, resolved.Error);
        CliResult evaluated = await CliRun.WithAsync("evaluate", _folder["customers.csv"], "--truth", Path.Combine(examples, "truth.csv"), "--json");
        Assert.Equal((0, ""), (evaluated.ExitCode, evaluated.Error));
        using var json = System.Text.Json.JsonDocument.Parse(evaluated.Output);
        Assert.InRange(json.RootElement.GetProperty("bcubed").GetProperty("f1").GetDouble(), 0.85, 1);
    }

    private static string ExamplesFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "examples"));
}
