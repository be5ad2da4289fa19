using System.CommandLine;
using System.Text;

namespace IdentityResolution.Cli;

/// <summary>The inputs of a verb and how they are read.</summary>
internal sealed class InputOptions
{
    private const string StandardInput = "-";
    private static readonly string[] NdJsonExtensions = [".ndjson", ".jsonl", ".json-lines"];

    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "CSV or NDJSON files, plain or gzipped; - is standard input; NAME=FILE gives the source a name. " +
            "Without a name the source is called like its file.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _ids = new("--id")
    {
        HelpName = "COLUMN",
        Description = "The column of the record ids; SOURCE=COLUMN sets it for one source and may be repeated. " +
            "Default: by its name (record_id, id, ...), else rows are numbered.",
    };

    private readonly Option<string?> _source = CommandOptions.Text(
        "--source", "NAME", "The source of all inputs that do not name their own.");

    private readonly Option<string?> _sourceColumn = CommandOptions.Text(
        "--source-column", "COLUMN", "The column that names each record's source.");

    private readonly Option<string?> _delimiter = CommandOptions.Text(
        "--delimiter", "CHAR", "What separates the fields of CSV: a character, or 'tab'. Default: found by looking.");

    private readonly Option<string?> _encoding = CommandOptions.Text(
        "--encoding", "NAME", "The encoding of the text, for example windows-1252. Default: UTF-8, or what a byte order mark says.");

    /// <summary>Adds argument and options to a verb.</summary>
    public void AddTo(Command command)
    {
        // An argument that takes many values would take a misspelled option for one.
        _inputs.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') && token.Value != StandardInput) is { } option)
            {
                result.AddError($"unrecognized option '{option.Value}'");
            }
        });
        command.Add(_inputs);
        foreach (Option option in (Option[])[_ids, _source, _sourceColumn, _delimiter, _encoding])
        {
            command.Add(option);
        }
    }

    /// <summary>Makes sure that no output takes the place of an input or of another output.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="outputs">Options with the files they name; null = none.</param>
    /// <exception cref="CliException">Two would be one file.</exception>
    public void RefuseToOverwrite(ParseResult parse, params ReadOnlySpan<(string Option, string? Path)> outputs)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string input in parse.GetRequiredValue(_inputs))
        {
            taken[Path.GetFullPath(Parse(input).Path)] = "an input";
        }
        foreach ((string option, string? path) in outputs)
        {
            bool isFile = path is not (null or "" or StandardInput) && !path.StartsWith("/dev/", StringComparison.Ordinal);
            if (isFile && !taken.TryAdd(Path.GetFullPath(path!), option))
            {
                throw new CliException($"{option}: '{path}' is also {taken[Path.GetFullPath(path!)]}");
            }
        }
    }

    /// <summary>The record sets that the command line names.</summary>
    /// <exception cref="CliException">An input does not exist, or an option can't be used.</exception>
    public IReadOnlyList<RecordSet> Open(ParseResult parse, CliConsole console)
    {
        string? source = parse.GetValue(_source);
        string? sourceColumn = parse.GetValue(_sourceColumn);
        if (source is "" || sourceColumn is "" || Array.Exists(parse.GetValue(_ids) ?? [], id => id.Length == 0 || id.EndsWith('=')))
        {
            throw new CliException("--source, --source-column and --id expect a name that is not empty");
        }
        if (source is not null && sourceColumn is not null)
        {
            throw new CliException("--source and --source-column exclude each other");
        }
        var inputs = new List<RecordSet>();
        foreach (string text in parse.GetRequiredValue(_inputs))
        {
            (string? name, string path) = Parse(text);
            if (path == StandardInput)
            {
                if (inputs.Exists(input => input.Name == "stdin"))
                {
                    throw new CliException("INPUT: standard input (-) can be named once only");
                }
                inputs.Add(Open(parse, "stdin", console.Input, name ?? source, sourceColumn));
                continue;
            }
            if (!File.Exists(path))
            {
                throw new CliException(Directory.Exists(path) ? $"{path}: this is a directory; a file is expected" : $"{path}: there is no such file");
            }
            inputs.Add(Open(parse, path, null, name ?? source, sourceColumn));
        }
        CheckIdSources(parse, inputs);
        return inputs;
    }

    // NAME=FILE, unless a file is really called so.
    private static (string? Name, string Path) Parse(string input)
    {
        int sign = input.IndexOf('=', StringComparison.Ordinal);
        return sign <= 0 || sign == input.Length - 1 || File.Exists(input) ? (null, input) : (input[..sign], input[(sign + 1)..]);
    }

    private RecordSet Open(ParseResult parse, string name, Stream? stream, string? source, string? sourceColumn)
    {
        string? idColumn = IdColumn(parse, RecordSet.FromFile(name, source).Source);
        char? delimiter = ParseDelimiter(parse.GetValue(_delimiter));
        Encoding? encoding = ParseEncoding(parse.GetValue(_encoding));
        bool isNdJson = Array.Exists(NdJsonExtensions, extension =>
            (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name).EndsWith(extension, StringComparison.OrdinalIgnoreCase));
        if (delimiter is null && encoding is null)
        {
            return stream is null
                ? RecordSet.FromFile(name, source, idColumn, sourceColumn)
                : RecordSet.FromStream(stream, name, source, idColumn, sourceColumn);
        }
        if (isNdJson)
        {
            var ndJson = new NdJsonOptions { Source = source, IdColumn = idColumn, SourceColumn = sourceColumn, Encoding = encoding };
            return RecordSet.FromNdJson(name, ndJson);
        }
        var csv = new CsvOptions { Source = source, IdColumn = idColumn, SourceColumn = sourceColumn, Delimiter = delimiter, Encoding = encoding };
        return stream is null ? RecordSet.FromCsv(name, csv) : RecordSet.FromCsv(stream, name, csv);
    }

    private string? IdColumn(ParseResult parse, string source)
    {
        string? forAll = null;
        foreach (string text in parse.GetValue(_ids) ?? [])
        {
            int sign = text.IndexOf('=', StringComparison.Ordinal);
            if (sign < 0)
            {
                forAll = text;
            }
            else if (text.AsSpan(0, sign).SequenceEqual(source))
            {
                return text[(sign + 1)..];
            }
        }
        return forAll;
    }

    // A misspelled source would otherwise fall back on guessing in silence.
    private void CheckIdSources(ParseResult parse, List<RecordSet> inputs)
    {
        foreach (string text in parse.GetValue(_ids) ?? [])
        {
            int sign = text.IndexOf('=', StringComparison.Ordinal);
            if (sign >= 0 && !inputs.Exists(input => text.AsSpan(0, sign).SequenceEqual(input.Source)))
            {
                throw new CliException(
                    $"--id: no input has the source '{text[..sign]}'; the sources are: {string.Join(", ", inputs.Select(input => input.Source))}");
            }
        }
    }

    private static char? ParseDelimiter(string? text) => text switch
    {
        null => null,
        "tab" or "\\t" or "\t" => '\t',
        [char single] when char.IsAscii(single) && single is not ('"' or '\r' or '\n' or '\0') => single,
        _ => throw new CliException($"--delimiter expects one ASCII character or 'tab', not '{text}'"),
    };

    private static Encoding? ParseEncoding(string? name)
    {
        if (name is null)
        {
            return null;
        }
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException exception)
        {
            throw new CliException($"--encoding: no encoding is called '{name}'; try utf-8, utf-16, iso-8859-1 or windows-1252", exception);
        }
    }
}
