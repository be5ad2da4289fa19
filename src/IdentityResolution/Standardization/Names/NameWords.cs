using System.Buffers;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Names;

/// <summary>The cleaning of personal names.</summary>
internal static class NameWords
{
    /// <summary>Characters that vanish inside a name instead of parting it: apostrophes (o'brien) and slips of the keyboard.</summary>
    public static readonly SearchValues<char> Dropped = SearchValues.Create("'`\"^*~:;!?|<>[]{}\\=#$%@");

    /// <summary>Joins <c>mc donald</c> and spells <c>st john</c> as <c>saint john</c>. Returns the new length.</summary>
    public static int NormalizeParticles(Span<char> text, int length)
    {
        int start = 0;
        while (start < length)
        {
            int blank = text[start..length].IndexOf(' ');
            if (blank < 0)
            {
                return length;
            }
            ReadOnlySpan<char> word = text.Slice(start, blank);
            if (word is "mc")
            {
                length = Words.Replace(text, length, start + blank, 1, "");
                continue;
            }
            if (word is "st")
            {
                length = Words.Replace(text, length, start, blank, "saint");
                blank = 5;
            }
            else if (word is "vd")
            {
                length = Words.Replace(text, length, start, blank, "van der");
                blank = 7;
            }
            start += blank + 1;
        }
        return length;
    }
}
