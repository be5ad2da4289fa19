using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>Towns: folded words, <c>st</c>, <c>mt</c>, <c>ft</c> and the like spelled out where another word follows.</summary>
internal sealed class CityStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private static readonly WordMap Leading = new(
        "saint: st; sainte: ste; mount: mt; fort: ft; port: pt; north: n, nth, no; south: s, sth, so; east: e; west: w; point: pnt; lake: lk; san; santa: sta; santo: sto");

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = Words.Clean(folded, destination, NothingDropped.ButApostrophes);
        while (destination[..length].StartsWith("city of ") && length > 8)
        {
            length = Words.RemoveStart(destination, length, 8);
        }
        int start = 0;
        int blank;
        while ((blank = destination[start..length].IndexOf(' ')) >= 0)
        {
            if (Leading.TryGet(destination.Slice(start, blank), out string word))
            {
                length = Words.Replace(destination, length, start, blank, word);
                blank = word.Length;
            }
            start += blank + 1;
        }
        return new StandardizedLength(length, ValueQuality.Valid);
    }
}
