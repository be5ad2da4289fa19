using System.CommandLine;
using IdentityResolution.Blocking;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres block</c>: what each blocking rule costs and finds.</summary>
internal sealed class BlockCommand(CliConsole console)
{
    private readonly InputOptions _inputs = new();
    private readonly ModelOptions _options = new();

    private readonly Option<string?> _model = CommandOptions.Text(
        "--model", "FILE", "A model (JSON, see train). Default: one is inferred from the records and trained on them.");

    private readonly Option<string[]> _truth = CommandOptions.Texts(
        "--truth", "FILE", "Who the records really are, as for evaluate: then true pairs are counted besides the estimate.");

    private readonly Option<string?> _truthId = CommandOptions.Text(
        "--truth-id", "COLUMN", "The column of the record ids in the truth. Default: by its name.");

    private readonly Option<string?> _truthCluster = CommandOptions.Text(
        "--truth-cluster", "COLUMN", "The column of the true ids in the truth. Default: by its name.");

    private readonly Option<string?> _truthSource = CommandOptions.Text(
        "--truth-source", "COLUMN", "The column of the sources in the truth. Default: by its name.");

    private readonly Option<long?> _largest = CommandOptions.Number(
        "--largest", "How many of the largest blocks to show for each rule. Default 3.", 0, 1000);

    private readonly Option<bool> _showValues = CommandOptions.Switch(
        "--show-values", "Show the values that the largest blocks share. They are personal data.");

    private readonly Option<bool> _json = CommandOptions.Switch(
        "--json", "Print the figures as one line of JSON, as the last line of standard output.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        var command = new CliCommand(
            "block",
            "What each blocking rule costs and finds: pairs, pairs that no earlier rule finds, largest blocks, and the estimated share of the matches.")
        {
            Examples =
            [
                ("idres block crm.csv shop.csv", "The rules that are proposed for these records"),
                ("idres block crm.csv shop.csv --model model.json --largest 10 --show-values", "Which values make the large blocks"),
                ("idres block crm.csv shop.csv --truth truth.csv --json", "Against the truth"),
            ],
        };
        _inputs.AddTo(command);
        foreach (Option option in (Option[])[_model, _truth, _truthId, _truthCluster, _truthSource, _largest, _showValues])
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
        IdentityResolver resolver = _options.CreateResolver(parse, parse.GetValue(_model));
        var options = new BlockingReportOptions
        {
            LargestBlocks = (int)(parse.GetValue(_largest) ?? BlockingReportOptions.Default.LargestBlocks),
            ShowValues = parse.GetValue(_showValues),
            Truth = await ReadTruthAsync(parse, cancellationToken),
        };
        BlockingReport report;
        try
        {
            report = await ProgressBar.RunAsync(console, progress => resolver.ReportBlockingAsync(inputs, options, progress, cancellationToken));
        }
        catch (ArgumentException exception)
        {
            // The name of a parameter is of no use here.
            throw new CliException($"--truth: {exception.Message.Split(" (Parameter", StringSplitOptions.None)[0]}", exception);
        }
        RunReport.WriteDecisions(console.Error, report.Decisions);
        RunReport.WriteQuarantine(console.Error, report.Quarantine);
        if (report.TruthOnly > 0)
        {
            console.Error.WriteLine($"{report.TruthOnly} records of the truth are not among the inputs: they are left out.");
        }
        if (parse.GetValue(_json))
        {
            JsonLine.Write(console.Text, json => BlockingJson.Write(json, report));
        }
        else
        {
            BlockingText.Write(console.Text, report);
        }
        return ExitCode.Success;
    }

    private async Task<IReadOnlyDictionary<RecordKey, string>?> ReadTruthAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        string[] files = parse.GetValue(_truth) ?? [];
        var columns = new ClusterColumns
        {
            RecordId = parse.GetValue(_truthId),
            Cluster = parse.GetValue(_truthCluster),
            Source = parse.GetValue(_truthSource),
        };
        if (files.Length == 0)
        {
            return columns == ClusterColumns.Default ? null : throw new CliException("--truth-id, --truth-cluster and --truth-source go with --truth");
        }
        ClusterFile truth = await ClusterFile.ReadAsync(files, columns, cancellationToken);
        return truth.Members.ToDictionary(member => member.Record, member => member.Cluster);
    }
}
