using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>Writes the standard form of a street address.</summary>
internal static class StreetWriter
{
    /// <summary>Writes the form. Returns its length.</summary>
    public static int Write(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int length = Words.Clean(folded, destination, NothingDropped.ButApostrophes);
        int start = 0;
        while (start < length)
        {
            int blank = destination[start..length].IndexOf(' ');
            int count = blank < 0 ? length - start : blank;
            ReadOnlySpan<char> word = destination.Slice(start, count);
            string? target = null;
            if (word is "st")
            {
                target = blank < 0 ? "street" : "saint";
            }
            else if (StreetWords.Types.TryGet(word, out string type) || StreetWords.Directions.TryGet(word, out type))
            {
                target = type;
            }
            else if (StreetWords.Units.Contains(word))
            {
                target = "unit";
            }
            if (target is not null)
            {
                length = Words.Replace(destination, length, start, count, target);
                count = target.Length;
            }
            start += count + 1;
        }
        return length;
    }
}
