using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Automatic;

public class ColumnNameTests
{
    [Theory]
    [InlineData("dateOfBirth", "date_of_birth")]
    [InlineData("DATE_OF_BIRTH", "date_of_birth")]
    [InlineData("date-of-birth 2", "date_of_birth_2")]
    [InlineData("HTTPServerName", "http_server_name")]
    [InlineData("address1", "address_1")]
    [InlineData("income2019", "income")]
    [InlineData("  E-Mail  ", "e_mail")]
    [InlineData("", "")]
    [InlineData("***", "")]
    [InlineData("Straße", "straße")]
    public void A_name_is_split_into_words(string name, string words) => Assert.Equal(words, ColumnName.Parse(name).Normalized);

    [Fact]
    public void Words_and_pieces_are_looked_up()
    {
        ColumnName name = ColumnName.Parse("customer_eMail_address");
        Assert.True(name.Has("mail"));
        Assert.False(name.Has("email"));
        Assert.True(name.Contains("email"));
        Assert.Equal("customer_e", name.Without("mail", "address"));
    }
}
