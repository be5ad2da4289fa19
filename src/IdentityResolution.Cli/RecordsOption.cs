using System.CommandLine;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli;

/// <summary>Where evaluate finds the values of the records that it lists.</summary>
internal sealed class RecordsOption
{
    private readonly Option<string[]> _files = CommandOptions.Texts(
        "--records", "INPUT", "The records that were resolved, so that --errors and --sample show their values: FILE or NAME=FILE, as for resolve.");

    private readonly Option<string?> _id = CommandOptions.Text("--records-id", "COLUMN", "The column of the record ids in --records. Default: by its name.");

    private readonly Option<string?> _source = CommandOptions.Text(
        "--records-source", "COLUMN", "The column that names each record's source in --records. Default: none, the source is called like the file.");

    /// <summary>The options, for the verb.</summary>
    public Option[] All => [_files, _id, _source];

    /// <summary>Refuses options that nothing asks for.</summary>
    /// <exception cref="CliException">They are given in vain.</exception>
    public void Check(ParseResult parse, bool isUsed)
    {
        bool isGiven = parse.GetValue(_files) is { Length: > 0 };
        if (isGiven && !isUsed)
        {
            throw new CliException("--records goes with --errors or --sample");
        }
        if (!isGiven && (parse.GetValue(_id) ?? parse.GetValue(_source)) is not null)
        {
            throw new CliException("--records-id and --records-source go with --records");
        }
    }

    /// <summary>The files.</summary>
    public IEnumerable<string> Paths(ParseResult parse) => (parse.GetValue(_files) ?? []).Select(text => Parse(text).Path);

    /// <summary>Reads the records, if any are asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="hasSources">Does the lookup table say which source a record is of?</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CliException">A file does not exist.</exception>
    public async Task<RecordValues?> ReadAsync(ParseResult parse, bool hasSources, CancellationToken cancellationToken)
    {
        if (parse.GetValue(_files) is not { Length: > 0 } files)
        {
            return null;
        }
        var inputs = new List<RecordSet>();
        foreach ((string? name, string path) in files.Select(Parse))
        {
            if (!File.Exists(path))
            {
                throw new CliException($"--records: {path}: there is no such file");
            }
            inputs.Add(RecordSet.FromFile(path, name, parse.GetValue(_id), parse.GetValue(_source)));
        }
        return await RecordValues.ReadAsync(inputs, byIdAlone: !hasSources, cancellationToken);
    }

    private static (string? Name, string Path) Parse(string input)
    {
        int sign = input.IndexOf('=', StringComparison.Ordinal);
        return sign <= 0 || sign == input.Length - 1 || File.Exists(input) ? (null, input) : (input[..sign], input[(sign + 1)..]);
    }
}
