using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>States, provinces, counties: folded words; names of states of the US, Canada and Australia become their postal codes.</summary>
internal sealed class RegionStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private static readonly WordMap Codes = new(
        "al: alabama; ak: alaska; az: arizona; ar: arkansas; ca: california, calif; co: colorado; ct: connecticut, conn; de: delaware; " +
        "dc: district of columbia, washington dc; fl: florida, fla; ga: georgia; hi: hawaii; id: idaho; il: illinois, ill; in: indiana; ia: iowa; " +
        "ks: kansas; ky: kentucky; la: louisiana; me: maine; md: maryland; ma: massachusetts, mass; mi: michigan, mich; mn: minnesota, minn; " +
        "ms: mississippi; mo: missouri; mt: montana; ne: nebraska; nv: nevada; nh: new hampshire; nj: new jersey; nm: new mexico; ny: new york; " +
        "nc: north carolina; nd: north dakota; oh: ohio; ok: oklahoma; or: oregon; pa: pennsylvania, penn; ri: rhode island; sc: south carolina; " +
        "sd: south dakota; tn: tennessee, tenn; tx: texas, tex; ut: utah; vt: vermont; va: virginia; wa: washington, western australia; " +
        "wv: west virginia; wi: wisconsin, wis; wy: wyoming; pr: puerto rico; gu: guam; vi: virgin islands; as: american samoa; " +
        "nsw: new south wales; vic: victoria; qld: queensland; sa: south australia; tas: tasmania; act: australian capital territory; nt: northern territory; " +
        "ab: alberta; bc: british columbia; mb: manitoba; nb: new brunswick; nl: newfoundland, newfoundland and labrador; ns: nova scotia; " +
        "on: ontario, ont; pe: prince edward island; qc: quebec, que; sk: saskatchewan; yt: yukon; nu: nunavut");

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = Words.Clean(folded, destination, NothingDropped.ButApostrophes);
        if (Codes.TryGet(destination[..length], out string code))
        {
            code.CopyTo(destination);
            length = code.Length;
        }
        else if (destination[..length] is [_, ' ', _] or [_, ' ', _, ' ', _])
        {
            // "n.s.w.", "d.c.": letters of a code.
            length = RemoveBlanks(destination[..length]);
        }
        return new StandardizedLength(length, ValueQuality.Valid);
    }

    private static int RemoveBlanks(Span<char> text)
    {
        int length = 0;
        foreach (char c in text)
        {
            if (c != ' ')
            {
                text[length++] = c;
            }
        }
        return length;
    }
}
