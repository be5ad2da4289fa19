using System.Security.Cryptography;
using System.Text;

namespace IdentityResolution.PostgreSql;

/// <summary>How a text stands in a column: as it is, but for what PostgreSQL can't hold or can't index.</summary>
/// <remarks>
/// A text column holds no zero character: it is written <c>␀0</c>, and the sign <c>␀</c> (U+2400) itself <c>␀␀</c>. An index holds no entry
/// of some thousands of bytes: a key of more than <see cref="LongestKey"/> bytes is written <c>␀#</c> and its SHA-256, and stands as a whole
/// in the table <c>long_texts</c>. Texts of everyday life have neither.
/// </remarks>
internal static class StoredText
{
    /// <summary>The longest key that stands in its column, in bytes of UTF-8. Two of them fit into one index entry.</summary>
    public const int LongestKey = 1000;

    /// <summary>What begins a reference to a long text.</summary>
    public const string Reference = "␀#";

    private const char Escape = '\u2400';

    // Npgsql refuses broken surrogates as this does: they have no UTF-8.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> EscapeUtf8 => "␀"u8;

    /// <summary>The text without zero characters, as it stands in a column that is no key.</summary>
    public static string Escaped(string text) => text.AsSpan().IndexOfAny('\0', Escape) < 0
        ? text
        : text.Replace("\u2400", "\u2400\u2400", StringComparison.Ordinal).Replace("\0", "\u24000", StringComparison.Ordinal);

    /// <summary>The text as it stands in a key column; <paramref name="whole"/> is what belongs in <c>long_texts</c>, if anything does.</summary>
    public static string Key(string text, out string? whole)
    {
        string escaped = Escaped(text);
        // Three bytes a character at most.
        if (escaped.Length <= LongestKey / 3 || Utf8.GetByteCount(escaped) <= LongestKey)
        {
            whole = null;
            return escaped;
        }
        whole = escaped;
        return Reference + Convert.ToHexStringLower(SHA256.HashData(Utf8.GetBytes(escaped)));
    }

    /// <summary>The text as it stands in a key column, to search for it.</summary>
    public static string Key(string text) => Key(text, out _);

    /// <summary>The text that stands escaped.</summary>
    /// <exception cref="LookupFormatException">It was not written by this library.</exception>
    public static string Unescaped(string stored, string store) =>
        stored.Contains(Escape, StringComparison.Ordinal) ? Utf8.GetString(Unescaped(Utf8.GetBytes(stored), store)) : stored;

    /// <summary>The text that stands escaped, in UTF-8; the same span when nothing is.</summary>
    /// <exception cref="LookupFormatException">It was not written by this library.</exception>
    public static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> stored, string store)
    {
        int at = stored.IndexOf(EscapeUtf8);
        if (at < 0)
        {
            return stored;
        }
        var text = new List<byte>(stored.Length);
        while (at >= 0)
        {
            text.AddRange(stored[..at]);
            stored = stored[(at + EscapeUtf8.Length)..];
            if (stored.StartsWith("0"u8))
            {
                text.Add(0);
                stored = stored[1..];
            }
            else if (stored.StartsWith(EscapeUtf8))
            {
                text.AddRange(EscapeUtf8);
                stored = stored[EscapeUtf8.Length..];
            }
            else
            {
                throw new LookupFormatException(store, "a text holds the sign U+2400 in a way that this library does not write.");
            }
            at = stored.IndexOf(EscapeUtf8);
        }
        text.AddRange(stored);
        return text.ToArray();
    }
}
