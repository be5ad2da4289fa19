using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Records;

public class CsvRowScannerTests
{
    [Theory]
    [InlineData("\"a\nb\",cdefg,")]
    [InlineData("abcdefg,")]
    [InlineData("\"abcdefghijklmnop\"\"\r\n\",")]
    public void A_row_over_the_limit_breaks_at_the_same_field_however_many_bytes_are_at_hand(string piece)
    {
        int limit = TextLimits.MaxRowBytes(100);
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, (limit / piece.Length) + 1000)));
        var whole = new CsvRowScanner((byte)',', 100);
        Assert.Equal(CsvRowStatus.RowTooLong, whole.Scan(bytes, 0, isFinal: true));
        Assert.InRange(whole.BrokenAt, limit - piece.Length, limit);
        var part = new CsvRowScanner((byte)',', 100);
        foreach (int past in (int[])[-1, 0, 1, 2, 9, 20, 59])
        {
            int length = limit + past;
            CsvRowStatus status = part.Scan(bytes.AsSpan(0, length), 0, isFinal: false);
            Assert.Equal(length > limit ? CsvRowStatus.RowTooLong : CsvRowStatus.NeedMore, status);
            Assert.True(length <= limit
                || (part.BrokenAt, part.FieldCount, part.InnerLines) == (whole.BrokenAt, whole.FieldCount, whole.InnerLines));
        }
    }

    [Fact]
    public void Fields_past_the_number_wanted_are_counted_but_not_held()
    {
        var scanner = new CsvRowScanner((byte)',', 100) { MaxFields = 2 };
        byte[] scratch = [];
        byte[] bytes = "a,\"b\"\"c\",d,e\n"u8.ToArray();
        Assert.Equal(CsvRowStatus.Complete, scanner.Scan(bytes, 0, isFinal: false));
        Assert.Equal((4, bytes.Length), (scanner.FieldCount, scanner.Next));
        Assert.Equal("b\"c", Encoding.UTF8.GetString(scanner.Field(bytes, 1, ref scratch)));
    }
}
