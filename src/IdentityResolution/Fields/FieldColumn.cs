using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>One field of all records in standard form: each distinct value once, a record holds its code.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Values">The distinct standardized values. Fields that may be swapped share one dictionary, so their codes compare.</param>
/// <param name="Codes">The value of each record; -1 = missing. Length: records.</param>
internal sealed record FieldColumn(string Name, ValueDictionary Values, int[] Codes)
{
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
