using System.Globalization;
using System.Text.Json;
using IdentityResolution.Lookup;

namespace IdentityResolution.Cli;

/// <summary>How a stream of changes is read.</summary>
/// <param name="Input">The input, for messages.</param>
/// <param name="BatchSize">Most changes of one transaction.</param>
/// <param name="MaxQuarantined">How many lines may be bad; null = any number.</param>
/// <param name="Stream">The name under which positions are kept; null = they are not.</param>
/// <param name="ByLsn">Are positions log sequence numbers of envelopes, instead of lines?</param>
internal sealed record PumpOptions(string Input, int BatchSize, long? MaxQuarantined, string? Stream, bool ByLsn);

/// <summary>Takes changes from lines to a live index, transaction by transaction, and what became of customers to standard output.</summary>
internal sealed class ChangePump(LiveIndex index, ChangeLineParser parser, ByteLineReader lines, CliConsole console, PumpOptions options)
{
    private readonly List<LiveOperation> _operations = [];
    private long _skipLine;
    private long _skipLsn;
    private long _lsn;
    private long _handledLine;

    public long Lines => lines.LineNumber;

    public long Skipped { get; private set; }

    public long Changed { get; private set; }

    public long Deleted { get; private set; }

    public long Unchanged { get; private set; }

    public long Quarantined { get; private set; }

    /// <summary>Leaves out lines up to a number, and envelopes before a log sequence number.</summary>
    public void SkipTo(long line, long lsn) => (_skipLine, _skipLsn, _lsn) = (options.ByLsn ? 0 : line, options.ByLsn ? lsn : 0, lsn);

    /// <summary>Reads to the end.</summary>
    /// <exception cref="InvalidRecordException">More lines than allowed can't be read; what came before is in the store.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            await TakeAsync(line, cancellationToken);
            // A full batch, or nothing more at hand: a slow source is not made to wait.
            if (_operations.Count >= options.BatchSize || !lines.HasLine)
            {
                await WriteAsync(cancellationToken);
            }
        }
        await WriteAsync(cancellationToken);
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        if (lines.LineNumber <= _skipLine)
        {
            Skipped++;
            return;
        }
        string fault = "The line is too long.";
        int before = _operations.Count;
        long? lsn = null;
        if (lines.IsTooLong || !parser.TryParse(line, _operations, out lsn, out fault))
        {
            Quarantined++;
            console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Input}:{lines.LineNumber}: {fault}"));
            if (Quarantined > options.MaxQuarantined)
            {
                await WriteAsync(cancellationToken);
                throw new InvalidRecordException(options.Input, lines.LineNumber, $"more than {options.MaxQuarantined} lines can't be read; the last one: {fault}");
            }
        }
        else if (lsn < _skipLsn)
        {
            _operations.RemoveRange(before, _operations.Count - before);
            Skipped++;
        }
        _lsn = Math.Max(_lsn, lsn ?? 0);
        _handledLine = lines.LineNumber;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_operations.Count == 0)
        {
            return;
        }
        StreamPosition? position = options.Stream is null ? null : new StreamPosition(
            options.Stream, string.Create(CultureInfo.InvariantCulture, $"{(options.ByLsn ? "lsn" : "line")}:{(options.ByLsn ? _lsn : _handledLine)}"));
        LiveResult result = await index.ApplyAsync(_operations, position, cancellationToken);
        _operations.Clear();
        Changed += result.ChangedRecords;
        Deleted += result.DeletedRecords;
        Unchanged += result.UnchangedRecords;
        foreach (EntityChange change in result.Changes)
        {
            JsonLine.Write(console.Text, json => WriteChange(json, change));
        }
    }

    /// <summary>A change of a customer as a line of standard output.</summary>
    public static void WriteChange(Utf8JsonWriter json, EntityChange change)
    {
        json.WriteString("change", StoredNames.Of(change.Kind));
        json.WriteString("customer_id", change.EntityId);
        json.WriteString("related_customer_id", change.RelatedEntityId);
        json.WriteString("source", change.Record?.Source);
        json.WriteString("record_id", change.Record?.Id);
        json.WriteString("reason", change.Reason);
        json.WriteString("run_id", change.RunId);
        json.WriteString("at", change.At.ToString("O", CultureInfo.InvariantCulture));
    }
}
