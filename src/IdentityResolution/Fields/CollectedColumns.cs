using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>Columns of one input of which a record may have several values: labelled ones, separated ones, or several columns of equal rank.</summary>
/// <param name="segment">The records of the input.</param>
/// <param name="field">The field.</param>
/// <param name="inputs">The columns.</param>
/// <param name="codes">The codes of all records.</param>
/// <param name="sets">Receives the values that records have together.</param>
internal sealed class CollectedColumns(RecordSegment segment, Field field, FieldInput[] inputs, LargeArray<int> codes, ValueSets sets) : IEncodingStep
{
    /// <summary>Nothing: which values there are is found while the records are gone through.</summary>
    public void Standardize(StandardValueWriters writers)
    {
    }

    /// <inheritdoc/>
    public void Encode(ValueDictionary values)
    {
        Span<int> target = codes.AsSpan(segment.Start, segment.Count);
        target.Fill(-1);
        var writer = new StandardValueWriter(field.Kind, field.StandardizationOf(segment.Source));
        var collector = new ValueCollector(field, writer, values, sets);
        foreach (FieldInput input in inputs)
        {
            collector.Add(input, target.Length);
        }
        collector.CopyTo(target);
    }
}
