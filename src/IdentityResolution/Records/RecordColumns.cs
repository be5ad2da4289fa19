using System.Text;
using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>What a live index asks of the raw columns of one record.</summary>
internal static class RecordColumns
{
    /// <summary>A value by its column's name, compared without case; null = missing.</summary>
    public static string? Find(IReadOnlyDictionary<string, string?> values, string column)
    {
        if (values.TryGetValue(column, out string? value))
        {
            return value;
        }
        foreach ((string name, string? other) in values)
        {
            if (string.Equals(name, column, StringComparison.OrdinalIgnoreCase))
            {
                return other;
            }
        }
        return null;
    }

    /// <summary>A hash of what a record says: the same whatever the order of columns, and whether a missing value is named or not.</summary>
    public static ulong Hash(IReadOnlyDictionary<string, string?> values)
    {
        ulong hash = 0;
        Span<byte> scratch = stackalloc byte[512];
        foreach ((string column, string? value) in values)
        {
            if (!string.IsNullOrEmpty(value))
            {
                hash += StableHash.Combine(HashText(column, scratch), HashText(value, scratch));
            }
        }
        return hash;
    }

    /// <summary>Finds what a store or the engine could not hold, before anything is changed.</summary>
    /// <exception cref="InvalidRecordException">The record has no source, no id, a value that is too long, or text that is no Unicode.</exception>
    public static void Check(SourceRecord record)
    {
        Check(record.Key);
        foreach ((string column, string? value) in record.Values)
        {
            if (value is { Length: > 0 } && !IsText(value))
            {
                throw new InvalidRecordException("live", 0, $"a record's column '{column}' has half a character (a surrogate without its other half).");
            }
            if (value is { Length: > TextLimits.DefaultMaxFieldBytes / 3 } && Encoding.UTF8.GetByteCount(value) > TextLimits.DefaultMaxFieldBytes)
            {
                throw new InvalidRecordException("live", 0, $"a record's column '{column}' is longer than {TextLimits.DefaultMaxFieldBytes} bytes.");
            }
        }
    }

    /// <summary>Finds what can be no key.</summary>
    /// <exception cref="InvalidRecordException">The source or the id is empty, or its text is no Unicode.</exception>
    public static void Check(RecordKey key)
    {
        if (string.IsNullOrEmpty(key.Source) || string.IsNullOrEmpty(key.Id))
        {
            throw new InvalidRecordException("live", 0, "a record lacks its source or its id.");
        }
        if (!IsText(key.Source) || !IsText(key.Id))
        {
            throw new InvalidRecordException("live", 0, "a record's source or id has half a character (a surrogate without its other half).");
        }
    }

    private static bool IsText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }
            i++;
        }
        return true;
    }

    private static ulong HashText(string text, Span<byte> scratch)
    {
        if (text.Length * 3 <= scratch.Length)
        {
            return StableHash.Of(scratch[..Encoding.UTF8.GetBytes(text, scratch)]);
        }
        return StableHash.Of(Encoding.UTF8.GetBytes(text));
    }
}
