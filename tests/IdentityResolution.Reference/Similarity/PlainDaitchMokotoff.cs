namespace IdentityResolution.Reference.Similarity;

/// <summary>Daitch-Mokotoff Soundex: the published chart, every alternative followed with strings. Words of A to Z in capitals.</summary>
public static class PlainDaitchMokotoff
{
    // Letters: at the start, before a vowel, elsewhere. A stroke parts alternatives, a dash is not coded.
    private const string Chart = """
        A:0,-,- AI:0,1,- AJ:0,1,- AU:0,7,- AY:0,1,- B:7,7,7 C:4/5,4/5,4/5 CH:4/5,4/5,4/5 CHS:5,54,54 CK:5/45,5/45,5/45 CS:4,4,4 CSZ:4,4,4 CZ:4,4,4
        CZS:4,4,4 D:3,3,3 DRS:4,4,4 DRZ:4,4,4 DS:4,4,4 DSH:4,4,4 DSZ:4,4,4 DT:3,3,3 DZ:4,4,4 DZH:4,4,4 DZS:4,4,4 E:0,-,- EI:0,1,- EJ:0,1,- EU:1,1,-
        EY:0,1,- F:7,7,7 FB:7,7,7 G:5,5,5 H:5,5,- I:0,-,- IA:1,-,- IE:1,-,- IO:1,-,- IU:1,-,- J:1/4,-/4,-/4 K:5,5,5 KH:5,5,5 KS:5,54,54 L:8,8,8 M:6,6,6
        MN:66,66,66 N:6,6,6 NM:66,66,66 O:0,-,- OI:0,1,- OJ:0,1,- OY:0,1,- P:7,7,7 PF:7,7,7 PH:7,7,7 Q:5,5,5 R:9,9,9 RS:4/94,4/94,4/94 RZ:4/94,4/94,4/94
        S:4,4,4 SC:2,4,4 SCH:4,4,4 SCHD:2,43,43 SCHT:2,43,43 SCHTCH:2,4,4 SCHTSCH:2,4,4 SCHTSH:2,4,4 SD:2,43,43 SH:4,4,4 SHCH:2,4,4 SHD:2,43,43 SHT:2,43,43
        SHTCH:2,4,4 SHTSH:2,4,4 ST:2,43,43 STCH:2,4,4 STRS:2,4,4 STRZ:2,4,4 STSCH:2,4,4 STSH:2,4,4 SZ:4,4,4 SZCS:2,4,4 SZCZ:2,4,4 SZD:2,43,43 SZT:2,43,43
        T:3,3,3 TC:4,4,4 TCH:4,4,4 TH:3,3,3 TRS:4,4,4 TRZ:4,4,4 TS:4,4,4 TSCH:4,4,4 TSH:4,4,4 TSZ:4,4,4 TTCH:4,4,4 TTS:4,4,4 TTSCH:4,4,4 TTSZ:4,4,4 TTZ:4,4,4
        TZ:4,4,4 TZS:4,4,4 U:0,-,- UE:0,1,- UI:0,1,- UJ:0,1,- UY:0,1,- V:7,7,7 W:7,7,7 X:5,54,54 Y:1,-,- Z:4,4,4 ZD:2,43,43 ZDZ:2,4,4 ZDZH:2,4,4 ZH:4,4,4
        ZHD:2,43,43 ZHDZH:2,4,4 ZS:4,4,4 ZSCH:4,4,4 ZSH:4,4,4
        """;

    private static readonly Dictionary<string, string[][]> Rules = Chart.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToDictionary(
        row => row.Split(':')[0],
        row => row.Split(':')[1].Split(',').Select(place => place.Split('/')).ToArray(),
        StringComparer.Ordinal);

    /// <summary>All codes, in the order of the alphabet.</summary>
    public static string[] EncodeAll(string word) =>
        [.. Follow(word, 0, "", "", ' ').Select(code => (code + "000000")[..6]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Follow(string word, int at, string code, string last, char before)
    {
        if (at == word.Length)
        {
            return [code];
        }
        string letters = Enumerable.Range(1, Math.Min(7, word.Length - at)).Select(n => word.Substring(at, n)).Last(Rules.ContainsKey);
        int next = at + letters.Length;
        string[] sounds = Rules[letters][at == 0 ? 0 : next < word.Length && "AEIOU".Contains(word[next], StringComparison.Ordinal) ? 1 : 2];
        return sounds.SelectMany(sound =>
        {
            string digits = sound == "-" ? "" : sound;
            // Neighbours with the same number are coded once, but M beside N is coded twice.
            bool isRepeated = at > 0 && last.EndsWith(digits, StringComparison.Ordinal) && $"{before}{letters[0]}" is not ("MN" or "NM");
            return Follow(word, next, isRepeated ? code : code + digits, digits, letters[0]);
        });
    }
}
