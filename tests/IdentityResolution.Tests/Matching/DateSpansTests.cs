using IdentityResolution.Fields;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Matching;

public class DateSpansTests
{
    [Theory]
    [InlineData("1979-12-31", "1980-01-01", true)]
    [InlineData("1980-01-01", "1980-01-01", false)]
    [InlineData("1980-01-02", "1980-01-01", false)]
    [InlineData("1979", "1980-01-01", true)]
    [InlineData("1980", "1980-12-31", false)]
    [InlineData("1980-05", "1980-06", true)]
    [InlineData("1980-05", "1980-05-31", false)]
    [InlineData("1980-04-30", "1980-05", true)]
    [InlineData("1980-40-30", "1980-12-01", false)]
    [InlineData("1980-04-77", "1980-04-30", false)]
    [InlineData("--04-30", "1980", false)]
    [InlineData("198o", "1990", false)]
    [InlineData(null, "1990", false)]
    [InlineData("1990", null, false)]
    public void A_date_lies_before_another_where_all_that_it_may_stand_for_does(string? first, string? second, bool before)
    {
        FieldTable table = TestTable.Of(("first", [first]), ("second", [second]));
        Assert.Equal(before, new DateSpans(table["first"]).Latest(0) < new DateSpans(table["second"]).Earliest(0));
    }
}
