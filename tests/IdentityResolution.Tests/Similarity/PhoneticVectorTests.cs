using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

/// <summary>The reference vectors of the phonetic codes. Words of A to Z must agree without exception.</summary>
public class PhoneticVectorTests
{
    private delegate string Encoder(ReadOnlySpan<char> word);

    [Fact]
    public void Soundex_agrees_with_the_reference_vectors() => Check("soundex.tsv", "expected", Soundex.Encode);

    [Fact]
    public void Nysiis_agrees_with_the_reference_vectors() => Check("nysiis.tsv", "expected", Nysiis.Encode);

    [Fact]
    public void Nysiis_without_a_cut_agrees_with_the_reference_vectors() => Check("nysiis.tsv", "nysiis_full", word =>
    {
        Span<char> code = stackalloc char[600];
        return new string(code[..Nysiis.Encode(word, code, code.Length)]);
    });

    [Fact]
    public void Double_metaphone_agrees_with_the_reference_vectors()
    {
        Check("double_metaphone.tsv", "dm4_primary", DoubleMetaphone.Encode);
        Check("double_metaphone.tsv", "dm4_alternate", DoubleMetaphone.EncodeAlternate);
    }

    [Fact]
    public void Long_codes_of_double_metaphone_agree_with_the_reference_vectors()
    {
        Check("double_metaphone.tsv", "dm64_primary", word =>
        {
            Span<char> code = stackalloc char[64];
            return new string(code[..DoubleMetaphone.Encode(word, code, 64)]);
        });
        Check("double_metaphone.tsv", "dm64_alternate", word =>
        {
            Span<char> code = stackalloc char[64];
            return new string(code[..DoubleMetaphone.EncodeAlternate(word, code, 64)]);
        });
    }

    [Fact]
    public void Refined_soundex_agrees_with_the_reference_vectors() => Check("refined_soundex.tsv", "expected", RefinedSoundex.Encode);

    [Fact]
    public void Metaphone_agrees_with_the_reference_vectors()
    {
        Check("metaphone.tsv", "metaphone4", Metaphone.Encode, "-", "'", "1"); // we encode letters only
        Check("metaphone.tsv", "metaphone64", word =>
        {
            Span<char> code = stackalloc char[64];
            return new string(code[..Metaphone.Encode(word, code, 64)]);
        }, "-", "'", "1");
    }

    [Fact]
    public void Match_rating_agrees_with_the_reference_vectors() => Check("match_rating.tsv", "expected", MatchRating.Encode, "123", "a1b2"); // we drop digits

    [Fact]
    public void Caverphone_agrees_with_the_reference_vectors() => Check("caverphone.tsv", "expected", Caverphone2.Encode);

    [Fact]
    public void Cologne_agrees_with_the_reference_vectors() => Check("cologne.tsv", "expected", Cologne.Encode);

    [Fact]
    public void Daitch_mokotoff_agrees_with_the_reference_vectors()
    {
        Check("daitch_mokotoff.tsv", "daitch_mokotoff", word => string.Join('|', DaitchMokotoff.EncodeAll(word)));
        Check("daitch_mokotoff.tsv", "daitch_mokotoff_first", DaitchMokotoff.Encode);
    }

    private static void Check(string name, string column, Encoder encode, params string[] except)
    {
        List<string> differences = [];
        foreach (string[] row in VectorFile.Shared(name).Rows("word", column))
        {
            string expected = row[1] == "!null" ? "" : row[1];
            if (row[0].All(char.IsAscii) && !except.Contains(row[0]) && encode(row[0]) != expected.TrimEnd(' '))
            {
                differences.Add($"{row[0]}: {encode(row[0])}, expected {expected}");
            }
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
