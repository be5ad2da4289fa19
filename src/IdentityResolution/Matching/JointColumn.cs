using IdentityResolution.Fields;

namespace IdentityResolution.Matching;

/// <summary>Several fields of a record as one code, so that a comparison that looks at them all is one of two codes like any other.</summary>
/// <remarks>A record that lacks the first field has no code. Immutable.</remarks>
internal sealed class JointColumn
{
    private readonly int[][] _parts;

    private JointColumn(FieldColumn[] columns)
    {
        Columns = columns;
        Codes = [.. columns[0].Codes];
        _parts = new int[columns.Length][];
        for (int i = 1; i < columns.Length; i++)
        {
            Join(columns[i].Codes);
        }
        // One record of each code tells its parts.
        int count = Codes.Length == 0 ? 0 : Codes.Max() + 1;
        for (int i = 0; i < columns.Length; i++)
        {
            int[] part = new int[count];
            for (int record = 0; record < Codes.Length; record++)
            {
                if (Codes[record] >= 0)
                {
                    part[Codes[record]] = columns[i].Codes[record];
                }
            }
            _parts[i] = part;
        }
    }

    /// <summary>The fields, the comparison's own first.</summary>
    public FieldColumn[] Columns { get; }

    /// <summary>The code of each record; -1 = the first field is missing.</summary>
    public int[] Codes { get; }

    /// <summary>Joins the fields of a table once.</summary>
    /// <param name="table">The records.</param>
    /// <param name="fields">At least two fields, the comparison's own first.</param>
    public static JointColumn Of(FieldTable table, string[] fields) =>
        table.Derive(string.Join('\0', fields), () => new JointColumn([.. fields.Select(field => table[field])]));

    /// <summary>The code that a field has where the joint code is this; -1 = missing.</summary>
    public int PartOf(int field, int code) => _parts[field][code];

    private void Join(int[] codes)
    {
        var known = new Dictionary<(int, int), int>();
        for (int record = 0; record < Codes.Length; record++)
        {
            if (Codes[record] >= 0)
            {
                (int, int) both = (Codes[record], codes[record]);
                if (!known.TryGetValue(both, out int code))
                {
                    known.Add(both, code = known.Count);
                }
                Codes[record] = code;
            }
        }
    }
}
