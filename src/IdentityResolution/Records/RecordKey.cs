using IdentityResolution.Internals;

namespace IdentityResolution;

/// <summary>Names one record: the source it came from and its id there.</summary>
/// <param name="Source">The source's name, for example <c>crm</c>. Compared ordinally.</param>
/// <param name="Id">The record's id within its source. Compared ordinally.</param>
public readonly record struct RecordKey(string Source, string Id) : IComparable<RecordKey>
{
    /// <summary>Orders keys by source, then by id, both by code point: the order of their UTF-8 bytes, in which files and stores have them.</summary>
    /// <param name="other">The key to compare with.</param>
    /// <returns>Negative when this key comes first, 0 when equal, positive otherwise.</returns>
    public int CompareTo(RecordKey other)
    {
        int bySource = CodePointOrder.Compare(Source, other.Source);
        return bySource != 0 ? bySource : CodePointOrder.Compare(Id, other.Id);
    }

    /// <summary>Is <paramref name="left"/> before <paramref name="right"/>?</summary>
    public static bool operator <(RecordKey left, RecordKey right) => left.CompareTo(right) < 0;

    /// <summary>Is <paramref name="left"/> after <paramref name="right"/>?</summary>
    public static bool operator >(RecordKey left, RecordKey right) => left.CompareTo(right) > 0;

    /// <summary>Is <paramref name="left"/> before or equal to <paramref name="right"/>?</summary>
    public static bool operator <=(RecordKey left, RecordKey right) => left.CompareTo(right) <= 0;

    /// <summary>Is <paramref name="left"/> after or equal to <paramref name="right"/>?</summary>
    public static bool operator >=(RecordKey left, RecordKey right) => left.CompareTo(right) >= 0;

    /// <summary>The key as <c>source/id</c>.</summary>
    public override string ToString() => $"{Source}/{Id}";
}
