using System.CommandLine;
using System.Globalization;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres history</c>: the change feed of a store, or what was at a moment.</summary>
internal sealed class HistoryCommand(CliConsole console)
{
    private readonly Option<string?> _lookup = LiveStoreOption.Create();
    private readonly Option<string?> _customer = CommandOptions.Text("--customer", "ID", "Changes of this customer id alone; with --as-of, the id that was current then.");

    private readonly Option<string?> _record = CommandOptions.Text(
        "--record", "SOURCE/ID", "Changes that name this record alone; with --as-of, the customer id that it had then.");

    private readonly Option<string?> _asOf = CommandOptions.Text(
        "--as-of", "TIME", "A moment as ISO 8601 (2026-03-01, 2026-03-01T12:30:00Z; without an offset UTC is meant): tells what --record or --customer was after the runs up to it.");

    private readonly Option<long?> _after = CommandOptions.Number("--after", "Begin behind this cursor: the last one that was handled.", 0, long.MaxValue);

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        var command = new CliCommand("history", "What happened to customer ids, as NDJSON: the change feed of a store, or what was at a moment.")
        {
            Examples =
            [
                ("idres history --lookup sqlite:customers.db --after 1200", "What is new behind a cursor"),
                ("idres history --lookup sqlite:customers.db --customer CC7G23G46YEG0G", "The life of one customer id"),
                ("idres history --lookup sqlite:customers.db --record crm/17 --as-of 2026-03-01", "The customer id that a record had"),
            ],
        };
        foreach (Option option in (Option[])[_lookup, _customer, _record, _asOf, _after])
        {
            command.Add(option);
        }
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        string? customer = parse.GetValue(_customer);
        RecordKey? record = Key(parse.GetValue(_record));
        DateTimeOffset? asOf = Moment(parse.GetValue(_asOf));
        long? after = parse.GetValue(_after);
        if (asOf is not null && (customer is null) == (record is null))
        {
            throw new CliException("--as-of goes with either --record or --customer");
        }
        if (asOf is not null && after is not null)
        {
            throw new CliException("--after is a place in the change feed and does not go with --as-of");
        }
        await using ILiveStore store = LiveStoreOption.Open(parse.GetValue(_lookup));
        if (asOf is { } moment)
        {
            await LookBackAsync(store, customer, record, moment, cancellationToken);
            return ExitCode.Success;
        }
        await foreach (NumberedChange change in store.ReadChangesAsync(after ?? 0, cancellationToken))
        {
            if ((customer is null || change.Change.EntityId == customer || change.Change.RelatedEntityId == customer)
                && (record is null || change.Change.Record == record))
            {
                JsonLine.Write(console.Text, json => ChangeJson.Write(json, change.Change, change.Cursor));
            }
        }
        return ExitCode.Success;
    }

    private static RecordKey? Key(string? text)
    {
        if (text is null)
        {
            return null;
        }
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1
            ? new RecordKey(text[..slash], text[(slash + 1)..])
            : throw new CliException("--record expects SOURCE/ID, for example crm/17");
    }

    private static DateTimeOffset? Moment(string? text)
    {
        if (text is null)
        {
            return null;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : throw new CliException("--as-of expects a moment as ISO 8601, for example 2026-03-01T12:30:00Z");
    }

    private async Task LookBackAsync(ILiveStore store, string? customer, RecordKey? record, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        string moment = asOf.ToString("O", CultureInfo.InvariantCulture);
        if (record is { } key)
        {
            LookupRow? row = await store.FindAsync(key, asOf, cancellationToken);
            JsonLine.Write(console.Text, json =>
            {
                json.WriteString("as_of", moment);
                json.WriteString("source", key.Source);
                json.WriteString("record_id", key.Id);
                json.WriteString("customer_id", row?.EntityId);
                json.WriteString("matched_by", row?.MatchedBy);
                if (row?.MatchProbability is { } probability)
                {
                    json.WriteNumber("match_probability", probability);
                }
                else
                {
                    json.WriteNull("match_probability");
                }
            });
            return;
        }
        string? current = await store.ResolveEntityAsync(customer!, asOf, cancellationToken);
        JsonLine.Write(console.Text, json =>
        {
            json.WriteString("as_of", moment);
            json.WriteString("customer_id", customer);
            json.WriteString("current_id", current);
        });
    }
}
