using System.Text.Json;

namespace IdentityResolution.Cli.Tests.Commands;

public sealed class HistoryCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Store => $"sqlite:{_folder["customers.db"]}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_feed_is_read_on_from_a_cursor_and_a_run_is_taken_back()
    {
        string model = _folder.Write("model.json", """{"version":1,"fields":[{"name":"email","kind":"email"}],"matchRules":[{"name":"email","keys":["email"]}]}""");
        await ResolveAsync("id,email\n1,ann@example.com\n2,bob@example.com\n", model);
        JsonElement[] first = await FeedAsync();
        Assert.Equal(["created", "created"], first.Select(change => change.GetProperty("kind").GetString()));
        long cursor = first[^1].GetProperty("cursor").GetInt64();
        Assert.Empty(await FeedAsync("--after", $"{cursor}"));

        await ResolveAsync("id,email\n1,ann@example.com\n2,ann@example.com\n3,ann@example.com\n", model);
        JsonElement[] second = await FeedAsync("--after", $"{cursor}");
        Assert.Equal(["joined", "merged"], second.Select(change => change.GetProperty("kind").GetString()));
        Assert.Equal("3", Assert.Single(await FeedAsync("--record", "crm/3")).GetProperty("record_id").GetString());
        JsonElement merged = second[^1];
        string gone = merged.GetProperty("customer_id").GetString()!;
        Assert.Equal(2, (await FeedAsync("--customer", gone)).Length);

        string run = merged.GetProperty("run_id").GetString()!;
        CliResult dry = await CliRun.WithAsync("rollback", "--lookup", Store, "--run", run, "--dry-run");
        Assert.Equal(0, dry.ExitCode);
        Assert.Equal(2, (await FeedAsync("--after", $"{cursor}")).Length);
        CliResult back = await CliRun.WithAsync("rollback", "--lookup", Store, "--run", run);
        Assert.Equal(0, back.ExitCode);
        Assert.Equal(
            ["restored", "moved", "left"], back.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()));
        Assert.Equal(back.OutputLines, (await CliRun.WithAsync("rollback", "--lookup", Store, "--run", run)).OutputLines);

        string at = merged.GetProperty("at").GetString()!;
        Assert.NotEqual(gone, await CurrentAsync(gone, at));
        Assert.Equal(gone, await CurrentAsync(gone, "9999-01-01"));
        CliResult early = await CliRun.WithAsync("history", "--lookup", Store, "--record", "crm/3", "--as-of", "2001-01-01");
        Assert.Contains("\"customer_id\":null", early.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history", "--as-of", "2026-01-01")]
    [InlineData("history", "--record", "crm")]
    [InlineData("history", "--record", "crm/1", "--as-of", "soon")]
    [InlineData("history", "--record", "crm/1", "--as-of", "2026-01-01", "--after", "1")]
    [InlineData("rollback", "--run", "no such run")]
    public async Task Bad_usage_is_told_in_one_line(string verb, params string[] options)
    {
        string model = _folder.Write("model.json", """{"version":1,"fields":[{"name":"email","kind":"email"}],"matchRules":[{"name":"email","keys":["email"]}]}""");
        await ResolveAsync("id,email\n1,ann@example.com\n", model);
        CliResult result = await CliRun.WithAsync([verb, "--lookup", Store, .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.ErrorLines);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("csv:customers.csv")]
    [InlineData("sqlite:nowhere.db")]
    public async Task A_store_without_a_past_is_refused(string store)
    {
        CliResult result = await CliRun.WithAsync("history", "--lookup", store);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--lookup", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private async Task ResolveAsync(string csv, string model)
    {
        CliResult result = await CliRun.WithAsync("resolve", _folder.Write("crm.csv", csv), "--model", model, "--lookup", Store);
        Assert.Equal(0, result.ExitCode);
    }

    private async Task<JsonElement[]> FeedAsync(params string[] options)
    {
        CliResult result = await CliRun.WithAsync(["history", "--lookup", Store, .. options]);
        Assert.Equal(0, result.ExitCode);
        return [.. result.OutputLines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private async Task<string?> CurrentAsync(string customer, string asOf)
    {
        CliResult result = await CliRun.WithAsync("history", "--lookup", Store, "--customer", customer, "--as-of", asOf);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("current_id").GetString();
    }
}
