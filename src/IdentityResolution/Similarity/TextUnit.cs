namespace IdentityResolution.Similarity;

/// <summary>What counts as one unit of a text when a measure runs through <see cref="TextUnits"/>.</summary>
public enum TextUnit
{
    /// <summary>
    /// A letter as a reader sees it: an extended grapheme cluster (base character with all its marks, emoji sequence, Hangul syllable), a line
    /// break of two characters excepted, which stays two. Canonically equivalent spellings are the same letter.
    /// </summary>
    /// <remarks>Source: The Unicode Consortium, Unicode Standard Annex #29, "Unicode Text Segmentation"; Annex #15, "Unicode Normalization Forms".</remarks>
    Letter,

    /// <summary>A Unicode code point: a surrogate pair is one unit, a combining mark is a unit of its own; a lone surrogate is one too.</summary>
    CodePoint,
}
