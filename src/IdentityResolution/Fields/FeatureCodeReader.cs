using System.Runtime.CompilerServices;

namespace IdentityResolution.Fields;

/// <summary>Reads the codes of many records where no record has several values.</summary>
/// <param name="map">The feature.</param>
internal readonly ref struct FeatureCodeReader(FeatureMap map)
{
    private readonly ReadOnlySpan<int> _values = map.Column.Codes.Span;

    // Empty = the field's own value, or there are no values at all.
    private readonly ReadOnlySpan<int> _codeOfValue = map.CodeOfValue is { } codes ? codes.Span : [];

    /// <summary>The feature of a record as a code; -1 = missing.</summary>
    public int this[int record]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int value = _values[record];
            return value < 0 || _codeOfValue.IsEmpty ? value : _codeOfValue[value];
        }
    }
}
