using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Names;

/// <summary>Given, middle and family names: words without titles and suffixes.</summary>
/// <remarks>
/// Apostrophes go (o'brien, obrien), hyphens and dots part words (anne-marie, j.r.). A title or suffix that is all there is stays.
/// Digits are kept, because they are mostly slips of the keyboard, and make the value suspect.
/// </remarks>
internal sealed class NameStandardizer(FieldKind kind, Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private readonly NameAffixes? _affixes = options.DropTitles ? NameAffixes.For(options) : null;

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        if (Words.AreLetters(folded))
        {
            folded.CopyTo(destination);
            return new StandardizedLength(folded.Length, ValueQuality.Valid);
        }
        int length = Words.Clean(folded, destination, NameWords.Dropped);
        if (destination[..length].Contains(' '))
        {
            if (_affixes is not null)
            {
                length = _affixes.DropTitles(destination, length);
                length = _affixes.DropSuffixes(destination, length);
            }
            length = NameWords.NormalizeParticles(destination, length);
            if (kind == FieldKind.Surname && length > 3 && destination[..length].StartsWith("o "))
            {
                length = Words.Replace(destination, length, 1, 1, "");
            }
        }
        bool suspect = Words.HasDigit(destination[..length]);
        return new StandardizedLength(length, suspect ? ValueQuality.Suspect : ValueQuality.Valid);
    }
}
