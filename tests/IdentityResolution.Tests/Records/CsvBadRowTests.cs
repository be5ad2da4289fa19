using System.Text;
using static IdentityResolution.Tests.Records.ReadHelper;

namespace IdentityResolution.Tests.Records;

public class CsvBadRowTests
{
    [Fact]
    public async Task Rows_with_too_few_or_too_many_fields_are_set_aside_with_both_counts()
    {
        ReadResult result = await ReadCsvAsync("id,a,b\n1,x,y\n2,x\n3,x,y,z,w\n\n4,x,y\n");
        Assert.Equal(["people/1|a=x|b=y", "people/4|a=x|b=y"], result.Lines);
        Assert.Equal(["3:-:FieldCount", "4:-:FieldCount"], result.Faults);
        string[] messages = [.. result.Quarantine.Select(row => row.Message)];
        Assert.Equal(["The row has 2 fields, expected 3.", "The row has 5 fields, expected 3."], messages);
        Assert.All(result.Quarantine, row => Assert.Equal("people.csv", row.Input));
    }

    [Fact]
    public async Task Text_after_a_closing_quote_costs_its_row_alone()
    {
        ReadResult result = await ReadCsvAsync("id,a,b\n1,\"x\"y,z\n2,\"x\",y\n");
        Assert.Equal(["people/2|a=x|b=y"], result.Lines);
        Assert.Equal(["2:a:BrokenQuote"], result.Faults);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_does_not_swallow_the_rows_behind_it()
    {
        ReadResult result = await ReadCsvAsync("id,a\n1,x\n2,\"open\n3,y\n4,z\n");
        Assert.Equal(["people/1|a=x", "people/3|a=y", "people/4|a=z"], result.Lines);
        Assert.Equal(["3:a:BrokenQuote"], result.Faults);
    }

    [Fact]
    public async Task A_quote_that_runs_into_the_next_quoted_field_costs_its_row_alone()
    {
        ReadResult result = await ReadCsvAsync("id,a,b\n1,\"open,z\n2,\"x\",y\n3,\"p\nq\",r\n");
        Assert.Equal(["people/2|a=x|b=y", "people/3|a=p\nq|b=r"], result.Lines);
        Assert.Equal(["2:a:BrokenQuote"], result.Faults);
    }

    [Fact]
    public async Task Lines_are_counted_through_quoted_fields_and_broken_rows()
    {
        ReadResult result = await ReadCsvAsync(
            "id,a,b\r\n1,\"p\r\nq\nr\rs\",t\r\n2\r\n3,\"p\nq\",\"open\r\n4,x,y\n\n5\n6,\"never, closed\n7\r");
        Assert.Equal(["people/1|a=p\r\nq\nr\rs|b=t", "people/4|a=x|b=y"], result.Lines);
        Assert.Equal(["6:-:FieldCount", "7:b:BrokenQuote", "11:-:FieldCount", "12:a:BrokenQuote", "13:-:FieldCount"], result.Faults);
    }

    [Fact]
    public async Task Very_many_unclosed_quotes_are_read_in_one_pass_or_two()
    {
        // Each row's quote is closed by the next row's, and text follows: quadratic if every one of them ran to the end of the input.
        var text = new StringBuilder("id,a\n");
        for (int i = 0; i < 100_000; i++)
        {
            text.Append(i).Append(i % 2 == 0 ? ",\"open\n" : ",fine\n");
        }
        ReadResult result = await ReadCsvAsync(text.ToString());
        Assert.Equal(50_000, result.Table.Count);
        Assert.Equal(50_000, result.Quarantine.Count);
        Assert.All(result.Quarantine, row => Assert.Equal(QuarantineReason.BrokenQuote, row.Reason));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_set_aside_with_their_column()
    {
        byte[] bytes = [.. "id,a,b\n1,x,y\n2,x,"u8, 0xC3, 0x28, .. "\n3,x,"u8, 0xED, 0xA0, 0x80, .. "\n4,\""u8, 0xFF, .. "\",\n5,x,y"u8];
        ReadResult result = await ReadAsync(RecordSet.FromCsv(new MemoryStream(bytes), "people.csv"));
        Assert.Equal(["people/1|a=x|b=y", "people/5|a=x|b=y"], result.Lines);
        Assert.Equal(["3:b:InvalidEncoding", "4:b:InvalidEncoding", "5:a:InvalidEncoding"], result.Faults);
        Assert.Equal("The bytes are not valid UTF-8.", result.Quarantine[0].Message);
    }

    [Fact]
    public async Task A_header_that_is_not_UTF_8_or_not_closed_is_refused()
    {
        byte[] bytes = [.. "id,"u8, 0xFF, .. "\n1,2\n"u8];
        InvalidRecordException encoding = await Assert.ThrowsAsync<InvalidRecordException>(
            () => ReadAsync(RecordSet.FromCsv(new MemoryStream(bytes), "people.csv")));
        Assert.Equal("people.csv:1: the header is not valid UTF-8.", encoding.Message);
        InvalidRecordException quote = await Assert.ThrowsAsync<InvalidRecordException>(() => ReadCsvAsync("id,\"a\n1,2\n"));
        Assert.StartsWith("people.csv:1: the header can't be read: A quote is opened", quote.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_of_UTF_16_without_a_mark_is_refused_with_advice()
    {
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(
            () => ReadAsync(RecordSet.FromCsv(new MemoryStream(Encoding.Unicode.GetBytes("id,a\n1,2\n")), "people.csv")));
        Assert.Contains("set the option Encoding", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_header_a_broken_first_row_is_set_aside_like_any_other()
    {
        ReadResult result = await ReadCsvAsync("1,\"x\"y\n2,x\n", new CsvOptions { HasHeader = false, Delimiter = ',' });
        Assert.Equal(["people/2|column1=2|column2=x"], result.Lines);
        Assert.Equal(["1:-:BrokenQuote"], result.Faults);
    }

    [Theory]
    [InlineData("123456789", false)]
    [InlineData("1234567890", true)]
    [InlineData("\"123456789\"", false)]
    [InlineData("\"1234567890\"", true)]
    [InlineData("\"12345\n6789", true)]
    public async Task A_field_over_the_limit_is_set_aside_and_one_at_the_limit_is_not(string field, bool isTooLong)
    {
        ReadResult result = await ReadCsvAsync($"id,a\n1,{field}\n2,x\n", new CsvOptions { MaxFieldBytes = 9 });
        Assert.Equal("people/2|a=x", result.Lines[^1]);
        Assert.Equal(isTooLong ? 1 : 2, result.Lines.Length);
        Assert.Equal(isTooLong ? QuarantineReason.FieldTooLong : null, result.Quarantine.FirstOrDefault(row => row.LineNumber == 2)?.Reason);
        Assert.All(result.Quarantine.Where(row => row.LineNumber == 2), row => Assert.Equal("a", row.Column));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_field_of_100_MB_is_passed_over_without_being_held(bool isQuoted)
    {
        byte[] before = Encoding.UTF8.GetBytes(isQuoted ? "id,a\n1,x\n2,\"" : "id,a\n1,x\n2,");
        byte[] after = Encoding.UTF8.GetBytes(isQuoted ? "\"\n3,y\n" : "\n3,y\n");
        using var stream = new LongStream(before, 100_000_000, after);
        (ReadResult result, long allocated) = await ReadMeasuredAsync(stream);
        Assert.Equal(["people/1|a=x", "people/3|a=y"], result.Lines);
        Assert.Equal(["3:a:FieldTooLong"], result.Faults);
        Assert.True(allocated < 30_000_000, $"{allocated} bytes were allocated.");
    }

    [Fact]
    public async Task A_line_of_100_MB_of_delimiters_is_passed_over_without_being_held()
    {
        using var stream = new LongStream("id,a\n1,x\n"u8.ToArray(), 100_000_000, "\n3,y\n"u8.ToArray(), (byte)',');
        (ReadResult result, long allocated) = await ReadMeasuredAsync(stream);
        Assert.Equal(["people/1|a=x", "people/3|a=y"], result.Lines);
        Assert.Equal(["3:-:FieldCount"], result.Faults);
        Assert.True(allocated < 70_000_000, $"{allocated} bytes were allocated.");
    }

    [Fact]
    public async Task Empty_and_repeated_record_ids_are_set_aside()
    {
        ReadResult result = await ReadCsvAsync("id,a\n1,x\n,y\n1,z\n\"\",w\n");
        Assert.Equal(["people/1|a=x"], result.Lines);
        Assert.Equal(["3:id:MissingRecordId", "4:id:DuplicateRecordId", "5:id:MissingRecordId"], result.Faults);
    }

    [Fact]
    public async Task No_message_holds_a_value_of_the_row()
    {
        ReadResult result = await ReadCsvAsync(
            "id,a,b\nsecret\n2,\"secret\"secret,\n3,secret,secret,secret\n,secret,\n4,secret,\n4,secret,secret\n5,\"secret\n",
            new CsvOptions { MaxFieldBytes = 1000 });
        Assert.Equal(6, result.Quarantine.Count);
        Assert.All(result.Quarantine, row => Assert.DoesNotContain("secret", row.ToString(), StringComparison.Ordinal));
    }

    // Nothing waits on such a stream, so that all the work is done, and counted, on this thread.
    private static async Task<(ReadResult Result, long AllocatedBytes)> ReadMeasuredAsync(LongStream stream)
    {
        int thread = Environment.CurrentManagedThreadId;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task<ReadResult> reading = ReadAsync(RecordSet.FromCsv(stream, "people.csv"));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(reading.IsCompleted);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        return (await reading, allocated);
    }

    private sealed class LongStream(byte[] before, long count, byte[] after, byte filler = (byte)'x') : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            long inFiller = _position - before.Length;
            int copied;
            if (inFiller < 0)
            {
                copied = Copy(before.AsSpan((int)_position), buffer);
            }
            else if (inFiller < count)
            {
                copied = (int)Math.Min(buffer.Length, count - inFiller);
                buffer[..copied].Fill(filler);
            }
            else
            {
                copied = Copy(after.AsSpan((int)(inFiller - count)), buffer);
            }
            _position += copied;
            return copied;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
        {
            int length = Math.Min(from.Length, to.Length);
            from[..length].CopyTo(to);
            return length;
        }
    }
}
