namespace IdentityResolution.Matching;

/// <summary>Does a value stand within another: a name in the local part of an e-mail address, a word in a text?</summary>
internal static class ValueWithin
{
    /// <summary>Fewest letters and digits that count as found: shorter ones stand in too many values.</summary>
    public const int LeastLength = 3;

    private const int MaxLength = 512;

    /// <summary>Do a value's letters and digits stand in another value, one after the other? Of an e-mail address in its local part.</summary>
    /// <param name="value">A standardized value, UTF-8.</param>
    /// <param name="place">Where it is sought; what is longer than 512 bytes holds nothing.</param>
    public static bool Stands(ReadOnlySpan<byte> value, ReadOnlySpan<byte> place)
    {
        int at = place.IndexOf((byte)'@');
        place = at < 0 ? place : place[..at];
        if (value.Length > MaxLength || place.Length > MaxLength)
        {
            return false;
        }
        Span<byte> sought = stackalloc byte[value.Length];
        Span<byte> text = stackalloc byte[place.Length];
        sought = sought[..Squeeze(value, sought)];
        return CountCharacters(sought) >= LeastLength && text[..Squeeze(place, text)].IndexOf(sought) >= 0;
    }

    private static int CountCharacters(ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        foreach (byte unit in utf8)
        {
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    private static int Squeeze(ReadOnlySpan<byte> value, Span<byte> into)
    {
        int length = 0;
        foreach (byte unit in value)
        {
            if (unit >= 0x80 || char.IsAsciiLetterOrDigit((char)unit))
            {
                into[length++] = unit;
            }
        }
        return length;
    }
}
