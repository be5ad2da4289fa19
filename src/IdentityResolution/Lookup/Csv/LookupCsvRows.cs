using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>Writes lookup rows as CSV; sources and rule names are quoted once, not per row.</summary>
internal sealed class LookupCsvRows(IReadOnlyList<string> sources, IReadOnlyList<string> rules)
{
    private readonly byte[][] _sources = [.. sources.Select(CsvBuffer.Quote)];
    private readonly byte[][] _rules = [.. rules.Select(CsvBuffer.Quote)];

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
        csv.AppendComma();
        csv.AppendField(recordId);
        csv.AppendComma();
        csv.AppendField(entityId);
        csv.AppendComma();
        if (rule >= 0)
        {
            csv.Append(_rules[rule]);
        }
        csv.AppendComma();
        if (probability >= 0)
        {
            csv.AppendProbability(probability);
        }
        csv.EndLine();
    }
}
