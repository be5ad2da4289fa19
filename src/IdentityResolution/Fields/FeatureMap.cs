using IdentityResolution.Features;
using IdentityResolution.Internals;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>A feature of a field: for each distinct value of the field, the code of what the transforms make of it.</summary>
/// <param name="Column">The field.</param>
/// <param name="Features">The feature per value code; null = the field's own value.</param>
internal sealed record FeatureMap(FieldColumn Column, FeatureCodes? Features)
{
    /// <summary>Feature code per value code; -1 = the value has no such feature. Null = the field's own value. Length: values at least.</summary>
    public LargeArray<int>? CodeOfValue => Features?.Codes;

    /// <summary>Can records have several values of the field, and so several codes?</summary>
    public bool HasSets => Column.Sets is { Any: true };

    /// <summary>Reads the codes of many records; only where no record has several values.</summary>
    public FeatureCodeReader Codes => new(this);

    /// <summary>Bits that every code fits in.</summary>
    public int CodeBits => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Max(0, (Features?.Count ?? Column.Values.Count) - 1));

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
    public static FeatureMap Create(FieldColumn column, IReadOnlyList<TransformStep> steps, NicknameTable nicknames, Workers? workers = null) =>
        new(column, steps.Count == 0 ? null : new FeatureCodes(column.Values, steps, nicknames, workers));

    private static int CodeOf(int value, LargeArray<int>? codeOfValue) => codeOfValue is null ? value : codeOfValue[value];
}
