using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>Writes lookup rows as CSV; what many rows have in common is made once, not per row.</summary>
internal sealed class LookupCsvRows(IReadOnlyList<string> sources, IReadOnlyList<string> rules)
{
    private const int Certain = 1_000_000;

    // With the comma behind, and with the commas around.
    private readonly byte[][] _sources = [.. sources.Select(source => (byte[])[.. CsvBuffer.Quote(source), (byte)','])];
    private readonly byte[][] _rules = [.. rules.Select(rule => (byte[])[(byte)',', .. CsvBuffer.Quote(rule), (byte)','])];
    private readonly byte[][] _certainRules = [.. rules.Select(rule => (byte[])[(byte)',', .. CsvBuffer.Quote(rule), .. ",1.000000\n"u8])];

    /// <summary>The first line.</summary>
    public static ReadOnlySpan<byte> Header => "source,record_id,customer_id,matched_by,match_probability\n"u8;

    /// <summary>Writes one row.</summary>
    /// <param name="csv">Receives the row.</param>
    /// <param name="source">Number of the source.</param>
    /// <param name="recordId">The record id as UTF-8.</param>
    /// <param name="entityId">The customer id as UTF-8.</param>
    /// <param name="rule">Number of the rule; -1 = none.</param>
    /// <param name="probability">The probability in millionths; -1 = none.</param>
    public void Write(CsvBuffer csv, int source, ReadOnlySpan<byte> recordId, ReadOnlySpan<byte> entityId, int rule, int probability)
    {
        csv.Append(_sources[source]);
        csv.AppendField(recordId);
        csv.AppendComma();
        csv.AppendField(entityId);
        EndRow(csv, rule, probability);
    }

    /// <summary>Writes the row of a record whose customer id is of our own making.</summary>
    /// <inheritdoc cref="Write(CsvBuffer, int, ReadOnlySpan{byte}, ReadOnlySpan{byte}, int, int)"/>
    /// <param name="csv">Receives the row.</param>
    /// <param name="source">Number of the source.</param>
    /// <param name="recordId">The record id as UTF-8.</param>
    /// <param name="number">The number that the customer id spells.</param>
    /// <param name="rule">Number of the rule; -1 = none.</param>
    /// <param name="probability">The probability in millionths; -1 = none.</param>
    public void Write(CsvBuffer csv, int source, ReadOnlySpan<byte> recordId, ulong number, int rule, int probability)
    {
        csv.Append(_sources[source]);
        csv.AppendField(recordId);
        Span<byte> room = csv.GetRoom(EntityIdCode.Length + 1);
        room[0] = (byte)',';
        EntityIdCode.Write(number, room[1..]);
        csv.Advance(EntityIdCode.Length + 1);
        EndRow(csv, rule, probability);
    }

    private void EndRow(CsvBuffer csv, int rule, int probability)
    {
        if (rule >= 0 && probability == Certain)
        {
            csv.Append(_certainRules[rule]);
            return;
        }
        csv.Append(rule >= 0 ? _rules[rule] : ",,"u8);
        if (probability >= 0)
        {
            csv.AppendProbability(probability);
        }
        csv.EndLine();
    }
}
