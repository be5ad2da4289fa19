using System.Buffers;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Contact;

/// <summary>E-mail addresses: lower case, without wrapper, tag, and the dots that the provider ignores.</summary>
internal sealed class EmailStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(" ,;\t\r\n");
    private static readonly SearchValues<char> Brackets = SearchValues.Create("<>()[],;\"");
    private static readonly SearchValues<char> NotInLocal = SearchValues.Create("@,;:<>()[]\\\"");
    private static readonly SearchValues<char> NotInDomain = SearchValues.Create("@,;:<>()[]\\\"_/!#$%&*=?'");
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-+@");

    private const string Wrapper = " \t\r\n<>\"'();,[].";

    /// <inheritdoc />
    protected override int Fold(ReadOnlySpan<char> raw, Span<char> destination) => TextFold.Lower(raw, destination);

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length;
        int at = FindPlainAt(folded);
        if (at > 0)
        {
            folded.CopyTo(destination);
            length = folded.Length;
        }
        else
        {
            ReadOnlySpan<char> address = Unwrap(folded);
            if (address.Count('@') > 1 || address.ContainsAny(Brackets))
            {
                return new StandardizedLength(Words.Collapse(folded, destination), ValueQuality.Suspect);
            }
            length = RemoveBlanks(address, destination);
            at = destination[..length].LastIndexOf('@');
        }
        Span<char> text = destination[..length];
        if (at < 0)
        {
            return new StandardizedLength(HasLetterOrDigit(text) ? length : 0, ValueQuality.Suspect);
        }
        length = NormalizeDomain(destination, at, length);
        if (Options.DropEmailTags)
        {
            int plus = destination[..at].IndexOf('+');
            if (plus > 0)
            {
                length = Words.Replace(destination, length, plus, at - plus, "");
                at = plus;
            }
        }
        if (Options.DropEmailDots && EmailDomains.IgnoresDots(destination[(at + 1)..length]))
        {
            length = DropDots(destination, ref at, length);
        }
        if (EmailDomains.IsPlaceholder(destination[..at], destination[(at + 1)..length]))
        {
            return StandardizedLength.Missing;
        }
        if (!HasLetterOrDigit(destination[..length]))
        {
            return StandardizedLength.Missing;
        }
        return new StandardizedLength(length, IsWellFormed(destination[..length], at) ? ValueQuality.Valid : ValueQuality.Suspect);
    }

    // Where the only @ stands in an address of nothing but letters, digits and . _ - +, with no dot at its ends: there is nothing to unwrap or to leave out. Else -1.
    private static int FindPlainAt(ReadOnlySpan<char> text)
    {
        int at = text.IndexOf('@');
        return at > 0 && text[0] != '.' && text[^1] != '.' && !text[(at + 1)..].Contains('@') && !text.ContainsAnyExcept(Plain) ? at : -1;
    }

    // Wrappers may be nested, so they are peeled off until nothing changes.
    private static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text)
    {
        while (true)
        {
            ReadOnlySpan<char> inner = UnwrapOnce(text);
            if (inner.Length == text.Length)
            {
                return inner;
            }
            text = inner;
        }
    }

    private static ReadOnlySpan<char> UnwrapOnce(ReadOnlySpan<char> text)
    {
        int open = text.IndexOf('<');
        if (open >= 0)
        {
            int close = text[(open + 1)..].IndexOf('>');
            ReadOnlySpan<char> inner = close < 0 ? text[(open + 1)..] : text.Slice(open + 1, close);
            text = inner.Contains('@') ? inner : text;
        }
        text = text.Trim(Wrapper);
        text = text.StartsWith("mailto:") ? text["mailto:".Length..] : text;
        int query = text.IndexOf('?');
        return FirstAddress(query > 0 && text[..query].Contains('@') ? text[..query] : text);
    }

    // "a@x.org; b@y.org" is two addresses; "john smith@x.org" is one with a slip.
    private static ReadOnlySpan<char> FirstAddress(ReadOnlySpan<char> text)
    {
        if (text.Count('@') < 2)
        {
            return text;
        }
        int end = text.IndexOfAny(Separators);
        return end > 0 && text[..end].Contains('@') ? text[..end] : text;
    }

    private static int RemoveBlanks(ReadOnlySpan<char> text, Span<char> destination)
    {
        if (!text.Contains('@'))
        {
            return Words.Collapse(text, destination);
        }
        int length = 0;
        foreach (char c in text)
        {
            if (c is > ' ' and not '\u007F')
            {
                destination[length++] = c;
            }
        }
        return length;
    }

    private static int NormalizeDomain(Span<char> text, int at, int length)
    {
        ReadOnlySpan<char> domain = text[(at + 1)..length];
        return EmailDomains.TryGetMainDomain(domain, out string main) ? Words.Replace(text, length, at + 1, domain.Length, main) : length;
    }

    private static int DropDots(Span<char> text, ref int at, int length)
    {
        int written = 0;
        for (int i = 0; i < length; i++)
        {
            if (text[i] != '.' || i > at)
            {
                text[written++] = text[i];
            }
        }
        at -= length - written;
        return written;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> local = text[..at];
        ReadOnlySpan<char> domain = text[(at + 1)..];
        int dot = domain.LastIndexOf('.');
        return local.Length is > 0 and <= 64
            && domain.Length is > 3 and <= 253
            && dot > 0 && domain.Length - dot > 2
            && !local.ContainsAny(NotInLocal)
            && !domain.ContainsAny(NotInDomain)
            && domain[0] is not ('.' or '-')
            && local[0] != '.' && local[^1] != '.'
            && !text.Contains("..", StringComparison.Ordinal);
    }

    private static bool HasLetterOrDigit(ReadOnlySpan<char> text)
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
