using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IdentityResolution.Cli.Benchmarking;
using IdentityResolution.Generation;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres benchmark</c>: how fast this machine resolves.</summary>
internal sealed class BenchmarkCommand(CliConsole console)
{
    private static readonly long[] StandardSizes = [10_000, 100_000];

    private readonly Option<string[]> _records = CommandOptions.Texts(
        "--records", "N", "How many people's records to make and resolve; several numbers make several runs. Default 10000 100000.");

    private readonly Option<long?> _seed = CommandOptions.Number("--seed", "Chooses the people. Default 1.", 0, long.MaxValue);

    private readonly Option<double?> _hotEmail = CommandOptions.HotEmail();

    private readonly Option<double?> _hotSurname = CommandOptions.HotSurname();

    private readonly Option<string?> _input = CommandOptions.Text("--input", "FILE", "Resolve a file of your own instead.");

    private readonly Option<string?> _truth = CommandOptions.Text("--truth", "FILE", "The true ids of the records in --input; adds F1.");

    private readonly Option<string?> _model = CommandOptions.Text(
        "--model", "FILE", "A model (JSON, see train). Default: one is inferred from the records and trained on them, in the time measured.");

    private readonly Option<long?> _threads = CommandOptions.Number("--threads", "Most threads. Default: one for each processor.", 1, 1024);

    private readonly Option<long?> _repeat = CommandOptions.Number(
        "--repeat", "Runs of each size; the one with least processor time is reported. Default 1.", 1, 100);

    private readonly Option<string?> _markdown = CommandOptions.Text("--markdown", "FILE", "Write the report as Markdown.");

    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Print the figures as one line of JSON, as the last line of standard output.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        var command = new CliCommand(
            "benchmark",
            "Measures how fast this machine resolves: makes people, resolves them in a process of its own, from the file to the lookup table, and checks the result.")
        {
            Examples =
            [
                ("idres benchmark", "Ten thousand and a hundred thousand records, about a minute"),
                ("idres benchmark --records 1000000 --repeat 3 --markdown results.md", "A million records, the best of three runs, for the record"),
                ("idres benchmark --input crm.csv --model model.json --threads 1", "Your own file and model, on one thread"),
            ],
        };
        foreach (Option option in (Option[])[_records, _seed, _hotEmail, _hotSurname, _input, _truth, _model, _threads, _repeat, _markdown, _json])
        {
            command.Add(option);
        }
        command.Validators.Add(result =>
        {
            bool hasInput = result.GetResult(_input) is not null;
            if (hasInput && Array.Exists((Option[])[_records, _seed, _hotEmail, _hotSurname], option => result.GetResult(option) is not null))
            {
                result.AddError("--input takes the place of --records, --seed, --hot-email and --hot-surname");
            }
            if (!hasInput && result.GetResult(_truth) is not null)
            {
                result.AddError("--truth belongs to --input");
            }
        });
        command.SetAction((parse, cancellationToken) => RunAsync(parse, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        long[] sizes = Sizes(parse.GetValue(_records));
        await using OutputFile? markdown = OutputFile.Open("--markdown", parse.GetValue(_markdown));
        string folder = Directory.CreateTempSubdirectory("idres-benchmark-").FullName;
        var runs = new List<Measurement>();
        try
        {
            if (parse.GetValue(_input) is { } input)
            {
                runs.Add(await MeasureAsync(parse, input, parse.GetValue(_truth), folder, cancellationToken));
            }
            else
            {
                foreach (long size in sizes)
                {
                    (string people, string truth) = await GenerateAsync(size, parse, folder, cancellationToken);
                    runs.Add(await MeasureAsync(parse, people, truth, folder, cancellationToken));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        if (markdown is not null)
        {
            await markdown.Stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(MeasurementReport.Markdown(runs, CommandLine(parse))), cancellationToken);
            await markdown.CompleteAsync();
        }
        if (parse.GetValue(_json))
        {
            JsonLine.Write(console.Text, json => MeasurementReport.Write(json, runs));
            return ExitCode.Success;
        }
        console.Text.WriteLine(MeasurementReport.Environment());
        console.Text.WriteLine();
        TextTable.Write(console.Text, MeasurementReport.Table(runs));
        console.Text.WriteLine();
        TextTable.Write(console.Text, MeasurementReport.Stages(runs));
        return ExitCode.Success;
    }

    private static long[] Sizes(string[]? texts) => texts is null or [] ? StandardSizes :
    [
        .. texts.Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size) && size is >= 100 and <= PeopleGeneratorOptions.MaxRecords
            ? size
            : throw new CliException($"--records expects whole numbers from 100 to {PeopleGeneratorOptions.MaxRecords}, not '{text}'")),
    ];

    private async Task<(string People, string Truth)> GenerateAsync(long records, ParseResult parse, string folder, CancellationToken cancellationToken)
    {
        Say(records, "making the records");
        string people = Path.Combine(folder, "people.csv");
        string truth = Path.Combine(folder, "truth.csv");
        string[] arguments =
        [
            "generate", "--records", $"{records}", "--seed", $"{parse.GetValue(_seed) ?? 1}", "--output", people, "--truth", truth,
            "--hot-email", Invariant(parse.GetValue(_hotEmail)), "--hot-surname", Invariant(parse.GetValue(_hotSurname)),
        ];
        await ChildProcess.RunAsync(arguments, cancellationToken);
        return (people, truth);
    }

    private static string Invariant(double? share) => (share ?? 0).ToString(CultureInfo.InvariantCulture);

    private async Task<Measurement> MeasureAsync(ParseResult parse, string input, string? truth, string folder, CancellationToken cancellationToken)
    {
        string lookup = Path.Combine(folder, "lookup.csv");
        List<string> arguments = ["resolve", input, "--output", lookup, "--json"];
        if (parse.GetValue(_model) is { } model)
        {
            arguments.AddRange(["--model", model]);
        }
        if (parse.GetValue(_threads) is { } threads)
        {
            arguments.AddRange(["--threads", $"{threads}"]);
        }
        Measurement? best = null;
        for (long turn = 0; turn < (parse.GetValue(_repeat) ?? 1); turn++)
        {
            Say(best?.Records, "resolving");
            (string summary, TimeSpan wall) = await ChildProcess.RunAsync(arguments, cancellationToken);
            var run = Measurement.Parse(summary, wall);
            best = best is null || run.ProcessorSeconds < best.ProcessorSeconds ? run : best;
        }
        if (truth is not null)
        {
            Say(best!.Records, "evaluating");
            (string accuracy, _) = await ChildProcess.RunAsync(["evaluate", lookup, "--truth", truth, "--json"], cancellationToken);
            using var document = JsonDocument.Parse(accuracy);
            best = best with { F1 = document.RootElement.GetProperty("pairwise").GetProperty("f1").GetDouble() };
        }
        return best!;
    }

    private void Say(long? records, string what) => console.Error.WriteLine(
        records is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count:#,0} records: {what}") : what);

    private static string CommandLine(ParseResult parse) => string.Join(' ', (string[])["idres", .. parse.Tokens.Select(token => token.Value)]);
}
