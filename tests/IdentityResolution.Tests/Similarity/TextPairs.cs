using FsCheck;
using FsCheck.Fluent;

namespace IdentityResolution.Tests.Similarity;

/// <summary>A pair of texts; the second is unrelated or an edited copy of the first.</summary>
public readonly record struct TextPair(string Left, string Right)
{
    public bool IsLatin1 => Left.Concat(Right).All(c => c <= 0xFF);
}

/// <summary>Pairs of random texts over small, Latin-1 and full alphabets, with lengths about the borders of words and registers.</summary>
internal static class TextPairs
{
    private static readonly Gen<char> Letters = Gen.OneOf(
        Gen.Elements('a', 'b'),
        Gen.Elements('a', 'b', 'c', 'd'),
        Gen.Choose('a', 'z').Select(c => (char)c));

    /// <summary>Up to <paramref name="maxLength"/> units.</summary>
    public static Arbitrary<TextPair> UpTo(int maxLength) => (
        from alphabet in Gen.Choose(0, 4)
        let unit = Unit(alphabet)
        from length in Length(maxLength)
        from left in unit.ArrayOf(length)
        from isRelated in Gen.Elements(true, false)
        from right in isRelated ? Edited(left, unit, maxLength) : Length(maxLength).SelectMany(n => unit.ArrayOf(n))
        select new TextPair(new string(left), new string(right))).ToArbitrary();

    /// <summary>Ordinary short words.</summary>
    public static Arbitrary<TextPair> Names => UpTo(20);

    private static Gen<char> Unit(int alphabet) => alphabet switch
    {
        0 => Gen.Elements('a', 'b'),
        1 => Gen.Elements('a', 'b', 'c', 'd'),
        2 => Gen.Choose('a', 'z').Select(c => (char)c),
        3 => Gen.Choose(0, 0xFF).Select(c => (char)c),
        _ => Gen.OneOf(Gen.Choose(0, 0xFFFF).Select(c => (char)c), Letters, Gen.Choose(0x2FF, 0x301).Select(c => (char)c)),
    };

    private static Gen<int> Length(int maxLength) => Gen.OneOf(
        Gen.Choose(0, Math.Min(12, maxLength)),
        Gen.Choose(0, maxLength),
        Gen.Elements(15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 192, 255, 256, 257).Select(n => Math.Min(n, maxLength)));

    private static Gen<char[]> Edited(char[] text, Gen<char> unit, int maxLength) =>
        from edits in Gen.Choose(0, 6)
        from places in Gen.Choose(0, 10_000).ArrayOf(edits)
        from kinds in Gen.Choose(0, 3).ArrayOf(edits)
        from units in unit.ArrayOf(edits)
        select Edit(text, places, kinds, units, maxLength);

    private static char[] Edit(char[] text, int[] places, int[] kinds, char[] units, int maxLength)
    {
        List<char> edited = [.. text];
        for (int i = 0; i < places.Length; i++)
        {
            int place = places[i] % (edited.Count + 1);
            bool isInside = place < edited.Count;
            switch (kinds[i])
            {
                case 0 when edited.Count < maxLength:
                    edited.Insert(place, units[i]);
                    break;
                case 1 when isInside:
                    edited.RemoveAt(place);
                    break;
                case 2 when isInside:
                    edited[place] = units[i];
                    break;
                case 3 when place + 1 < edited.Count:
                    (edited[place], edited[place + 1]) = (edited[place + 1], edited[place]);
                    break;
                default:
                    break;
            }
        }
        return [.. edited];
    }
}
