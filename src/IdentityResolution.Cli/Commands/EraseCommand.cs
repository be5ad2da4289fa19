using System.CommandLine;
using System.Globalization;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres erase</c>: removes every trace of a record or a customer from a store.</summary>
internal sealed class EraseCommand(CliConsole console)
{
    private readonly Option<string?> _lookup = CommandOptions.Text("--lookup", "STORE", "The store: sqlite:FILE, postgres://USER@HOST/DATABASE or memory.");
    private readonly Option<string?> _record = CommandOptions.Text("--record", "SOURCE/ID", "The record to erase.");
    private readonly Option<string?> _customer = CommandOptions.Text("--customer", "ID", "The customer id whose records are to be erased.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        var command = new CliCommand("erase", "Removes every trace of a record, or of all records of a customer, and prints the receipt as one line of JSON.")
        {
            Examples =
            [
                ("idres erase --lookup sqlite:customers.db --record crm/4711", "One record"),
                ("idres erase --lookup sqlite:customers.db --customer CC7G23G46YEG0G", "All records of a customer"),
            ],
        };
        foreach (Option option in (Option[])[_lookup, _record, _customer])
        {
            command.Add(option);
        }
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        string? record = parse.GetValue(_record);
        string? customer = parse.GetValue(_customer);
        if (record is null == customer is null)
        {
            throw new CliException("erase expects either --record or --customer");
        }
        await using ILiveStore store = LookupStoreOption.OpenLive(parse.GetValue(_lookup));
        if (await store.FindModelAsync(cancellationToken) is null)
        {
            throw new CliException("--lookup: the store keeps no records; those of 'idres stream' or of a live index are erased here");
        }
        await using LiveIndex index = await LiveIndex.OpenAsync(store, null, null, cancellationToken);
        ErasureReceipt receipt = record is not null
            ? await index.EraseAsync(Key(record), cancellationToken)
            : await EraseAsync(index, customer!, cancellationToken);
        JsonLine.Write(console.Text, json =>
        {
            json.WriteString("runId", receipt.RunId);
            json.WriteString("at", receipt.At.ToString("O", CultureInfo.InvariantCulture));
            json.WriteStartArray("customerIds");
            foreach (string id in receipt.EntityIds)
            {
                json.WriteStringValue(id);
            }
            json.WriteEndArray();
            json.WriteStartObject("removedRows");
            foreach ((string table, long count) in receipt.RemovedRows)
            {
                json.WriteNumber(table, count);
            }
            json.WriteEndObject();
            json.WriteStartArray("notes");
            foreach (string note in receipt.Notes)
            {
                json.WriteStringValue(note);
            }
            json.WriteEndArray();
        });
        return ExitCode.Success;
    }

    private static async Task<ErasureReceipt> EraseAsync(LiveIndex index, string customer, CancellationToken cancellationToken)
    {
        try
        {
            return await index.EraseCustomerAsync(customer, cancellationToken);
        }
        catch (ArgumentException error)
        {
            throw new CliException("--customer: the id was never given", error);
        }
    }

    private static RecordKey Key(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1
            ? new RecordKey(text[..slash], text[(slash + 1)..])
            : throw new CliException("--record expects SOURCE/ID");
    }
}
