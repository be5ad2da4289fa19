using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Records;

public class CsvDelimiterTests
{
    [Theory]
    [InlineData("", ',')]
    [InlineData("id\n1\n2\n", ',')]
    [InlineData("id,name\n1,x\n", ',')]
    [InlineData("id;name\n1;x\n", ';')]
    [InlineData("id\tname\n1\tx\n", '\t')]
    [InlineData("id|name", '|')]
    [InlineData("id;price;weight\n1;2,50;3,5\n2;1,00;4\n", ';')]
    [InlineData("\n\r\nid;full, name\n1;x\n2;y\n", ';')]
    [InlineData("\"a,b,c\";id\n\"d,e\nf\";2\n", ';')]
    [InlineData("id,note\n1,a;b\n2,c;d;e\n", ',')]
    public void The_delimiter_that_cuts_the_first_rows_most_evenly_is_found(string text, char expected) =>
        Assert.Equal(expected, (char)CsvDelimiter.Detect(Encoding.UTF8.GetBytes(text)));
}
