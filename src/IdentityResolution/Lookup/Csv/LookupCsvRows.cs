using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IdentityResolution.Identity;
using IdentityResolution.Records;

namespace IdentityResolution.Lookup;

/// <summary>Writes lookup rows as CSV; what many rows have in common is made once, not per row.</summary>
internal sealed class LookupCsvRows
{
    private const int Certain = 1_000_000;
    private static readonly byte[] NoRule = [(byte)',', (byte)','];
    private static readonly SearchValues<byte> Special = SearchValues.Create(",\"\r\n"u8);

    // With the comma behind, and with the commas around.
    private readonly byte[][] _sources;
    private readonly byte[][] _rules;
    private readonly byte[][] _certainRules;
    private readonly bool _idsArePlain;
    private readonly int _longestEnds;

    /// <summary>Prepares the writing of rows.</summary>
    /// <param name="keys">The keys of the records.</param>
    /// <param name="rules">Names of the rules.</param>
    public LookupCsvRows(RecordKeyIndex keys, IReadOnlyList<string> rules)
    {
        _sources = [.. keys.Sources.Select(source => (byte[])[.. CsvBuffer.Quote(source), (byte)','])];
        _rules = [.. rules.Select(rule => (byte[])[(byte)',', .. CsvBuffer.Quote(rule), (byte)','])];
        _certainRules = [.. _rules.Select(rule => (byte[])[.. rule, .. "1.000000\n"u8])];
        _idsArePlain = !keys.AnyIdContains(Special);
        _longestEnds = Longest(_sources) + Math.Max(Longest(_certainRules), NoRule.Length + Millionths.TextLength + 1);
    }

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
        ref byte room = ref MemoryMarshal.GetReference(csv.GetRoom(_longestEnds));
        csv.Advance(EndRow(ref room, rule, probability));
    }

    /// <summary>Writes the row of a record whose customer id is of our own making.</summary>
    /// <param name="csv">Receives the row.</param>
    /// <param name="source">Number of the source.</param>
    /// <param name="recordId">The record id as UTF-8.</param>
    /// <param name="number">The number that the customer id spells.</param>
    /// <param name="rule">Number of the rule; -1 = none.</param>
    /// <param name="probability">The probability in millionths; -1 = none.</param>
    public void Write(CsvBuffer csv, int source, ReadOnlySpan<byte> recordId, ulong number, int rule, int probability)
    {
        if (!_idsArePlain)
        {
            Span<byte> id = stackalloc byte[EntityIdCode.Length];
            EntityIdCode.Write(number, id);
            Write(csv, source, recordId, id, rule, probability);
            return;
        }
        Span<byte> row = csv.GetRoom(_longestEnds + recordId.Length + EntityIdCode.Length + 1);
        ref byte start = ref MemoryMarshal.GetReference(row);
        int length = Put(ref start, _sources[source]);
        ShortBytes.Copy(ref MemoryMarshal.GetReference(recordId), ref Unsafe.Add(ref start, length), recordId.Length);
        length += recordId.Length;
        row[length++] = (byte)',';
        EntityIdCode.Write(number, row.Slice(length, EntityIdCode.Length));
        length += EntityIdCode.Length;
        csv.Advance(length + EndRow(ref Unsafe.Add(ref start, length), rule, probability));
    }

    private static int Longest(byte[][] pieces) => pieces.Length == 0 ? 0 : pieces.Max(piece => piece.Length);

    // There is room for the longest pieces.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Put(ref byte place, byte[] piece)
    {
        ShortBytes.Copy(ref MemoryMarshal.GetArrayDataReference(piece), ref place, piece.Length);
        return piece.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int EndRow(ref byte place, int rule, int probability) => rule >= 0 && probability == Certain
        ? Put(ref place, _certainRules[rule])
        : EndUncertain(ref place, rule, probability);

    private int EndUncertain(ref byte place, int rule, int probability)
    {
        int length = rule < 0 ? Put(ref place, NoRule) : Put(ref place, _rules[rule]);
        if (probability >= 0)
        {
            Millionths.Write(probability, MemoryMarshal.CreateSpan(ref Unsafe.Add(ref place, length), Millionths.TextLength));
            length += Millionths.TextLength;
        }
        Unsafe.Add(ref place, length) = (byte)'\n';
        return length + 1;
    }
}
