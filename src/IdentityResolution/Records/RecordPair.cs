namespace IdentityResolution;

/// <summary>Two records, without order: <c>(a, b)</c> and <c>(b, a)</c> are equal.</summary>
public readonly record struct RecordPair
{
    /// <summary>Makes a pair.</summary>
    /// <param name="one">One record.</param>
    /// <param name="other">The other record.</param>
    public RecordPair(RecordKey one, RecordKey other) => (Left, Right) = one <= other ? (one, other) : (other, one);

    /// <summary>The record that comes first by key.</summary>
    public RecordKey Left { get; }

    /// <summary>The other record.</summary>
    public RecordKey Right { get; }
}
