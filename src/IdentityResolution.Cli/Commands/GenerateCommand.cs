using System.CommandLine;
using IdentityResolution.Generation;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres generate</c>: synthetic people with a known true id.</summary>
internal sealed class GenerateCommand(CliConsole console)
{
    private readonly Option<long?> _records = CommandOptions.Number(
        "--records", "How many records to make.", 1, PeopleGeneratorOptions.MaxRecords);

    private readonly Option<long?> _seed = CommandOptions.Number(
        "--seed", "Chooses the people and their errors; the same seed gives the same bytes. Default 1.", 0, long.MaxValue);

    private readonly Option<long?> _sources = CommandOptions.Number(
        "--sources", "How many sources share the records: crm, shop, support, web, loyalty, partner. Default 3.", 1, PeopleGeneratorOptions.MaxSources);

    private readonly Option<double?> _noise = CommandOptions.Fraction(
        "--noise", "FACTOR", "Errors relative to the default, from 0 (none) to 3. Default 1.", "a number from 0 to 3", noise => noise is >= 0 and <= 3);

    private readonly Option<double?> _hotEmail = CommandOptions.HotEmail();

    private readonly Option<double?> _hotSurname = CommandOptions.HotSurname();

    private readonly Option<string?> _output = CommandOptions.Text(
        "--output", "FILE", "Where to write the records; - is standard output. With --split: a directory, created if need be.");

    private readonly Option<string?> _truth = CommandOptions.Text(
        "--truth", "FILE", "Write the true ids to a file of their own (source, record_id, entity_id) and leave them out of the records.");

    private readonly Option<bool> _split = CommandOptions.Switch(
        "--split", "Write a file for each source, with its own format and column names, as real systems export them; never with true ids.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        _records.Required = true;
        _output.Required = true;
        var command = new CliCommand(
            "generate",
            "Makes records of invented people with a known true id: households, nicknames, typing errors, moves, marriages, missing values. " +
            "Without --truth the answer is the last column, true_id: never resolve a file that holds it.")
        {
            Examples =
            [
                ("idres generate --records 10000 --output people.csv --truth truth.csv", "Records, and apart from them who they are of"),
                ("idres generate --records 300 --seed 7 --split --output people/ --truth people/truth.csv", "A file for each of three sources"),
            ],
        };
        foreach (Option option in (Option[])[_records, _seed, _sources, _noise, _hotEmail, _hotSurname, _output, _truth, _split])
        {
            command.Add(option);
        }
        command.SetAction((parse, cancellationToken) => RunAsync(parse, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var options = new PeopleGeneratorOptions
        {
            Records = parse.GetRequiredValue(_records)!.Value,
            Seed = (ulong)(parse.GetValue(_seed) ?? 1),
            Sources = (int)(parse.GetValue(_sources) ?? 3),
            Noise = parse.GetValue(_noise) ?? 1,
            HotEmailShare = parse.GetValue(_hotEmail) ?? 0,
            HotSurnameShare = parse.GetValue(_hotSurname) ?? 0,
        };
        string output = parse.GetRequiredValue(_output)!;
        if (parse.GetValue(_split))
        {
            CreateDirectory(output);
        }
        await using OutputFile? truth = OutputFile.Open("--truth", parse.GetValue(_truth));
        if (parse.GetValue(_split))
        {
            await ProgressBar.RunAsync(console, progress =>
                PeopleFiles.WriteSourcesAsync(options, output, truth?.Stream, progress, cancellationToken));
        }
        else
        {
            await WriteTableAsync(options, output, truth, cancellationToken);
        }
        if (truth is not null)
        {
            await truth.CompleteAsync();
        }
        return ExitCode.Success;
    }

    private async Task WriteTableAsync(
        PeopleGeneratorOptions options, string output, OutputFile? truth, CancellationToken cancellationToken)
    {
        await using OutputFile? file = output == "-" ? null : OutputFile.Open("--output", output);
        await ProgressBar.RunAsync(console, async progress =>
        {
            await PeopleFiles.WriteTableAsync(options, file?.Stream ?? console.Output, truth?.Stream, progress, cancellationToken);
            return ExitCode.Success;
        });
        if (file is not null)
        {
            await file.CompleteAsync();
        }
    }

    private static void CreateDirectory(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--output: can't create the directory '{path}'", exception);
        }
    }
}
