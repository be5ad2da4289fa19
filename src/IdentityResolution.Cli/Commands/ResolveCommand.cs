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

    private readonly Option<string?> _scoredPairs = CommandOptions.Text(
        "--scored-pairs", "FILE", "Write the candidate pairs with their weights as CSV, linked or not: what evaluate needs to try every threshold.");

    private readonly Option<double?> _scoredFrom = CommandOptions.Fraction(
        "--scored-from",
        "P",
        "The lowest match probability of the pairs in --scored-pairs. Default 0: every candidate pair.",
        "a probability from 0 to below 1",
        probability => probability is >= 0 and < 1);

    private readonly Option<string?> _changes = CommandOptions.Text(
        "--changes", "FILE", "Write as CSV what changed against the store: ids created, joined, moved, merged, split.");

    private readonly Option<string?> _quarantine = CommandOptions.Text(
        "--quarantine", "FILE", "Write as CSV which rows could not be read, and why.");

    private readonly Option<string[]> _judgements = CommandOptions.Texts(
        "--judgements", "FILE", "What people have decided about pairs of records, as CSV or NDJSON; honoured over everything else, and kept by a store that is a database.");

    private readonly Option<string[]> _labels = ModelOptions.Labels();

    private readonly Option<string?> _review = CommandOptions.Text(
        "--review", "FILE", "Write what is in doubt, with reasons, as CSV (or NDJSON: .ndjson, .jsonl). Fill in the column decision and give it back by --judgements.");

    private readonly Option<double?> _reviewBand = CommandOptions.Fraction(
        "--review-band", "BITS", "How far from the threshold a match weight is in doubt, below and above. Default 3.", "a number of bits from 0 to 60",
        bits => bits is >= 0 and <= 60);

    private readonly Option<long?> _reviewLimit = CommandOptions.Number("--review-limit", "Most pairs to list; those with the most doubt. Default 1000.", 1, int.MaxValue);

    private readonly Option<bool> _dryRun = CommandOptions.Switch("--dry-run", "Decide everything, write nothing to the store, and tell what the run would do to its customers, by source and with examples.");

    private readonly Option<string?> _terms = TermsOption.Create();
    private readonly Option<bool> _noRecords = CommandOptions.Switch(
        "--no-records", "Keep only the lookup table and its history in the store: no values of records, no links, no model. No live index can open on it.");

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
        foreach (Option option in (Option[])
            [_model, _lookup, _output, _links, _scoredPairs, _scoredFrom, _changes, _quarantine, _judgements, _labels, _review, _reviewBand, _reviewLimit, _dryRun, _noRecords, _terms])
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
        string? scoredPairs = parse.GetValue(_scoredPairs);
        double? scoredFrom = parse.GetValue(_scoredFrom);
        if (scoredFrom is not null && scoredPairs is null)
        {
            throw new CliException("--scored-from goes with --scored-pairs");
        }
        IReadOnlyList<RecordSet> inputs = _inputs.Open(parse, console);
        ResolverOptions options = _options.Resolver(parse, parse.GetValue(_dryRun)) with
        {
            ScoredPairsFrom = scoredPairs is null ? null : scoredFrom ?? 0,
            Judgements = await ReadJudgementsAsync(parse, cancellationToken),
            Labels = await ModelOptions.ReadLabelsAsync(parse.GetValue(_labels), cancellationToken),
            KeepRecords = !parse.GetValue(_noRecords),
            Review = parse.GetValue(_review) is null ? null : new ReviewOptions
            {
                BandBits = parse.GetValue(_reviewBand) ?? ReviewOptions.Default.BandBits,
                MaxItems = (int)(parse.GetValue(_reviewLimit) ?? ReviewOptions.Default.MaxItems),
            },
        };
        IdentityResolver resolver = _options.CreateResolver(parse, parse.GetValue(_model), options);
        string? output = parse.GetValue(_output);
        _inputs.RefuseToOverwrite(
            parse,
            [.. ReadFiles(parse).DistinctBy(file => Path.GetFullPath(file.Item2!), StringComparer.Ordinal),
            ("--lookup", LookupStoreOption.FileOf(parse.GetValue(_lookup))),
            ("--output", output),
            ("--links", parse.GetValue(_links)),
            ("--scored-pairs", scoredPairs),
            ("--changes", parse.GetValue(_changes)),
            ("--quarantine", parse.GetValue(_quarantine)),
            ("--review", parse.GetValue(_review))]);
        await using OutputFile? table = output == "-" ? null : OutputFile.Open("--output", output);
        await using OutputFile? links = OutputFile.Open("--links", parse.GetValue(_links));
        await using OutputFile? scored = OutputFile.Open("--scored-pairs", scoredPairs);
        await using OutputFile? changes = OutputFile.Open("--changes", parse.GetValue(_changes));
        await using OutputFile? quarantine = OutputFile.Open("--quarantine", parse.GetValue(_quarantine));
        await using OutputFile? review = OutputFile.Open("--review", parse.GetValue(_review));
        await using ILookupStore? store = LookupStoreOption.Open(parse.GetValue(_lookup), TermsOption.Read(parse.GetValue(_terms)));

        Resolution resolution = await ProgressBar.RunAsync(console, progress => resolver.ResolveAsync(inputs, store, progress, cancellationToken));

        // The store holds the run from here on: the files are written to the end, so that they agree with it.
        RunReport.WriteDecisions(console.Error, resolution.Decisions);
        RunReport.WriteWarnings(console.Error, resolution.Warnings);
        RunReport.WriteReview(console.Error, resolution.Review);
        RunReport.WriteQuarantine(console.Error, resolution.Quarantine);
        await CompleteAsync(table, stream => resolution.Lookup.WriteCsvAsync(stream));
        await CompleteAsync(links, stream => CsvWriter.WriteLinksAsync(stream, resolution.Links));
        await CompleteAsync(scored, stream => CsvWriter.WriteScoredPairsAsync(stream, resolution.ScoredPairs));
        await CompleteAsync(changes, stream => CsvWriter.WriteChangesAsync(stream, resolution.Changes));
        await CompleteAsync(quarantine, stream => CsvWriter.WriteQuarantineAsync(stream, resolution.Quarantine));
        await CompleteAsync(review, stream => ReviewWriter.WriteAsync(stream, resolution.Review, resolution.Model, ReviewWriter.IsNdJson(parse.GetValue(_review)!)));
        await AnswerAsync(parse, resolution, output, store);
        return ExitCode.Success;
    }

    // One file may be both: what people have decided is also what to learn from.
    private IEnumerable<(string, string?)> ReadFiles(ParseResult parse) =>
        (parse.GetValue(_judgements) ?? []).Select(file => ("--judgements", (string?)file)).Concat((parse.GetValue(_labels) ?? []).Select(file => ("--labels", (string?)file)));

    private async Task<IReadOnlyList<Judgement>> ReadJudgementsAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var judgements = new List<Judgement>();
        foreach (string file in parse.GetValue(_judgements) ?? [])
        {
            judgements.AddRange(await JudgementFile.ReadAsync(file, cancellationToken));
        }
        return judgements;
    }

    // Data on standard output, unless a file or a store has it; the summary for people where a person may look.
    private async Task AnswerAsync(ParseResult parse, Resolution resolution, string? output, ILookupStore? store)
    {
        bool json = parse.GetValue(_json);
        RunImpact? impact = parse.GetValue(_dryRun) ? resolution.DescribeImpact() : null;
        bool kept = output is not null || store is not null and not InMemoryLookupStore;
        bool piped = output == "-" || (!kept && !json && !console.OutputIsTerminal);
        if (piped)
        {
            await resolution.Lookup.WriteCsvAsync(console.Output);
            await console.Output.FlushAsync();
        }
        else if (!json)
        {
            ResolutionText.Write(console.OutputIsTerminal ? console.Text : console.Error, resolution, output, impact is null ? store : null);
        }
        if (impact is not null && !json)
        {
            ImpactReport.Write(!piped && console.OutputIsTerminal ? console.Text : console.Error, impact);
        }
        if (json)
        {
            JsonLine.Write(console.Text, writer => ResolutionJson.Write(writer, resolution.Summary, impact));
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
