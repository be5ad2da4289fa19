using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>One field of all records in standard form: each distinct value once, a record holds its code.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Values">The distinct standardized values. Fields that may be swapped share one dictionary, so their codes compare.</param>
/// <param name="Codes">The value of each record; -1 = missing. Length: records.</param>
internal sealed record FieldColumn(string Name, ValueDictionary Values, LargeArray<int> Codes)
{
    /// <summary>The value of each record; -1 = missing. Length: records at least; a live index replaces it by a longer one when records come.</summary>
    public LargeArray<int> Codes { get; private set; } = Codes;

    /// <summary>Makes room for records.</summary>
    public void EnsureRecords(int count)
    {
        if (Codes.Length < count)
        {
            int before = Codes.Length;
            int[] codes = GC.AllocateUninitializedArray<int>(Math.Max(count, before + (before / 2) + 16));
            Codes.Span.CopyTo(codes);
            codes.AsSpan(before).Fill(-1);
            Codes = codes;
        }
    }

    /// <summary>Which codes stand for several values at once; null = none.</summary>
    public ValueSets? Sets { get; init; }

    /// <summary>Do values bear labels, so that only values of one label can be compared?</summary>
    public bool IsLabelled { get; init; }

    /// <summary>The values that a code stands for: mostly itself.</summary>
    public int[] MembersOf(int code) => Sets is null ? [code] : Sets.MembersOf(code);

    /// <summary>The label of a value; empty when it has none.</summary>
    public ReadOnlySpan<byte> LabelOf(int code)
    {
        ReadOnlySpan<byte> value = Values[code];
        return IsLabelled && value.IndexOf(ValueSets.LabelEnd) is var end and > 0 ? value[..end] : [];
    }

    /// <summary>How many records have each value. Length: values; a set of values counts for its members.</summary>
    public int[] CountValues()
    {
        var counts = new int[Values.Count];
        foreach (int code in Codes)
        {
            if (code < 0)
            {
                continue;
            }
            if (Sets is null || !Sets.IsSet(code))
            {
                counts[code]++;
                continue;
            }
            foreach (int member in Sets.MembersOf(code))
            {
                counts[member]++;
            }
        }
        return counts;
    }
}
