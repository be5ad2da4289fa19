using IdentityResolution.Similarity;
using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Similarity;

public class NameSimilarityTests
{
    private static readonly string[] Parts =
    [
        "anna", "Dr.", "Smith", "O'Brien", "bob", "robert", "jean", "luc", "jeanluc", "van der", "Иван", "김정은", "王小明", "محمد", "j", "q.", "Jr.", "III", "ltd", "gmbh",
        "international", "intl", "ibm", "business", "machines", "7", "seven", "", "x", "Müller", "mueller", "schröder", ",", "-", "abdulrahman", "abd al rahman",
    ];

    [Theory]
    [InlineData("John Smith", "SMITH, John")]
    [InlineData("John Smith", "Dr. John Smith")]
    [InlineData("Robert Smith", "Bob Smith")]
    [InlineData("John Q. Public", "John Public")]
    [InlineData("J. Public", "John Public")]
    [InlineData("Jean-Luc Picard", "Jeanluc Picard")]
    [InlineData("Jon Smyth", "John Smith")]
    [InlineData("Katherine Johnson", "Kathrine Jonson")]
    [InlineData("Юрий Гагарин", "Jurij Gagarin")]
    [InlineData("Юрий Гагарин", "Iouri Gagarine")]
    [InlineData("محمد علي", "Muhammad Ali")]
    [InlineData("김민수", "Kim Minsu")]
    [InlineData("王小明", "Wang Xiaoming")]
    [InlineData("Abdul Rahman Saleh", "Abdulrahman Saleh")]
    [InlineData("Maria del Carmen Lopez Garcia", "Maria Carmen Lopez Garcia")]
    [InlineData("Νίκος Παπαδόπουλος", "Nikos Papadopoulos")]
    public void Spellings_of_one_person_s_name_are_alike(string left, string right) =>
        Assert.InRange(NameSimilarity.OfPeople(left, right), 0.7, 1);

    [Theory]
    [InlineData("John Smith", "Jane Smith")]
    [InlineData("John Smith", "John Brown")]
    [InlineData("Anna Lee Brown", "Anna Lee Carter")]
    [InlineData("Юрий Гагарин", "Юрий Андропов")]
    [InlineData("王小明", "Wang Dali")]
    [InlineData("John Smith Jr.", "John Smith Sr.")]
    [InlineData("John Smith", "Acme Holdings")]
    public void Names_of_two_people_are_not(string left, string right) =>
        Assert.InRange(NameSimilarity.OfPeople(left, right), 0, 0.69);

    [Theory]
    [InlineData("International Business Machines Corp.", "IBM")]
    [InlineData("Acme Technologies Ltd", "ACME Tech")]
    [InlineData("Smith & Sons", "Smith and Sons, Inc.")]
    [InlineData("20th Century Pictures", "Twentieth Century Pictures")]
    [InlineData("ООО «Ромашка»", "Romashka LLC")]
    [InlineData("Deutsche Bank Aktiengesellschaft", "Deutsche Bank AG")]
    [InlineData("The Goldmann Sachs Group", "Goldman Sachs")]
    public void Spellings_of_one_organisation_s_name_are_alike(string left, string right) =>
        Assert.InRange(NameSimilarity.OfOrganizations(left, right), 0.7, 1);

    [Theory]
    [InlineData("Acme Fund 1", "Acme Fund 2")]
    [InlineData("Northern Trading Company", "Southern Trading Company")]
    [InlineData("Bank of America", "Bank of China")]
    [InlineData("Smith Holdings International", "Brown Holdings International")]
    public void Names_of_two_organisations_are_not(string left, string right) =>
        Assert.InRange(NameSimilarity.OfOrganizations(left, right), 0, 0.69);

    [Fact]
    public void Nicknames_of_the_user_count()
    {
        NicknameTable own = NicknameTable.Default.With("zebulon: wob");
        Assert.True(NameSimilarity.OfPeople("Zebulon Smith", "Wob Smith", own) > NameSimilarity.OfPeople("Zebulon Smith", "Wob Smith") + 0.3);
    }

    [Fact]
    public void No_name_is_like_no_name_alone()
    {
        Assert.Equal(1, NameSimilarity.OfPeople("", "n/a"));
        Assert.Equal(0, NameSimilarity.OfPeople("John", "unknown"));
        Assert.Equal(0, NameSimilarity.OfOrganizations("-", "Acme"));
    }

    [Fact]
    public void Names_are_alike_whichever_comes_first() => Law.Holds(random =>
    {
        (string left, string right) = (Name(random), Name(random));
        foreach (Func<string, string, double> measure in new Func<string, string, double>[] { (l, r) => NameSimilarity.OfPeople(l, r), (l, r) => NameSimilarity.OfOrganizations(l, r) })
        {
            double similarity = measure(left, right);
            Assert.InRange(similarity, 0, 1);
            Assert.Equal(similarity, measure(right, left));
            Assert.Equal(1, measure(left, left));
        }
    });

    [Fact]
    public void Long_names_are_compared_too()
    {
        string name = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"Wört{i}"));
        Assert.Equal(1, NameSimilarity.OfPeople(name, name.ToUpperInvariant()));
        Assert.InRange(NameSimilarity.OfPeople(name, name + " x"), 0.9, 1);
        Assert.InRange(NameSimilarity.OfPeople(new string('a', 5000) + " b", new string('a', 5001) + " b"), 0, 1);
    }

    [Fact]
    public void Comparing_does_not_allocate()
    {
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                Compare();
            }
        }));

        static double Compare() => NameSimilarity.OfPeople("Dr. Robert Q. Smith", "Smyth, Bob")
            + NameSimilarity.OfOrganizations("International Business Machines", "Intl. Buisness Machines Corp.")
            + NameSimilarity.OfPeople("Юрий Гагарин", "Iouri Gagarine") + NameSimilarity.OfPeople("王小明", "Wang Xiaoming");
    }

    private static string Name(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(5)).Select(_ => Parts[random.Next(Parts.Length)]));
}
