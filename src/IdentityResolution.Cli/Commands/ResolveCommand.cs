using System.CommandLine;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres resolve</c>: records in, customer ids out.</summary>
internal sealed class ResolveCommand(CliConsole console)
{
    private readonly InputOptions _inputs = new();
    private readonly ModelOptions _options = new();

    private readonly Option<string?> _model = CommandOptions.Text(
        "--model", "FILE", "A model (JSON, see train). Default: one is inferred from the records and trained on them.");

    private readonly Option<string?> _lookup = CommandOptions.Text(
        "--lookup",
        "STORE",
        "Where the lookup table lives between runs: sqlite:FILE, csv:FILE, postgres://USER@HOST/DATABASE?schema=NAME (or Host=...;Database=...) or " +
        "memory. Customer ids already there are kept.");

    private readonly Option<string?> _output = CommandOptions.Text(
        "--output",
        "FILE",
        "Write the lookup table as CSV: source, record_id, customer_id, matched_by, match_probability; - is standard output. " +
        "Default: standard output, when that is no terminal and neither --lookup nor --json is given.");

    private readonly Option<string?> _links = CommandOptions.Text("--links", "FILE", "Write the accepted links as CSV.");

    private readonly Option<string?> _changes = CommandOptions.Text(
        "--changes", "FILE", "Write as CSV what changed against the store: ids created, joined, moved, merged, split.");

    private readonly Option<string?> _quarantine = CommandOptions.Text(
        "--quarantine", "FILE", "Write as CSV which rows could not be read, and why.");

    private readonly Option<bool> _dryRun = CommandOptions.Switch("--dry-run", "Decide everything and write nothing to the store.");

    private readonly Option<bool> _json = CommandOptions.Switch(
        "--json", "Print a summary as one line of JSON, as the last line of standard output.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        var command = new CliCommand("resolve", "Records in, customer ids out: decides which records are of one customer and gives each customer a stable id.")
        {
            Examples =
            [
                ("idres resolve crm.csv shop.csv support.ndjson --output customers.csv", "Three sources, a lookup table as CSV"),
                ("idres resolve crm.csv shop.csv --lookup sqlite:customers.db", "Keep the ids: run it again with new records at any time"),
                ("idres resolve a.csv b.csv --link-only --unique a b --model model.json --json", "Link two sources without duplicates by a trained model"),
                ("zcat export.csv.gz | idres resolve crm=- > customers.csv", "From a pipe, into a pipe"),
            ],
        };
        _inputs.AddTo(command);
        foreach (Option option in (Option[])[_model, _lookup, _output, _links, _changes, _quarantine, _dryRun])
        {
            command.Add(option);
        }
        _options.AddTo(command);
        command.Add(_json);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordSet> inputs = _inputs.Open(parse, console);
        IdentityResolver resolver = _options.CreateResolver(parse, parse.GetValue(_model), parse.GetValue(_dryRun));
        string? output = parse.GetValue(_output);
        _inputs.RefuseToOverwrite(
            parse,
            ("--lookup", LookupStoreOption.FileOf(parse.GetValue(_lookup))),
            ("--output", output),
            ("--links", parse.GetValue(_links)),
            ("--changes", parse.GetValue(_changes)),
            ("--quarantine", parse.GetValue(_quarantine)));
        await using OutputFile? table = output == "-" ? null : OutputFile.Open("--output", output);
        await using OutputFile? links = OutputFile.Open("--links", parse.GetValue(_links));
        await using OutputFile? changes = OutputFile.Open("--changes", parse.GetValue(_changes));
        await using OutputFile? quarantine = OutputFile.Open("--quarantine", parse.GetValue(_quarantine));
        await using ILookupStore? store = LookupStoreOption.Open(parse.GetValue(_lookup));

        Resolution resolution = await ProgressBar.RunAsync(console, progress => resolver.ResolveAsync(inputs, store, progress, cancellationToken));

        // The store holds the run from here on: the files are written to the end, so that they agree with it.
        RunReport.WriteDecisions(console.Error, resolution.Decisions);
        RunReport.WriteWarnings(console.Error, resolution.Warnings);
        RunReport.WriteQuarantine(console.Error, resolution.Quarantine);
        await CompleteAsync(table, stream => resolution.Lookup.WriteCsvAsync(stream));
        await CompleteAsync(links, stream => CsvWriter.WriteLinksAsync(stream, resolution.Links));
        await CompleteAsync(changes, stream => CsvWriter.WriteChangesAsync(stream, resolution.Changes));
        await CompleteAsync(quarantine, stream => CsvWriter.WriteQuarantineAsync(stream, resolution.Quarantine));
        await AnswerAsync(parse, resolution, output, store);
        return ExitCode.Success;
    }

    // Data on standard output, unless a file or a store has it; the summary for people where a person may look.
    private async Task AnswerAsync(ParseResult parse, Resolution resolution, string? output, ILookupStore? store)
    {
        bool json = parse.GetValue(_json);
        bool kept = output is not null || store is not null and not InMemoryLookupStore;
        bool piped = output == "-" || (!kept && !json && !console.OutputIsTerminal);
        if (piped)
        {
            await resolution.Lookup.WriteCsvAsync(console.Output);
            await console.Output.FlushAsync();
        }
        else if (!json)
        {
            ResolutionText.Write(
                console.OutputIsTerminal ? console.Text : console.Error, resolution, output, parse.GetValue(_dryRun) ? null : store);
        }
        if (json)
        {
            JsonLine.Write(console.Text, writer => ResolutionJson.Write(writer, resolution.Summary));
        }
    }

    private static async Task CompleteAsync(OutputFile? file, Func<Stream, Task> write)
    {
        if (file is not null)
        {
            await write(file.Stream);
            await file.CompleteAsync();
        }
    }
}
