using System.Globalization;
using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

/// <summary>Every pair of the reference vectors over code points: the columns whose names end in cp.</summary>
public class TextUnitsVectorTests
{
    [Fact]
    public void Levenshtein_over_code_points_agrees_with_the_reference_vectors() => CheckInteger("levenshtein.tsv", "rf_lev_cp", Levenshtein.Distance);

    [Fact]
    public void Optimal_string_alignment_over_code_points_agrees_with_the_reference_vectors() =>
        CheckInteger("osa.tsv", "rf_osa_cp", OptimalStringAlignment.Distance);

    [Fact]
    public void Damerau_levenshtein_over_code_points_agrees_with_the_reference_vectors() =>
        CheckInteger("damerau_levenshtein.tsv", "rf_damerau_cp", DamerauLevenshtein.Distance);

    [Fact]
    public void Longest_common_subsequence_over_code_points_agrees_with_the_reference_vectors() =>
        CheckInteger("lcs.tsv", "rf_lcs_cp", LongestCommonSubsequence.Length, cutOff: 0);

    [Fact]
    public void Indel_similarity_over_code_points_agrees_with_the_reference_vectors() =>
        CheckSimilarity("indel_ratio.tsv", "rf_ratio_cp", Indel.NormalizedSimilarity, scale: 100);

    [Fact]
    public void Jaro_over_code_points_agrees_with_the_reference_vectors() => CheckSimilarity("jaro.tsv", "rf_jaro_cp", Jaro.Similarity);

    [Fact]
    public void Jaro_winkler_over_code_points_agrees_with_the_reference_vectors() => CheckSimilarity("jaro_winkler.tsv", "rf_jw_cp", JaroWinkler.Similarity);

    private static void CheckInteger(string name, string column, TextMeasure measure, int cutOff = int.MaxValue)
    {
        foreach (string[] row in VectorFile.Shared(name).Rows("a", "b", column))
        {
            Assert.Equal(int.Parse(row[2], CultureInfo.InvariantCulture), TextUnits.Compare(row[0], row[1], measure, cutOff, TextUnit.CodePoint));
        }
    }

    private static void CheckSimilarity(string name, string column, TextSimilarity measure, double scale = 1)
    {
        foreach (string[] row in VectorFile.Shared(name).Rows("a", "b", column))
        {
            double expected = VectorFile.Number(row[2]) / scale;
            Assert.Equal(expected, TextUnits.Compare(row[0], row[1], measure, 0, TextUnit.CodePoint), 1e-12);
        }
    }
}
