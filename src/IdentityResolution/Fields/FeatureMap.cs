using IdentityResolution.Features;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>A feature of a field: for each distinct value of the field, the code of what the transforms make of it.</summary>
/// <param name="Column">The field.</param>
/// <param name="Features">The feature per value code; null = the field's own value.</param>
internal sealed record FeatureMap(FieldColumn Column, FeatureCodes? Features)
{
    /// <summary>Feature code per value code; -1 = the value has no such feature. Null = the field's own value. Length: values at least.</summary>
    public int[]? CodeOfValue => Features?.Codes;

    /// <summary>The feature of a record as a code; -1 = missing.</summary>
    public int CodeOf(int record)
    {
        int value = Column.Codes[record];
        return value < 0 || Features is null ? value : Features.Codes[value];
    }

    /// <summary>Applies the transforms to each distinct value of a field.</summary>
    public static FeatureMap Create(FieldColumn column, IReadOnlyList<TransformStep> steps, NicknameTable nicknames) =>
        new(column, steps.Count == 0 ? null : new FeatureCodes(column.Values, steps, nicknames));
}
