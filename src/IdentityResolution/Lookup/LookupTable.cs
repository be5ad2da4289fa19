using System.Collections;
using System.Text;
using IdentityResolution.Identity;
using IdentityResolution.Internals;
using IdentityResolution.Lookup;

namespace IdentityResolution;

/// <summary>The lookup table (crosswalk) of a run: one row per record, in order of source and record id.</summary>
/// <remarks>
/// Rows are held in columns and made when they are read. The order is ordinal (by UTF-8 bytes) and does not depend on the order in which
/// records came. Immutable and safe for concurrent readers.
/// </remarks>
public sealed class LookupTable : IReadOnlyList<LookupRow>
{
    private readonly IdentityPlan _plan;
    private readonly int _threads;

    internal LookupTable(IdentityPlan plan, int threads = 1)
    {
        _plan = plan;
        _threads = threads;
    }

    /// <summary>How many rows there are: one per record.</summary>
    public int Count => _plan.Order.Length;

    /// <summary>A row by its place in the order of keys.</summary>
    /// <param name="index">0-based place, below <see cref="Count"/>.</param>
    /// <returns>The row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The place is out of range.</exception>
    public LookupRow this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Row(_plan, _plan.Order[index]);
        }
    }

    /// <summary>The row of one record, or null when the run has no such record.</summary>
    /// <param name="key">The record.</param>
    /// <returns>The row, or null.</returns>
    public LookupRow? Find(RecordKey key)
    {
        int record = _plan.Keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id));
        return record < 0 ? null : Row(_plan, record);
    }

    /// <summary>The rows in order.</summary>
    /// <returns>An enumerator.</returns>
    public IEnumerator<LookupRow> GetEnumerator()
    {
        foreach (int record in _plan.Order)
        {
            yield return Row(_plan, record);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes the table as CSV: <c>source,record_id,customer_id,matched_by,match_probability</c>.</summary>
    /// <param name="output">Receives UTF-8 without a byte order mark, lines ending in LF, quoted as RFC 4180 asks; is left open.</param>
    /// <remarks>Probabilities have six decimals; a record that is alone has neither rule nor probability. Equal tables give equal bytes.</remarks>
    public void WriteCsv(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var blocks = new LookupCsvBlocks(_plan, new Workers(_threads, CancellationToken.None));
        output.Write(LookupCsvRows.Header);
        for (int turn = 0; turn < blocks.TurnCount; turn++)
        {
            foreach (CsvBuffer block in blocks.Make(turn))
            {
                output.Write(block.Written.Span);
            }
        }
    }

    /// <summary>Writes the table as CSV: <c>source,record_id,customer_id,matched_by,match_probability</c>.</summary>
    /// <param name="output">Receives UTF-8 without a byte order mark, lines ending in LF, quoted as RFC 4180 asks; is left open.</param>
    /// <param name="cancellationToken">Stops the writing; what was written stays.</param>
    /// <returns>A task that ends when all is handed to the stream.</returns>
    public async Task WriteCsvAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var blocks = new LookupCsvBlocks(_plan, new Workers(_threads, cancellationToken));
        Task writing = output.WriteAsync(LookupCsvRows.Header.ToArray(), cancellationToken).AsTask();
        try
        {
            for (int turn = 0; turn < blocks.TurnCount; turn++)
            {
                CsvBuffer[] made = blocks.Make(turn);
                await writing.ConfigureAwait(false);
                writing = HandOnAsync(output, made, cancellationToken);
            }
        }
        finally
        {
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await writing.ConfigureAwait(false);
    }

    internal static LookupRow Row(IdentityPlan plan, int record)
    {
        LinkEvidence evidence = plan.Evidence[record];
        return new LookupRow(
            plan.Keys.Key(record),
            plan.EntityId(plan.EntityOf[record]),
            evidence.IsNone ? string.Empty : plan.Evidence.Rules[evidence.Rule],
            Millionths.ToProbability(evidence.ProbabilityMillionths));
    }

    private static async Task HandOnAsync(Stream output, CsvBuffer[] blocks, CancellationToken cancellationToken)
    {
        foreach (CsvBuffer block in blocks)
        {
            await output.WriteAsync(block.Written, cancellationToken).ConfigureAwait(false);
        }
    }
}
