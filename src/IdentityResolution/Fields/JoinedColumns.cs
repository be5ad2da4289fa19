using System.Runtime.InteropServices;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>Several columns of one input that make one value: each distinct combination is joined with blanks and standardized once.</summary>
/// <param name="segment">The records of the input.</param>
/// <param name="field">The field.</param>
/// <param name="input">The columns.</param>
/// <param name="codes">The codes of all records.</param>
internal sealed class JoinedColumns(RecordSegment segment, Field field, FieldInput input, LargeArray<int> codes) : IEncodingStep
{
    /// <summary>Nothing: what there is to join is found while the records are gone through.</summary>
    public void Standardize(StandardValueWriters writers)
    {
    }

    /// <inheritdoc/>
    public void Encode(ValueDictionary values)
    {
        Span<int> target = codes.AsSpan(segment.Start, segment.Count);
        var writer = new StandardValueWriter(field.Kind, field.StandardizationOf(segment.Source));
        var joined = new ValueDictionary(1024);
        var codeOfJoined = new List<int>();
        var buffer = new List<byte>(64);
        for (int record = 0; record < target.Length; record++)
        {
            if (!input.Join(record, buffer))
            {
                target[record] = -1;
                continue;
            }
            int code = joined.GetOrAdd(CollectionsMarshal.AsSpan(buffer));
            if (code == codeOfJoined.Count)
            {
                codeOfJoined.Add(writer.Write(joined[code], input.Part, values));
            }
            target[record] = codeOfJoined[code];
        }
    }
}
