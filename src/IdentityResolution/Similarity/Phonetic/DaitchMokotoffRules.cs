using System.Collections.Frozen;

namespace IdentityResolution.Similarity.Phonetic;

/// <summary>One rule: what a group of letters becomes at the beginning, before a vowel, and elsewhere. A bar parts alternatives.</summary>
internal readonly record struct DaitchMokotoffRule(string Letters, string AtStart, string BeforeVowel, string Elsewhere);

/// <summary>The table of the Daitch-Mokotoff system.</summary>
internal static class DaitchMokotoffRules
{
    /// <summary>T with a cedilla or comma: may sound like TS.</summary>
    public const char CedillaT = '\u0162';

    /// <summary>E and A with an ogonek: may sound like EN, AN.</summary>
    public const char OgonekVowel = '\u0104';

    private static readonly (string Groups, string AtStart, string BeforeVowel, string Elsewhere)[] Table =
    [
        ("A E I O U", "0", "", ""),
        ("B F P V W FB PF PH", "7", "7", "7"),
        ("D T DT TH", "3", "3", "3"),
        ("G K Q KH", "5", "5", "5"),
        ("H", "5", "5", ""),
        ("L", "8", "8", "8"),
        ("M N", "6", "6", "6"),
        ("MN NM", "66", "66", "66"),
        ("R", "9", "9", "9"),
        ("Y", "1", "", ""),
        ("X KS CHS", "5", "54", "54"),
        ("S Z CS CZ DS DZ SH SZ TC TS TZ ZH ZS CSZ CZS DRS DRZ DSH DSZ DZH DZS SCH TCH TRS TRZ TSH TTS TTZ TZS TSZ ZSH TSCH TTCH TTSZ ZSCH TTSCH", "4", "4", "4"),
        ("SC ZDZ SHCH STCH STRZ STRS STSH SZCZ SZCS ZDZH SHTCH SHTSH STSCH ZHDZH SCHTCH SCHTSH SCHTSCH", "2", "4", "4"),
        ("SD ST ZD SHD SHT SZD SZT ZHD SCHD SCHT", "2", "43", "43"),
        ("AI AJ AY EI EJ EY OI OJ OY UI UJ UY UE", "0", "1", ""),
        ("AU", "0", "7", ""),
        ("EU", "1", "1", ""),
        ("IA IE IO IU", "1", "", ""),
        ("C CH", "4|5", "4|5", "4|5"),
        ("CK", "5|45", "5|45", "5|45"),
        ("RS RZ", "4|94", "4|94", "4|94"),
        ("J", "1|4", "|4", "|4"),
        ("\u0162", "3|4", "3|4", "3|4"),
        ("\u0104", "", "", "|6"),
    ];

    private static readonly FrozenDictionary<char, DaitchMokotoffRule[]> ByFirstLetter = Table
        .SelectMany(row => row.Groups.Split(' ').Select(group => new DaitchMokotoffRule(group, row.AtStart, row.BeforeVowel, row.Elsewhere)))
        .GroupBy(rule => rule.Letters[0])
        .ToFrozenDictionary(rules => rules.Key, rules => rules.OrderByDescending(rule => rule.Letters.Length).ToArray());

    /// <summary>The rules of groups that begin with a letter, the longest groups first; none for anything else.</summary>
    public static ReadOnlySpan<DaitchMokotoffRule> For(char letter) =>
        ByFirstLetter.TryGetValue(letter, out DaitchMokotoffRule[]? rules) ? rules : [];
}
