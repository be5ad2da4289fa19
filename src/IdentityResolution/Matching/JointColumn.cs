using IdentityResolution.Fields;

namespace IdentityResolution.Matching;

/// <summary>Several fields of a record as one code, so that a comparison that looks at them all is one of two codes like any other.</summary>
/// <remarks>A record that lacks the first field has no code.</remarks>
internal sealed class JointColumn
{
    private readonly JointCodes _codes;

    private JointColumn(FieldColumn[] columns, JointCodes codes)
    {
        Columns = columns;
        _codes = codes;
    }

    /// <summary>The fields, the comparison's own first.</summary>
    public FieldColumn[] Columns { get; }

    /// <summary>Joins the fields of a table once.</summary>
    /// <param name="table">The records.</param>
    /// <param name="fields">At least two fields, the comparison's own first.</param>
    public static JointColumn Of(FieldTable table, string[] fields) =>
        table.Derive(string.Join('\0', fields), () => new JointColumn([.. fields.Select(field => table[field])], new JointCodes(fields.Length)));

    /// <summary>The same for other records that have the same values.</summary>
    public JointColumn Over(FieldTable table) => new([.. Columns.Select(column => table[column.Name])], _codes);

    /// <summary>The code of a record; -1 = the first field is missing. From any thread.</summary>
    public int CodeOf(int record)
    {
        Span<int> parts = stackalloc int[Columns.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Columns[i].Codes[record];
        }
        return parts[0] < 0 ? -1 : _codes.GetOrAdd(parts);
    }

    /// <summary>The code of every record of a table that does not grow.</summary>
    public int[] CodesOf(int count)
    {
        var codes = new int[count];
        for (int record = 0; record < count; record++)
        {
            codes[record] = CodeOf(record);
        }
        return codes;
    }

    /// <summary>The code that a field has where the joint code is this; -1 = missing.</summary>
    public int PartOf(int field, int code) => _codes.PartOf(field, code);
}
