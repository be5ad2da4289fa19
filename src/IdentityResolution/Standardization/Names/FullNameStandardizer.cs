using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Names;

/// <summary>A whole name: given names first, without titles, suffixes, and nicknames in brackets or quotes.</summary>
/// <remarks>Source order is kept, except that <c>last, first</c> becomes <c>first last</c>; without a comma no order is guessed.</remarks>
internal sealed class FullNameStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private readonly NameAffixes _affixes = NameAffixes.For(options);

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        if (TryFindAside(folded, out int start, out int end))
        {
            folded[start..end].Fill(' ');
        }
        int length = Arrange(folded, destination);
        if (Options.DropTitles)
        {
            length = _affixes.DropTitles(destination, length);
            length = _affixes.DropSuffixes(destination, length);
        }
        length = NameWords.NormalizeParticles(destination, length);
        bool suspect = Words.HasDigit(destination[..length]);
        return new StandardizedLength(length, suspect ? ValueQuality.Suspect : ValueQuality.Valid);
    }

    // Writes the cleaned name, with what stands before the first comma moved behind the given names.
    private int Arrange(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int comma = folded.IndexOf(',');
        if (comma < 0)
        {
            return Words.Clean(folded, destination, NameWords.Dropped);
        }
        int length = AppendParts(folded[(comma + 1)..], destination, 0, suffixes: false);
        length = Append(folded[..comma], destination, length);
        return Options.DropTitles ? length : AppendParts(folded[(comma + 1)..], destination, length, suffixes: true);
    }

    // Of the parts between commas those that are suffixes, or those that are none.
    private int AppendParts(ReadOnlySpan<char> rest, Span<char> destination, int length, bool suffixes)
    {
        while (true)
        {
            int next = rest.IndexOf(',');
            ReadOnlySpan<char> part = (next < 0 ? rest : rest[..next]).Trim();
            if (_affixes.IsSuffixPart(part) == suffixes)
            {
                length = Append(part, destination, length);
            }
            if (next < 0)
            {
                return length;
            }
            rest = rest[(next + 1)..];
        }
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
