using System.CommandLine;
using System.Text;
using IdentityResolution.Interchange;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres convert</c>: Splink settings in, a model out, or the other way round.</summary>
internal sealed class ConvertCommand(CliConsole console)
{
    private readonly Argument<string> _input = new("FILE")
    {
        Description = "Splink settings or a saved Splink model (JSON), or a model of this library: which one is seen by its content.",
    };

    private readonly Option<string?> _output = CommandOptions.Text("--output", "FILE", "Where to write the other format; - is standard output.");

    private readonly Option<string?> _frequencies = CommandOptions.Text(
        "--term-frequencies",
        "FOLDER",
        "Splink's term frequency tables, which stand beside its settings, as tf_COLUMN.csv: read when a model is made, written when settings are made.");

    private readonly Option<bool> _json = CommandOptions.Switch(
        "--json", "Print what has no counterpart as one line of JSON, as the last line of standard output.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        _output.Required = true;
        var command = new CliCommand(
            "convert",
            "Makes a model of Splink settings, or Splink settings of a model, and names what has no counterpart in the other.")
        {
            Examples =
            [
                ("idres convert splink_model.json --output model.json", "From Splink"),
                ("idres convert splink_model.json --term-frequencies tables --output model.json", "From Splink, with its term frequency tables"),
                ("idres resolve people.csv --model model.json --id unique_id --output customers.csv", "Use it"),
                ("idres convert model.json --term-frequencies tables --output splink_model.json", "To Splink"),
            ],
        };
        command.Add(_input);
        foreach (Option option in (Option[])[_output, _frequencies, _json])
        {
            command.Add(option);
        }
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        string path = parse.GetRequiredValue(_input);
        string output = parse.GetRequiredValue(_output)!;
        string text = Read(path);
        if (output != "-" && output.Length > 0 && string.Equals(Path.GetFullPath(output), Path.GetFullPath(path), StringComparison.Ordinal))
        {
            throw new CliException($"--output: '{output}' is also the input");
        }
        await using OutputFile? file = output == "-" ? null : OutputFile.Open("--output", output);
        (string converted, IReadOnlyList<SplinkNote> notes) = Convert(path, text, parse.GetValue(_frequencies));
        foreach (SplinkNote note in notes)
        {
            console.Error.WriteLine(note.ToString());
        }
        if (file is null)
        {
            console.Text.Write(converted);
        }
        else
        {
            await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(converted), cancellationToken);
            await file.CompleteAsync();
        }
        if (parse.GetValue(_json))
        {
            JsonLine.Write(console.Text, json =>
            {
                json.WriteStartArray("notes");
                foreach (SplinkNote note in notes)
                {
                    json.WriteStartObject();
                    json.WriteString("kind", note.Kind switch { SplinkNoteKind.LeftOut => "leftOut", SplinkNoteKind.Differs => "differs", _ => "elsewhere" });
                    json.WriteString("path", note.Path);
                    json.WriteString("message", note.Message);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            });
        }
        return ExitCode.Success;
    }

    private static (string Text, IReadOnlyList<SplinkNote> Notes) Convert(string path, string text, string? folder)
    {
        try
        {
            if (SplinkSettings.IsSplink(text))
            {
                SplinkImportOptions options = folder is null ? SplinkImportOptions.Default : SplinkImportOptions.Default with { TermFrequencies = FrequencyTables.Read(folder) };
                SplinkImport import = SplinkSettings.Import(text, options);
                return (import.Model.ToJson(), import.Notes);
            }
            SplinkExport export = SplinkSettings.Export(IdentityModel.Parse(text));
            List<SplinkNote> notes = [.. export.Notes];
            foreach ((string column, TermFrequencyTable table) in export.TermFrequencies)
            {
                if (folder is null)
                {
                    notes.Add(new("", SplinkNoteKind.Elsewhere, $"Splink takes the term frequencies of '{column}' beside its settings: --term-frequencies FOLDER writes them."));
                }
                else
                {
                    FrequencyTables.Write(folder, column, table);
                }
            }
            return (export.Json, notes);
        }
        catch (InvalidModelException exception)
        {
            throw new CliException($"{path}: {exception.Message}", exception);
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException($"{path}: there is no such file", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CliException($"{path}: can't be read", exception);
        }
    }
}
