namespace IdentityResolution.Internals;

/// <summary>Orders texts by code point, which is also the order of their UTF-8 bytes; UTF-16 units differ beyond U+FFFF.</summary>
internal static class CodePointOrder
{
    /// <summary>Negative when <paramref name="left"/> comes first, 0 when equal, positive otherwise; null comes first.</summary>
    public static int Compare(string? left, string? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }
        int at = left.AsSpan().CommonPrefixLength(right);
        return at == left.Length || at == right.Length ? left.Length - right.Length : Rank(left[at]) - Rank(right[at]);
    }

    // Surrogates stand for code points beyond U+FFFF: they go behind U+E000 to U+FFFF.
    private static int Rank(char unit) => unit < '\uD800' ? unit : unit < '\uE000' ? unit + 0x2000 : unit - 0x800;
}
