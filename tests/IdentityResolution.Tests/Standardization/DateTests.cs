using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class DateTests
{
    [Theory]
    [InlineData("1980-03-05", "1980-03-05")]
    [InlineData("19800305", "1980-03-05")]
    [InlineData("1980/3/5", "1980-03-05")]
    [InlineData("1980.03.05", "1980-03-05")]
    [InlineData("5/3/1980", "1980-03-05")]
    [InlineData("05.03.1980", "1980-03-05")]
    [InlineData("5.3.80", "1980-03-05")]
    [InlineData("25/3/80", "1980-03-25")]
    [InlineData("3/25/80", "1980-03-25")]
    [InlineData("80-03-05", "1980-03-05")]
    [InlineData("05031980", "1980-03-05")]
    [InlineData("5 March 1980", "1980-03-05")]
    [InlineData("5th of March, 1980", "1980-03-05")]
    [InlineData("March 5, 1980", "1980-03-05")]
    [InlineData("Mar-05-1980", "1980-03-05")]
    [InlineData("15-Mar-92", "1992-03-15")]
    [InlineData("05MAR1980", "1980-03-05")]
    [InlineData("1980 March 5", "1980-03-05")]
    [InlineData("5 de marzo de 1980", "1980-03-05")]
    [InlineData("5. März 1980", "1980-03-05")]
    [InlineData("5 février 1980", "1980-02-05")]
    [InlineData("5 марта 1980 г.", "1980-03-05")]
    [InlineData("1980年3月5日", "1980-03-05")]
    [InlineData("1980-03-05T10:20:30Z", "1980-03-05")]
    [InlineData("1980-03-05 00:00:00.000", "1980-03-05")]
    [InlineData("5/3/1980 10:20", "1980-03-05")]
    [InlineData("19800305102030", "1980-03-05")]
    [InlineData("17 6 1972", "1972-06-17")]
    [InlineData("1980", "1980")]
    [InlineData("1980-03", "1980-03")]
    [InlineData("03/1980", "1980-03")]
    [InlineData("March 1980", "1980-03")]
    [InlineData("198003", "1980-03")]
    [InlineData(" 6 1972", "1972-06")]
    [InlineData("6 1972", "1972-06")]
    [InlineData("17  1972", "1972")]
    [InlineData("5  1972", "1972")]
    [InlineData("17 1972", "1972")]
    [InlineData("  1972", "1972")]
    [InlineData("29.2.1980", "1980-02-29")]
    [InlineData("1/1/1970", "1970-01-01")]
    public void Dates_become_ISO_dates(string raw, string form) => Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.BirthDate, raw));

    [Theory]
    [InlineData("19460931", "1946-09-31")]
    [InlineData("30-02-1980", "1980-02-30")]
    [InlineData("27-00-1985", "1985-00-27")]
    [InlineData("29.2.1981", "1981-02-29")]
    [InlineData("04-98-2924", "2924-98-04")]
    [InlineData("1980-13-45", "1980-13-45")]
    [InlineData("19790295", "1979-02-95")]
    [InlineData("21 8", "--08-21")]
    [InlineData("born in spring", "born in spring")]
    [InlineData("29285", "29285")]
    [InlineData("1979029", "1979029")]
    [InlineData("05-06-w963", "w963-06-05")]
    [InlineData("21-1w-1987", "1987-1w-21")]
    [InlineData("1987/1o/5", "1987-1o-05")]
    public void Impossible_dates_are_kept_as_written_and_suspect(string raw, string form) =>
        Assert.Equal((form, ValueQuality.Suspect), Standard.Of(FieldKind.BirthDate, raw));

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("01/01/1900")]
    [InlineData("0001-01-01")]
    [InlineData("1111-11-11")]
    [InlineData("9999-12-31")]
    [InlineData("00/00/0000")]
    [InlineData("00000000")]
    [InlineData("1900-01-01T00:00:00")]
    public void Dates_of_nobody_are_missing(string raw) => Assert.Equal(("", ValueQuality.Missing), Standard.Of(FieldKind.BirthDate, raw));

    [Fact]
    public void The_order_decides_ambiguous_dates_only()
    {
        var monthFirst = new StandardizationOptions { DateOrder = DateOrder.MonthDayYear };
        Assert.Equal("1980-05-03", Standard.Form(FieldKind.BirthDate, "5/3/1980", monthFirst));
        Assert.Equal("1980-03-25", Standard.Form(FieldKind.BirthDate, "25/3/1980", monthFirst));
        Assert.Equal("1980-03-05", Standard.Form(FieldKind.BirthDate, "1980-03-05", monthFirst));
    }

    [Theory]
    [InlineData("1/2/26", 2026, "2026-02-01")]
    [InlineData("1/2/27", 2026, "1927-02-01")]
    [InlineData("1/2/99", 1999, "1999-02-01")]
    [InlineData("1/2/00", 1999, "1900-02-01")]
    [InlineData("1/2/05", 2010, "2005-02-01")]
    [InlineData("1/2/11", 2010, "1911-02-01")]
    public void Two_digit_years_are_at_most_the_pivot(string raw, int pivot, string form) =>
        Assert.Equal(form, Standard.Form(FieldKind.BirthDate, raw, new() { TwoDigitYearPivot = pivot }));

    [Theory]
    [InlineData("4/12/82;3/15/90;5/5/99", DateOrder.MonthDayYear)]
    [InlineData("4/12/82;15/3/90;5/5/99", DateOrder.DayMonthYear)]
    [InlineData("4/12/82;5/5/99", DateOrder.YearMonthDay)]
    [InlineData("1999-12-10;1999-12-25", DateOrder.YearMonthDay)]
    [InlineData("3/15/90;4/16/90;20/8/1991", DateOrder.MonthDayYear)]
    [InlineData("3/15/90;20/8/1991", DateOrder.YearMonthDay)]
    [InlineData("", DateOrder.YearMonthDay)]
    public void The_order_of_a_column_is_found_by_evidence(string values, DateOrder order) =>
        Assert.Equal(order, DateOrderDetector.Detect(values.Split(';').Select(value => (value, 1))));

    [Theory]
    [InlineData("yyyy-MM-dd")]
    [InlineData("yyyyMMdd")]
    [InlineData("yyyy/M/d")]
    [InlineData("d/M/yyyy")]
    [InlineData("dd.MM.yyyy")]
    [InlineData("d MMM yyyy")]
    [InlineData("MMMM d, yyyy")]
    [InlineData("dddd, d MMMM yyyy")]
    [InlineData("ddMMMyyyy")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss")]
    [InlineData("d M yyyy")]
    public void Every_day_is_read_in_every_format(string format) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(20_261_121UL, 77UL),
        Prop.ForAll(Gen.Choose(0, 146_000).ToArbitrary(), day =>
        {
            DateTime date = new DateTime(1800, 1, 1).AddDays(day);
            string iso = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            string form = Standard.Form(FieldKind.BirthDate, date.ToString(format, CultureInfo.InvariantCulture));
            return form == iso || (form.Length == 0 && iso == "1900-01-01");
        }));

    [Fact]
    public void Evidence_is_counted_by_records() =>
        Assert.Equal(DateOrder.DayMonthYear, DateOrderDetector.Detect([("3/15/90", 1), ("4/15/90", 1), ("20/8/1991", 5)]));
}
