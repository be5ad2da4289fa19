namespace IdentityResolution.Similarity.Phonetic;

/// <summary>Rewriting rules that never make a text longer, applied in place.</summary>
internal static class Rewriting
{
    /// <summary>Replaces every occurrence, from left to right.</summary>
    /// <param name="text">The text; overwritten.</param>
    /// <param name="from">What is looked for. ^ before it: only at the beginning; $ after it: only at the end; + after it: one or more times.</param>
    /// <param name="to">What stands there afterwards; at most as long.</param>
    /// <returns>The length afterwards.</returns>
    public static int Replace(Span<char> text, ReadOnlySpan<char> from, ReadOnlySpan<char> to)
    {
        if (from[0] == '^')
        {
            return ReplaceAt(text, 0, from[1..], to);
        }
        if (from[^1] == '$')
        {
            return ReplaceAt(text, text.Length - (from.Length - 1), from[..^1], to);
        }
        bool isRepeated = from[^1] == '+';
        from = isRepeated ? from[..^1] : from;
        int next = text.IndexOf(from);
        if (next < 0)
        {
            return text.Length;
        }
        int length = next;
        while (next < text.Length)
        {
            if (!text[next..].StartsWith(from))
            {
                text[length++] = text[next++];
                continue;
            }
            next += from.Length;
            while (isRepeated && text[next..].StartsWith(from))
            {
                next += from.Length;
            }
            to.CopyTo(text[length..]);
            length += to.Length;
        }
        return length;
    }

    private static int ReplaceAt(Span<char> text, int index, ReadOnlySpan<char> from, ReadOnlySpan<char> to)
    {
        if (index < 0 || !text[index..].StartsWith(from))
        {
            return text.Length;
        }
        to.CopyTo(text[index..]);
        text[(index + from.Length)..].CopyTo(text[(index + to.Length)..]);
        return text.Length - from.Length + to.Length;
    }
}
