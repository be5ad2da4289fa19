using System.Buffers;

namespace IdentityResolution.Standardization.Text;

/// <summary>For <see cref="Words.Clean"/>: all punctuation parts words, or apostrophes alone vanish.</summary>
internal static class NothingDropped
{
    /// <summary>No character vanishes.</summary>
    public static readonly SearchValues<char> Instance = SearchValues.Create("");

    /// <summary>Apostrophes vanish.</summary>
    public static readonly SearchValues<char> ButApostrophes = SearchValues.Create("'`");
}
