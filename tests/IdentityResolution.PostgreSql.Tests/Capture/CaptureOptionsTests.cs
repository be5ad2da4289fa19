using IdentityResolution.PostgreSql.Capture;

namespace IdentityResolution.PostgreSql.Tests.Capture;

public class CaptureOptionsTests
{
    private static readonly PostgreSqlCaptureOptions Valid = new() { Slot = "s", Publication = "p", Tables = [new CaptureTable("public", "crm", "crm")] };

    [Theory]
    [InlineData("crm", "public", "crm", "crm")]
    [InlineData("Sales.CRM=x", "sales", "crm", "x")]
    [InlineData("sales.crm=a=b.c", "sales", "crm", "a=b.c")]
    [InlineData("\"Sales\".\"C.R\"\"M=\"=x", "Sales", "C.R\"M=", "x")]
    [InlineData("sales.\"CRM\"", "sales", "CRM", "CRM")]
    public void Tables_are_read_as_SQL_reads_them(string text, string schema, string name, string source) =>
        Assert.Equal(new CaptureTable(schema, name, source), CaptureTable.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(".crm")]
    [InlineData("sales.")]
    [InlineData("crm=")]
    [InlineData("a.b.c")]
    [InlineData("\"crm")]
    [InlineData("\"\"")]
    [InlineData("a\"b\"")]
    [InlineData("\"a\"b")]
    public void What_is_no_table_is_refused(string text) => Assert.Throws<FormatException>(() => CaptureTable.Parse(text));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        PostgreSqlCaptureOptions[] bad =
        [
            Valid with { Slot = "" },
            Valid with { Slot = "Upper" },
            Valid with { Slot = new string('s', 64) },
            Valid with { Publication = "" },
            Valid with { Publication = new string('é', 32) },
            Valid with { Tables = [] },
            Valid with { Tables = [new CaptureTable("public", "crm", "")] },
            Valid with { Tables = [new CaptureTable("public", "crm", "a"), new CaptureTable("public", "crm", "b")] },
            Valid with { Tables = [new CaptureTable("public", "crm", "a"), new CaptureTable("public", "shop", "a")] },
            Valid with { Tables = [new CaptureTable("public", "crm", "a") { IdColumns = [] }] },
            Valid with { MaxBatchSize = 0 },
            Valid with { MaxDelay = TimeSpan.FromTicks(-1) },
            Valid with { ProgressInterval = TimeSpan.Zero },
            Valid with { MaxReconnectDelay = TimeSpan.FromHours(2) },
            Valid with { SlotPatience = TimeSpan.FromTicks(-1) },
        ];
        Assert.All(bad, options => Assert.ThrowsAny<ArgumentException>(() => PostgreSqlChangeCapture.Create("Host=db", options)));
        Assert.Equal("postgres:db:5432/crm slot s", PostgreSqlChangeCapture.Create("Host=db;Database=crm;Username=u;Password=p", Valid).Description);
    }

    [Fact]
    public void A_connection_string_that_is_not_valid_is_not_repeated()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => PostgreSqlChangeCapture.Create("Host=db;Pasword=s3cret", Valid));
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PostgreSqlChangeCapture.Create("Host=db;Schema=x", Valid));
    }

    [Theory]
    [InlineData("16/B374D848", 0x16B374D848UL, 0)]
    [InlineData("16/B374D848+5000", 0x16B374D848UL, 5000)]
    public void Positions_are_read_as_they_are_written(string text, ulong lsn, long changes)
    {
        CapturePosition position = CapturePosition.Parse(text, "s");
        Assert.Equal((lsn, changes), ((ulong)position.Lsn, position.Changes));
        Assert.Equal(text, position.ToString());
    }

    [Theory]
    [InlineData("line:5")]
    [InlineData("16/B374D848+")]
    [InlineData("16/B374D848+x")]
    public void What_is_no_position_is_refused(string text) => Assert.Throws<ChangeCaptureException>(() => CapturePosition.Parse(text, "s"));
}
