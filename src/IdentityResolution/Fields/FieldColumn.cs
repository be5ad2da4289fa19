using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>One field of all records in standard form: each distinct value once, a record holds its code.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Values">The distinct standardized values. Fields that may be swapped share one dictionary, so their codes compare.</param>
/// <param name="Codes">The value of each record; -1 = missing. Length: records.</param>
internal sealed record FieldColumn(string Name, ValueDictionary Values, int[] Codes)
{
    /// <summary>The value of each record; -1 = missing. Length: records at least; a live index replaces it by a longer one when records come.</summary>
    public int[] Codes { get; private set; } = Codes;

    /// <summary>Makes room for records.</summary>
    public void EnsureRecords(int count)
    {
        if (Codes.Length < count)
        {
            int before = Codes.Length;
            int[] codes = Codes;
            Array.Resize(ref codes, Math.Max(count, before + (before / 2) + 16));
            codes.AsSpan(before).Fill(-1);
            Codes = codes;
        }
    }

    /// <summary>How many records have each value. Length: values.</summary>
    public int[] CountValues()
    {
        var counts = new int[Values.Count];
        foreach (int code in Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }
        return counts;
    }
}
