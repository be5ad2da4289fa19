using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

public class EmailSimilarityTests
{
    [Theory]
    [InlineData("ann@gmail.com", "ann@gmial.com", true)]
    [InlineData("ann@gmail.com", "ann@gmail.con", true)]
    [InlineData("ann@gmail.com", "ann@gmail.co", true)]
    [InlineData("ann@hotmail.com", "ann@hotmial.co", true)]
    [InlineData("ann@longcompany.org", "ann@longcompny.ogr", true)]
    [InlineData("ann@gmail.com", "ann@gmial.co", false)]
    [InlineData("ann@gmail.com", "ann@ymail.com", false)]
    [InlineData("ann@gmail.com", "bob@gmial.com", false)]
    [InlineData("ann@gmail.com", "ann@gmail.com", false)]
    [InlineData("ann@gmail.com", "ann", false)]
    [InlineData("ann@example.org", "ann@sample.net", false)]
    public void A_slip_in_the_domain_is_told_from_another_domain(string left, string right, bool typo)
    {
        Assert.Equal(typo, EmailSimilarity.IsDomainTypo(left, right));
        Assert.Equal(typo, EmailSimilarity.IsDomainTypo(right, left));
    }

    [Theory]
    [InlineData("gmail.com", "gmail.com", 1)]
    [InlineData("gmail.com", "gmial.com", 0.889)]
    [InlineData("gmail.com", "ymail.com", 0)]
    [InlineData("gmail.com", "", 0)]
    [InlineData("", "", 0)]
    public void Domains_are_as_alike_as_their_letters_but_known_ones_are_not(string left, string right, double similarity) =>
        Assert.Equal(similarity, EmailSimilarity.OfDomains(left, right), 3);
}
