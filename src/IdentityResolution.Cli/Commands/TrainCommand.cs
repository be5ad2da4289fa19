using System.CommandLine;
using System.Text;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres train</c>: records in, a trained model out.</summary>
internal sealed class TrainCommand(CliConsole console)
{
    private readonly InputOptions _inputs = new();
    private readonly ModelOptions _options = new();

    private readonly Option<string?> _model = CommandOptions.Text(
        "--model", "FILE", "A model to train anew (JSON). Default: one is inferred from the records.");

    private readonly Option<string?> _output = CommandOptions.Text("--output", "FILE", "Where to write the model; - is standard output.");

    private readonly Option<string[]> _labels = ModelOptions.Labels();

    private readonly Option<string[]> _frequencies = CommandOptions.Texts(
        "--frequencies",
        "FIELD=FILE",
        "How common the values of a field are, from outside: a CSV file with a value and its frequency, or count, a row. Takes the place of what is counted on the records.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        _output.Required = true;
        var command = new CliCommand("train", "Records in, a trained model out: what it learned can be read, edited, and used by resolve.")
        {
            Examples =
            [
                ("idres train crm.csv shop.csv --output model.json", "Infer a model and train it"),
                ("idres train crm.csv shop.csv --labels judgements.csv --output model.json", "Learn from pairs that people have judged"),
                ("idres resolve crm.csv shop.csv --model model.json --output customers.csv", "Use it"),
            ],
        };
        _inputs.AddTo(command);
        command.Add(_model);
        command.Add(_output);
        command.Add(_labels);
        command.Add(_frequencies);
        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordSet> inputs = _inputs.Open(parse, console);
        string[] labels = parse.GetValue(_labels) ?? [];
        ResolverOptions options = _options.Resolver(parse) with
        {
            Labels = await ModelOptions.ReadLabelsAsync(labels, cancellationToken),
            TermFrequencies = FrequencyTables.ReadGiven(parse.GetValue(_frequencies) ?? []),
        };
        IdentityResolver resolver = _options.CreateResolver(parse, parse.GetValue(_model), options);
        string output = parse.GetRequiredValue(_output)!;
        _inputs.RefuseToOverwrite(parse, [.. labels.Select(file => ("--labels", (string?)file)).Distinct(), ("--output", output)]);
        await using OutputFile? file = output == "-" ? null : OutputFile.Open("--output", output);

        TrainedModel trained = await ProgressBar.RunAsync(console, progress => resolver.TrainAsync(inputs, progress, cancellationToken));

        RunReport.WriteDecisions(console.Error, trained.Decisions);
        RunReport.WriteQuarantine(console.Error, trained.Quarantine);
        string json = trained.Model.ToJson();
        if (file is null)
        {
            console.Text.Write(json.EndsWith('\n') ? json : json + "\n");
            return ExitCode.Success;
        }
        await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(json), cancellationToken);
        await file.CompleteAsync();
        return ExitCode.Success;
    }
}
