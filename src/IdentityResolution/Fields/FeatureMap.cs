using System.Text;
using IdentityResolution.Features;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>A feature of a field: for each distinct value of the field, the code of what the transforms make of it.</summary>
/// <param name="Column">The field.</param>
/// <param name="CodeOfValue">Feature code per value code; -1 = the value has no such feature. Null = the field's own value.</param>
internal sealed record FeatureMap(FieldColumn Column, int[]? CodeOfValue)
{
    /// <summary>Can records have several values of the field, and so several codes?</summary>
    public bool HasSets => Column.Sets is { Any: true };

    /// <summary>Bits that every code fits in.</summary>
    public int CodeBits => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(CodeOfValue is null
        ? Math.Max(0, Column.Values.Count - 1)
        : CodeOfValue.Length == 0 ? 0 : Math.Max(0, CodeOfValue.Max())));

    /// <summary>The feature of a record as a code; -1 = missing, or the record has several values.</summary>
    public int CodeOf(int record)
    {
        int value = Column.Codes[record];
        return value < 0 || (Column.Sets is { } sets && sets.IsSet(value)) ? -1 : CodeOf(value, CodeOfValue);
    }

    /// <summary>Adds the codes of a record's values to a list, each once.</summary>
    public void AddCodes(int record, List<int> codes)
    {
        int value = Column.Codes[record];
        if (value < 0)
        {
            return;
        }
        foreach (int member in Column.MembersOf(value))
        {
            int code = CodeOf(member, CodeOfValue);
            if (code >= 0 && !codes.Contains(code))
            {
                codes.Add(code);
            }
        }
    }

    /// <summary>Have two records the feature, and one of its codes in common?</summary>
    public bool AreEqual(int left, int right)
    {
        if (!HasSets)
        {
            int code = CodeOf(left);
            return code >= 0 && code == CodeOf(right);
        }
        var leftCodes = new List<int>();
        var rightCodes = new List<int>();
        AddCodes(left, leftCodes);
        AddCodes(right, rightCodes);
        return leftCodes.Exists(rightCodes.Contains);
    }

    /// <summary>Have two records the feature, and no code of it in common?</summary>
    public bool AreDifferent(int left, int right)
    {
        if (!HasSets)
        {
            int leftCode = CodeOf(left);
            int rightCode = CodeOf(right);
            return (leftCode | rightCode) >= 0 && leftCode != rightCode;
        }
        var codes = new List<int>();
        AddCodes(left, codes);
        int ofLeft = codes.Count;
        AddCodes(right, codes);
        return ofLeft > 0 && codes.Count > ofLeft && !AreEqual(left, right);
    }

    /// <summary>Applies the transforms to each distinct value of a field.</summary>
    public static FeatureMap Create(FieldColumn column, IReadOnlyList<TransformStep> steps, NicknameTable nicknames) =>
        new(column, steps.Count == 0 ? null : CodesOf(column.Values, steps, nicknames));

    /// <summary>The code of what transforms make of each value; -1 = nothing.</summary>
    public static int[] CodesOf(ValueDictionary values, IEnumerable<TransformStep> steps, NicknameTable nicknames)
    {
        TransformStep[] all = [.. steps];
        var features = new ValueDictionary(values.Count / 2);
        var codes = new int[values.Count];
        char[] from = new char[256];
        char[] to = new char[256];
        byte[] utf8 = new byte[1024];
        for (int code = 0; code < codes.Length; code++)
        {
            ReadOnlySpan<byte> value = values[code];
            if (value.Length > from.Length)
            {
                Array.Resize(ref from, value.Length * 2);
                Array.Resize(ref to, value.Length * 2);
                Array.Resize(ref utf8, value.Length * 6);
            }
            int length = Encoding.UTF8.GetChars(value, from);
            foreach (TransformStep step in all)
            {
                length = Transforms.Apply(step, from.AsSpan(0, length), to, nicknames);
                (from, to) = (to, from);
                if (length == 0)
                {
                    break;
                }
            }
            codes[code] = length == 0 ? -1 : features.GetOrAdd(utf8.AsSpan(0, Encoding.UTF8.GetBytes(from.AsSpan(0, length), utf8)));
        }
        return codes;
    }

    private static int CodeOf(int value, int[]? codeOfValue) => codeOfValue is null ? value : codeOfValue[value];
}
