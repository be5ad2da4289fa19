using System.Buffers;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Names;

/// <summary>Names of organisations without legal form and article.</summary>
internal sealed class OrganizationStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private static readonly SearchValues<char> Dropped = SearchValues.Create("'`^*~!?|");

    private readonly LegalForms _forms = LegalForms.For(options);

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = Clean(folded, destination);
        if (Options.DropLegalForm)
        {
            int start = 0;
            _forms.Trim(destination, ref start, ref length);
            length -= start;
            destination.Slice(start, length).CopyTo(destination);
        }
        return new StandardizedLength(length, ValueQuality.Valid);
    }

    /// <summary>The cleaned words of a text.</summary>
    internal static string Clean(string text)
    {
        var folded = new char[TextFold.MaxLength(text)];
        int length = TextFold.Fold(text, folded);
        var words = new char[(length * 4) + 4];
        return new string(words, 0, Clean(folded.AsSpan(0, length), words));
    }

    /// <summary>Writes words: <c>&amp;</c> and <c>+</c> become "and", runs of single letters one word (s.a. = sa).</summary>
    internal static int Clean(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int length = 0;
        bool pending = false;
        foreach (char c in folded)
        {
            if (Words.IsWordCharacter(c))
            {
                if (pending && length > 0)
                {
                    destination[length++] = ' ';
                }
                pending = false;
                destination[length++] = c;
            }
            else if (c is '&' or '+')
            {
                ReadOnlySpan<char> and = length > 0 ? " and" : "and";
                and.CopyTo(destination[length..]);
                length += and.Length;
                pending = true;
            }
            else if (!Dropped.Contains(c))
            {
                pending = true;
            }
        }
        return JoinLetters(destination, length);
    }

    private static int JoinLetters(Span<char> text, int length)
    {
        int written = 0;
        bool afterLetter = false;
        int position = 0;
        while (position < length)
        {
            int blank = text[position..length].IndexOf(' ');
            int end = blank < 0 ? length : position + blank;
            bool letter = end - position == 1 && !char.IsAsciiDigit(text[position]) && !char.IsSurrogate(text[position]);
            if (written > 0 && !(letter && afterLetter))
            {
                text[written++] = ' ';
            }
            text[position..end].CopyTo(text[written..]);
            written += end - position;
            afterLetter = letter;
            position = end + 1;
        }
        return written;
    }
}
