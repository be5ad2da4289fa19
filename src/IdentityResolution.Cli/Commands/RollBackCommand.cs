using System.CommandLine;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres rollback</c>: takes the last run of a store back.</summary>
internal sealed class RollBackCommand(CliConsole console)
{
    private readonly Option<string?> _lookup = LiveStoreOption.Create();

    private readonly Option<string?> _run = new("--run")
    {
        HelpName = "ID",
        Description = "The run to take back: the last one that changed anything (run_id in the history).",
        Required = true,
    };

    private readonly Option<string?> _terms = TermsOption.Create();
    private readonly Option<bool> _dryRun = CommandOptions.Switch("--dry-run", "Tell what would change and write nothing.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        var command = new CliCommand("rollback", "Takes the last run of a store back as a whole, and prints as NDJSON what that changed.")
        {
            Examples =
            [
                ("idres rollback --lookup sqlite:customers.db --run 20260301T120000000Z-1a2b3c4d-7 --dry-run", "What would happen"),
                ("idres rollback --lookup sqlite:customers.db --run 20260301T120000000Z-1a2b3c4d-7", "Take it back"),
            ],
        };
        command.Add(_lookup);
        command.Add(_run);
        command.Add(_dryRun);
        command.Add(_terms);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        string run = parse.GetValue(_run)!;
        bool isDryRun = parse.GetValue(_dryRun);
        if (run.Length == 0)
        {
            throw new CliException("--run expects the id of a run");
        }
        await using ILiveStore store = LiveStoreOption.Open(parse.GetValue(_lookup), TermsOption.Read(parse.GetValue(_terms)));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        IReadOnlyList<EntityChange> changes;
        try
        {
            // A run is taken back once: the id of the roll back follows from it, and to ask again changes nothing.
            changes = isDryRun
                ? await store.PreviewRollBackAsync(run, now, cancellationToken)
                : await store.RollBackAsync(run, $"rollback-{run}", now, cancellationToken);
        }
        catch (InvalidOperationException error)
        {
            throw new CliException($"--run: {error.Message}");
        }
        foreach (EntityChange change in changes)
        {
            JsonLine.Write(console.Text, json => ChangeJson.Write(json, change, null));
        }
        console.Error.WriteLine(isDryRun
            ? $"The run would be taken back, with {changes.Count} changes of customer ids. Nothing was written."
            : $"The run was taken back, with {changes.Count} changes of customer ids.");
        return ExitCode.Success;
    }
}
