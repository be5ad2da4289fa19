using System.Collections.Frozen;

namespace IdentityResolution.Standardization.Dates;

/// <summary>Month names and the small words around them, folded, in common languages.</summary>
internal static class DateWords
{
    // One line per month: English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish/Danish, Polish, Russian, Turkish.
    private static readonly string[] Months =
    [
        "jan january januar janner jaenner janvier janv enero ene gennaio gen janeiro januari stycznia styczen yanvarya yanvar ocak",
        "feb february februar feber fevrier fevr fev febrero febbraio fevereiro februari lutego luty fevralya fevral subat",
        "mar march marz maerz mrz mars marzo marco maart mrt marts marca marzec marta mart",
        "apr april avril avr abril abr aprile kwietnia kwiecien aprelya aprel nisan",
        "may mai mayo maggio mag maio mei maj maja maya mayis",
        "jun june juni juin junio giugno giu junho czerwca czerwiec iyunya iyun haziran",
        "jul july juli juillet juil julio luglio lug julho lipca lipiec iyulya iyul temmuz",
        "aug august aout agosto ago augustus augusti sierpnia sierpien avgusta avgust agustos",
        "sep sept september septembre septiembre settembre set setembro wrzesnia wrzesien sentyabrya sentyabr eylul",
        "oct october oktober okt octobre octubre ottobre ott outubro out pazdziernika pazdziernik oktyabrya oktyabr ekim",
        "nov november novembre noviembre novembro listopada listopad noyabrya noyabr kasim",
        "dec december dezember dez decembre diciembre dic dicembre dezembro grudnia grudzien dekabrya dekabr aralik",
    ];

    private const string Small =
        "st nd rd th de del of the den le er d am year month day born c ca circa mon monday tue tues tuesday wed wednesday thu thur thurs thursday " +
        "fri friday sat saturday sun sunday nyeon wol il \u5E74 \u6708 \u65E5 g r";

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Words = Load();

    /// <summary>Reads a word: 1 to 12 for a month, 0 for a word that says nothing.</summary>
    /// <returns>False when the word is unknown.</returns>
    public static bool TryRead(ReadOnlySpan<char> word, out int month) => Words.TryGetValue(word, out month);

    private static FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Load()
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int month = 1; month <= Months.Length; month++)
        {
            foreach (string word in Months[month - 1].Split(' '))
            {
                words.Add(word, month);
            }
        }
        foreach (string word in Small.Split(' '))
        {
            words.TryAdd(word, 0);
        }
        return words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
