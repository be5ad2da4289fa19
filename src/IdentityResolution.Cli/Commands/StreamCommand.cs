using System.CommandLine;
using System.Globalization;
using IdentityResolution.PostgreSql;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres stream</c>: changes of records in, changes of customers out.</summary>
internal sealed class StreamCommand(CliConsole console)
{
    private const string LinePrefix = "line:";
    private const string LsnPrefix = "lsn:";
    private const int MaxLineBytes = 8 << 20;

    private readonly Option<string?> _lookup = CommandOptions.Text("--lookup", "STORE", "The store: sqlite:FILE, postgres://USER@HOST/DATABASE or memory.");
    private readonly Option<string?> _model = CommandOptions.Text("--model", "FILE", "A trained model (JSON, see train). Default: the one in the store.");
    private readonly Option<string?> _input = CommandOptions.Text("--input", "FILE", "Changes, one JSON object per line; - is standard input, the default.");
    private readonly Option<string?> _stream = CommandOptions.Text(
        "--stream", "NAME", "Keep in the store, under this name, how far the input has been read, and go on there after a restart.");
    private readonly Option<string?> _resume = CommandOptions.Text(
        "--resume", "HOW", "What is skipped after a restart: line (the input is read again from its start; default) or lsn (envelopes before the last source.lsn).");
    private readonly Option<long?> _batch = CommandOptions.Number("--batch", "Most changes of one transaction. Default 500.", 1, 1_000_000);
    private readonly Option<string?> _source = CommandOptions.Text("--source", "NAME", "The source of Debezium envelopes. Default: the name of their table.");
    private readonly Option<string[]> _id = CommandOptions.Texts("--id", "COLUMN", "The key column of Debezium envelopes; several are joined by /. Default: id.");
    private readonly Option<long?> _maxBad = CommandOptions.Number("--max-quarantined", "Stop when more lines than this can't be read. Default: no limit.", 0, long.MaxValue);
    private readonly Option<string?> _terms = TermsOption.Create();
    private readonly CaptureOption _capture = new();

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        var command = new CliCommand("stream", "Changes of records in, changes of customers out: keeps customer ids up to date while records come, change and go.")
        {
            Examples =
            [
                ("idres stream --lookup sqlite:customers.db --model model.json --input changes.ndjson", "Change records from a file"),
                ("idres stream --lookup sqlite:customers.db --stream crm --id customer_no > changes.ndjson", "Debezium envelopes from a pipe, restartable"),
                ("idres stream --lookup sqlite:customers.db --capture postgres://app@db/crm --slot idres --create --table public.person=crm", "Tables of a PostgreSQL database, followed live"),
            ],
        };
        foreach (Option option in (Option[])[_lookup, _model, _input, _stream, _resume, _batch, _source, _id, _maxBad, _terms, .. _capture.Options])
        {
            command.Add(option);
        }
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        string resume = parse.GetValue(_resume) ?? "line";
        if (resume is not ("line" or "lsn"))
        {
            throw new CliException("--resume expects line or lsn");
        }
        PostgreSqlChangeCapture? capture = _capture.Find(parse, parse.GetValue(_batch), [_input, _stream, _resume, _source, _id, _maxBad], console);
        await using ILiveStore store = LookupStoreOption.OpenLive(parse.GetValue(_lookup), TermsOption.Read(parse.GetValue(_terms)));
        IdentityModel? model = parse.GetValue(_model) is { } path ? ModelOptions.Read(path) : null;
        string input = parse.GetValue(_input) ?? "-";
        await using Stream? file = input == "-" ? null : OpenInput(input);
        await using LiveIndex index = await OpenAsync(store, model, cancellationToken);
        if (capture is not null)
        {
            await CaptureOption.RunAsync(capture, index, store, console, cancellationToken);
            return ExitCode.Success;
        }
        string? stream = parse.GetValue(_stream);
        var pump = new ChangePump(
            index,
            new ChangeLineParser(parse.GetValue(_source), parse.GetValue(_id)),
            new ByteLineReader(file ?? console.Input, MaxLineBytes),
            console,
            new PumpOptions(input == "-" ? "standard input" : input, (int)(parse.GetValue(_batch) ?? 500), parse.GetValue(_maxBad), stream, resume == "lsn"));
        string? position = stream is null ? null : await store.FindPositionAsync(stream, cancellationToken);
        pump.SkipTo(Number(position, LinePrefix), Number(position, LsnPrefix));
        await pump.RunAsync(cancellationToken);
        console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pump.Lines:N0} lines read, {pump.Skipped:N0} of them before; {pump.Changed:N0} records changed, {pump.Deleted:N0} deleted, {pump.Unchanged:N0} as they were; {pump.Quarantined:N0} lines could not be read; {index.Count:N0} records in the store."));
        return ExitCode.Success;
    }

    private static async Task<LiveIndex> OpenAsync(ILiveStore store, IdentityModel? model, CancellationToken cancellationToken)
    {
        if (model is null && await store.FindModelAsync(cancellationToken) is null)
        {
            throw new CliException("--model: the store holds no model yet; give one (see idres train)");
        }
        return await LiveIndex.OpenAsync(store, model, null, cancellationToken);
    }

    private static FileStream OpenInput(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException($"--input: there is no file '{path}'");
        }
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.Asynchronous);
    }

    private static long Number(string? position, string prefix) =>
        position?.StartsWith(prefix, StringComparison.Ordinal) == true && long.TryParse(position.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : 0;
}
