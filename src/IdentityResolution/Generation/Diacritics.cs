using System.Collections.Frozen;

namespace IdentityResolution.Generation;

/// <summary>Letters without their marks, as a form that takes plain letters only would store them.</summary>
internal static class Diacritics
{
    // Marked letters and, under each, the plain one. A table and not Unicode decomposition: the same with and without ICU.
    private const string Marked =
        "áàâäãåąăçćčďéèêëęěğíìîïıłľñńňóòôöõøőřśšşșťțúùûüůűýÿžźżÁÀÂÄÃÅÇĆČÉÈÊËÍÌÎ" +
        "ÏİŁÑÓÒÔÖÕØŚŠŞȘŤȚÚÙÛÜÝŽŹŻạảấầẩậắằặẹẻẽếềểễệịỉĩọỏốồổỗộớờợụủũứừửữựỳỵỷỹơưđĐ";
    private const string Unmarked =
        "aaaaaaaacccdeeeeeegiiiiillnnnooooooorssssttuuuuuuyyzzzAAAAAACCCEEEEIII" +
        "IILNOOOOOOSSSSTTUUUUYZZZaaaaaaaaaeeeeeeeeiiioooooooooouuuuuuuuyyyyoudD";

    private static readonly FrozenDictionary<char, char> Table = Marked.Zip(Unmarked).ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>The letter without its mark; the letter itself when it has none.</summary>
    public static char Strip(char letter) => letter < 128 ? letter : Table.GetValueOrDefault(letter, letter);

    /// <summary>The text without marks.</summary>
    public static string Strip(string text)
    {
        foreach (char letter in text)
        {
            if (letter >= 128)
            {
                return string.Create(text.Length, text, static (span, source) =>
                {
                    for (int i = 0; i < span.Length; i++)
                    {
                        span[i] = Strip(source[i]);
                    }
                });
            }
        }
        return text;
    }
}
