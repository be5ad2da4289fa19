namespace IdentityResolution.Cli.Tests;

public class HelpTests
{
    [Theory]
    [InlineData("idres")]
    [InlineData("resolve")]
    [InlineData("train")]
    [InlineData("label")]
    [InlineData("evaluate")]
    [InlineData("block")]
    [InlineData("stream")]
    [InlineData("erase")]
    [InlineData("convert")]
    [InlineData("generate")]
    [InlineData("benchmark")]
    [InlineData("history")]
    [InlineData("rollback")]
    public async Task Help_is_as_approved_and_has_examples(string verb)
    {
        CliResult result = await CliRun.WithAsync(verb == "idres" ? ["--help"] : [verb, "--help"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Examples:\n", result.Output, StringComparison.Ordinal);
        Assert.All(result.OutputLines, line => Assert.InRange(line.Length, 0, 140));
        GoldenFile.AssertEqual($"help-{verb}", result.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        CliResult result = await CliRun.WithAsync("--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^idres \d+\.\d+\.\d+\S*\n$", result.Output);
    }

    [Fact]
    public async Task Every_example_of_the_help_is_a_command_line_that_parses()
    {
        string[] verbs = ["resolve", "train", "label", "evaluate", "block", "stream", "erase", "history", "rollback", "convert", "generate", "benchmark"];
        foreach (string verb in verbs)
        {
            CliResult help = await CliRun.WithAsync(verb, "--help");
            foreach (string line in help.OutputLines.Where(line => line.Contains("idres ", StringComparison.Ordinal) && !line.Contains("idres " + verb + " <", StringComparison.Ordinal)))
            {
                string command = line[(line.IndexOf("idres ", StringComparison.Ordinal) + 6)..].Split(" > ")[0];
                if (command.StartsWith("generate [", StringComparison.Ordinal))
                {
                    continue;
                }
                // --help in the place of the work: a misspelled option would be an error.
                CliResult parsed = await CliRun.WithAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
                Assert.True(parsed.ExitCode == 0 && parsed.Error.Length == 0, $"{command}: {parsed.Error}");
            }
        }
    }
}
