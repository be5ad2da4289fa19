using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Names;

/// <summary>A whole name: given names first, without titles, suffixes, and nicknames in brackets or quotes.</summary>
/// <remarks>Source order is kept, except that <c>last, first</c> becomes <c>first last</c>; without a comma no order is guessed.</remarks>
internal sealed class FullNameStandardizer(Placeholders placeholders) : TextStandardizerBase(placeholders)
{
    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        if (TryFindAside(folded, out int start, out int end))
        {
            folded[start..end].Fill(' ');
        }
        int length = Arrange(folded, destination);
        length = NameWords.DropTitles(destination, length);
        length = NameWords.DropSuffixes(destination, length);
        length = NameWords.NormalizeParticles(destination, length);
        bool suspect = Words.HasDigit(destination[..length]);
        return new StandardizedLength(length, suspect ? ValueQuality.Suspect : ValueQuality.Valid);
    }

    /// <summary>Writes the cleaned name, with what stands before the first comma moved to the end.</summary>
    internal static int Arrange(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int comma = folded.IndexOf(',');
        if (comma < 0)
        {
            return Words.Clean(folded, destination, NameWords.Dropped);
        }
        int length = 0;
        ReadOnlySpan<char> rest = folded[(comma + 1)..];
        while (true)
        {
            int next = rest.IndexOf(',');
            ReadOnlySpan<char> part = (next < 0 ? rest : rest[..next]).Trim();
            if (!IsSuffix(part))
            {
                length = Append(part, destination, length);
            }
            if (next < 0)
            {
                break;
            }
            rest = rest[(next + 1)..];
        }
        return Append(folded[..comma], destination, length);
    }

    /// <summary>Whether a part between commas is a suffix alone.</summary>
    internal static bool IsSuffix(ReadOnlySpan<char> part)
    {
        part = part is [.., '.'] && part.Count('.') == 1 ? part[..^1] : part;
        return NameWords.Suffixes.Contains(part) || NameWords.CommaSuffixes.Contains(part);
    }

    private static int Append(ReadOnlySpan<char> part, Span<char> destination, int length)
    {
        int start = length == 0 ? 0 : length + 1;
        int written = Words.Clean(part, destination[start..], NameWords.Dropped);
        if (written == 0)
        {
            return length;
        }
        if (start > 0)
        {
            destination[length] = ' ';
        }
        return start + written;
    }

    /// <summary>Finds a nickname set aside: "robert (bob) smith", "robert "bob" smith"; none when nothing else is there.</summary>
    internal static bool TryFindAside(ReadOnlySpan<char> folded, out int start, out int end)
    {
        end = 0;
        start = folded.IndexOfAny('(', '"');
        if (start < 0)
        {
            return false;
        }
        int length = folded[(start + 1)..].IndexOf(folded[start] == '(' ? ')' : '"');
        end = start + length + 2;
        return length >= 0 && (HasWord(folded[..start]) || HasWord(folded[end..]));
    }

    private static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (Words.IsWordCharacter(c))
            {
                return true;
            }
        }
        return false;
    }
}
