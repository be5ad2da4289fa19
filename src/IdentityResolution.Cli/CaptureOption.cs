using System.CommandLine;
using System.Globalization;
using IdentityResolution.PostgreSql;

namespace IdentityResolution.Cli;

/// <summary>The part of <c>idres stream</c> that reads changes from tables of a PostgreSQL database instead of lines.</summary>
internal sealed class CaptureOption
{
    private readonly Option<string?> _capture = CommandOptions.Text(
        "--capture", "DATABASE", "Take changes from tables of this PostgreSQL database by logical replication: postgres://USER@HOST/DATABASE. Runs until it is stopped.");
    private readonly Option<string?> _slot = CommandOptions.Text("--slot", "NAME", "The replication slot of --capture; the store keeps how far it has been read.");
    private readonly Option<string?> _publication = CommandOptions.Text("--publication", "NAME", "The publication of --capture. Default: the slot's name.");
    private readonly Option<string[]> _table = CommandOptions.Texts("--table", "TABLE", "A table of --capture and its source: schema.table=source. The record id is the primary key.");
    private readonly Option<bool> _create = CommandOptions.Switch("--create", "Make the slot and the publication of --capture if they are not there.");
    private readonly Option<bool> _resnapshot = CommandOptions.Switch("--resnapshot", "Read the tables of --capture as a whole again; also mends a slot that was dropped.");

    /// <summary>The options, for the verb.</summary>
    public IReadOnlyList<Option> Options => [_capture, _slot, _publication, _table, _create, _resnapshot];

    /// <summary>The capture that is asked for; null = none.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="batchSize">Most changes of one transaction; null = the default.</param>
    /// <param name="others">Options that only lines have.</param>
    /// <param name="console">Is told of lost connections.</param>
    /// <exception cref="CliException">An option is missing, not valid, or does not go with another.</exception>
    public PostgreSqlChangeCapture? Find(ParseResult parse, long? batchSize, IEnumerable<Option> others, CliConsole console)
    {
        if (parse.GetValue(_capture) is not { } database)
        {
            return Options.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } given
                ? throw new CliException($"{given.Name} needs --capture")
                : null;
        }
        if (others.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw new CliException($"{other.Name} does not go with --capture");
        }
        string slot = parse.GetValue(_slot) ?? throw new CliException("--slot is missing: the replication slot of --capture");
        string[] tables = parse.GetValue(_table) is { Length: > 0 } named ? named : throw new CliException("--table is missing: a table of --capture");
        try
        {
            var options = new PostgreSqlCaptureOptions
            {
                Slot = slot,
                Publication = parse.GetValue(_publication) ?? slot,
                Tables = [.. tables.Select(CaptureTable.Parse)],
                Create = parse.GetValue(_create),
                Resnapshot = parse.GetValue(_resnapshot),
                OnReconnect = error => console.Error.WriteLine($"idres: the connection of --capture is lost ({error.Message}); trying again"),
            };
            options = batchSize is { } size ? options with { MaxBatchSize = (int)size } : options;
            return PostgreSqlChangeCapture.Create(Connection(database), options);
        }
        catch (FormatException error)
        {
            throw new CliException($"--table: {error.Message}");
        }
        catch (ArgumentException error)
        {
            // Without the name of a parameter behind it.
            throw new CliException($"--capture: {error.Message.Split(" (Parameter", 2)[0]}");
        }
    }

    /// <summary>Runs a capture until it is stopped; what became of customers goes to standard output.</summary>
    public static async Task RunAsync(PostgreSqlChangeCapture capture, LiveIndex index, ILiveStore store, CliConsole console, CancellationToken cancellationToken)
    {
        long records = 0;
        long quarantined = 0;
        try
        {
            await capture.RunAsync(index, store, Write, cancellationToken);
        }
        finally
        {
            console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{records:N0} records changed or deleted; {quarantined:N0} rows could be no record; {index.Count:N0} records in the store."));
        }

        ValueTask Write(CapturedBatch batch, CancellationToken token)
        {
            records += batch.Result.ChangedRecords + batch.Result.DeletedRecords;
            quarantined += batch.Quarantined.Count;
            foreach (QuarantinedRow row in batch.Quarantined)
            {
                console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Input}: row or change {row.LineNumber}, column {row.Column}: {row.Message}"));
            }
            foreach (EntityChange change in batch.Result.Changes)
            {
                JsonLine.Write(console.Text, json => ChangePump.WriteChange(json, change));
            }
            return ValueTask.CompletedTask;
        }
    }

    private static string Connection(string text)
    {
        const string Scheme = "postgres:";
        return text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && !text.AsSpan(Scheme.Length).StartsWith("//", StringComparison.Ordinal) ? text[Scheme.Length..] : text;
    }
}
