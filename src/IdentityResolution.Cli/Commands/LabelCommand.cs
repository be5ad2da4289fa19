using System.CommandLine;
using System.Text;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres label</c>: asks a person about the pairs whose answers teach the model most.</summary>
internal sealed class LabelCommand(CliConsole console)
{
    private const int DefaultCount = 50;
    private const int DefaultRetrainEvery = 10;

    private readonly InputOptions _inputs = new();
    private readonly ModelOptions _options = new();

    private readonly Option<string?> _labels = CommandOptions.Text(
        "--labels", "FILE", "Where the answers are kept, as CSV: each is written at once. One that exists is gone on with.");

    private readonly Option<string?> _model = CommandOptions.Text(
        "--model", "FILE", "A model to teach (JSON, see train). Default: one is inferred from the records.");

    private readonly Option<string?> _output = CommandOptions.Text("--output", "FILE", "Write the model as the answers have made it.");

    private readonly Option<long?> _count = CommandOptions.Number("--count", "How many pairs to ask about. Default 50.", 1, 100_000);

    private readonly Option<long?> _retrainEvery = CommandOptions.Number(
        "--retrain-every", "After how many answers the model is trained anew and the next pairs are chosen. Default 10.", 1, 100_000);

    private readonly Option<string?> _judgedBy = CommandOptions.Text("--by", "NAME", "Who answers; stands in the file.");

    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Print the summary as one line of JSON, as the last line of standard output.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        _labels.Required = true;
        var command = new CliCommand(
            "label",
            "Asks about the pairs of records whose answers teach the model most: the same, different, or unsure. Answers are read line by line from standard input.")
        {
            Examples =
            [
                ("idres label crm.csv shop.csv --labels answers.csv", "Answer as long as you like; go on at any time with the same file"),
                ("idres resolve crm.csv shop.csv --labels answers.csv --judgements answers.csv --output customers.csv", "Learn from the answers, and let them stand"),
            ],
        };
        _inputs.AddTo(command);
        foreach (Option option in (Option[])[_labels, _model, _output, _count, _retrainEvery, _judgedBy])
        {
            command.Add(option);
        }
        _options.AddTo(command, bounded: false);
        command.Add(_json);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordSet> inputs = _inputs.Open(parse, console);
        if (inputs.Any(input => input.Name == "stdin"))
        {
            throw new CliException("INPUT: standard input is where the answers come from");
        }
        string path = parse.GetRequiredValue(_labels)!;
        if (path.Length == 0)
        {
            throw new CliException("--labels: the path is empty");
        }
        string? output = parse.GetValue(_output);
        _inputs.RefuseToOverwrite(parse, ("--labels", path), ("--output", output));
        TrainingLabels? labels = File.Exists(path) && new FileInfo(path).Length > 0
            ? new TrainingLabels { Pairs = await JudgementFile.ReadAsync(path, cancellationToken) }
            : null;
        IdentityResolver resolver = _options.CreateResolver(parse, parse.GetValue(_model), _options.Resolver(parse) with { Labels = labels });
        await using OutputFile? model = output == "-" ? null : OutputFile.Open("--output", output);

        ActiveLearner learner = await ProgressBar.RunAsync(console, progress => resolver.LearnAsync(inputs, progress, cancellationToken));
        RunReport.WriteDecisions(console.Error, learner.Decisions);
        RunReport.WriteQuarantine(console.Error, learner.Quarantine);
        using (JudgementAppender file = JudgementAppender.Open(path))
        {
            var dialog = new LabelDialog(console, learner, file, parse.GetValue(_judgedBy));
            await dialog.RunAsync((int)(parse.GetValue(_count) ?? DefaultCount), (int)(parse.GetValue(_retrainEvery) ?? DefaultRetrainEvery), cancellationToken);
        }
        if (output is not null)
        {
            string json = learner.Model.ToJson();
            if (model is null)
            {
                console.Text.Write(json.EndsWith('\n') ? json : json + "\n");
            }
            else
            {
                await model.Stream.WriteAsync(Encoding.UTF8.GetBytes(json), cancellationToken);
                await model.CompleteAsync();
            }
        }
        LabellingSummary summary = learner.Summarize();
        if (parse.GetValue(_json))
        {
            JsonLine.Write(console.Text, writer => LabellingReport.WriteJson(writer, summary));
        }
        else
        {
            LabellingReport.WriteText(output == "-" ? console.Error : console.Text, summary, path);
        }
        return ExitCode.Success;
    }
}
