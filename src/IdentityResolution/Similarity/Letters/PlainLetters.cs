using System.Globalization;

namespace IdentityResolution.Similarity.Letters;

/// <summary>The characters that are a letter by themselves beside any other such character, and of which no other spelling is preferred.</summary>
/// <remarks>
/// A character is among them when two of it side by side are two letters: whatever joins to a neighbour (marks, joiners, Hangul jamo, prefixes)
/// joins to its like too. A joined pair of line break characters is no letter of ours. Worked out once, from what .NET says of letters.
/// </remarks>
internal static class PlainLetters
{
    private static readonly ulong[] Bits = Build();

    /// <summary>Whether a character is one of them.</summary>
    public static bool Contains(char character) => ((Bits[character >> 6] >> (character & 63)) & 1) != 0;

    private static ulong[] Build()
    {
        var bits = new ulong[(char.MaxValue + 1) / 64];
        Span<char> twice = stackalloc char[2];
        Span<int> form = stackalloc int[2 * CanonicalForm.MaxExpansion];
        for (int character = 0; character <= char.MaxValue; character++)
        {
            twice.Fill((char)character);
            bool isAlone = !char.IsSurrogate((char)character) && StringInfo.GetNextTextElementLength(twice) == 1;
            if (isAlone && CanonicalForm.TryCompose(form[..CanonicalForm.Decompose(twice[..1], form)], out char composed) && composed == character)
            {
                bits[character >> 6] |= 1UL << (character & 63);
            }
        }
        return bits;
    }
}
