using System.Globalization;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

/// <summary>The small tables of the repository: always there, so always tested. The plain twins are held to them too.</summary>
public class CommittedVectorTests
{
    private delegate string Encoder(ReadOnlySpan<char> word);

    [Fact]
    public void Pairs_have_their_distances_and_similarities()
    {
        foreach (string[] row in VectorFile.Committed("pairs.tsv").Rows(
            "left", "right", "levenshtein", "alignment", "damerau", "subsequence", "substring", "jaro", "jaro_winkler"))
        {
            (string left, string right) = (row[0], row[1]);
            int[] numbers = [.. row[2..7].Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            Assert.Equal(
                numbers,
                (int[])[
                    Levenshtein.Distance(left, right), OptimalStringAlignment.Distance(left, right), DamerauLevenshtein.Distance(left, right),
                    LongestCommonSubsequence.Length(left, right), LongestCommonSubstring.Length(left, right),
                ]);
            Assert.Equal(
                numbers,
                (int[])[
                    PlainEditDistances.Levenshtein(left, right), PlainEditDistances.OptimalStringAlignment(left, right),
                    PlainEditDistances.DamerauLevenshtein(left, right), PlainEditDistances.Subsequence(left, right),
                    PlainEditDistances.Substring(left, right),
                ]);
            Assert.Equal(VectorFile.Number(row[7]), Jaro.Similarity(left, right), 1e-15);
            Assert.Equal(VectorFile.Number(row[8]), JaroWinkler.Similarity(left, right), 1e-15);
            Assert.Equal(VectorFile.Number(row[7]), PlainJaro.Similarity(left, right), 1e-15);
            Assert.Equal(VectorFile.Number(row[8]), PlainJaro.WinklerSimilarity(left, right), 1e-15);
        }
    }

    [Fact]
    public void Words_have_their_published_codes()
    {
        var encoders = new Dictionary<string, Encoder>(StringComparer.Ordinal)
        {
            ["soundex"] = Soundex.Encode,
            ["refined_soundex"] = RefinedSoundex.Encode,
            ["metaphone"] = Metaphone.Encode,
            ["double_metaphone"] = DoubleMetaphone.Encode,
            ["double_metaphone_alternate"] = DoubleMetaphone.EncodeAlternate,
            ["nysiis"] = Nysiis.Encode,
            ["match_rating"] = MatchRating.Encode,
            ["caverphone2"] = Caverphone2.Encode,
            ["cologne"] = Cologne.Encode,
            ["daitch_mokotoff"] = word => string.Join('|', DaitchMokotoff.EncodeAll(word)),
        };
        string[] differences = [.. VectorFile.Committed("phonetic.tsv").Rows("encoder", "word", "code")
            .Where(row => encoders[row[0]](row[1]) != row[2])
            .Select(row => $"{row[0]} of {row[1]}: {encoders[row[0]](row[1])}, expected {row[2]}")];
        Assert.True(differences.Length == 0, string.Join('\n', differences));
    }
}
