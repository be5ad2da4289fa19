using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>The columns of one input that give one value of a field.</summary>
/// <param name="Columns">The columns, joined with blanks.</param>
/// <param name="Part">The part of a whole name that is taken.</param>
/// <param name="Label">The label of the values; null = none.</param>
internal sealed record FieldInput(IReadOnlyList<RawColumn> Columns, NamePart Part, string? Label)
{
    /// <summary>Writes the joined columns of a record.</summary>
    /// <param name="record">The record, by position in its input.</param>
    /// <param name="buffer">Receives the text; what it held is dropped.</param>
    /// <returns>False when all columns are empty.</returns>
    public bool Join(int record, List<byte> buffer)
    {
        buffer.Clear();
        bool any = false;
        for (int i = 0; i < Columns.Count; i++)
        {
            RawColumn column = Columns[i];
            if (i > 0)
            {
                buffer.Add((byte)' ');
            }
            if (column.Codes[record] >= 0)
            {
                any = true;
                buffer.AddRange(column.Values[column.Codes[record]]);
            }
        }
        return any;
    }
}
