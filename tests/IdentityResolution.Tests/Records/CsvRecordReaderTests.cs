using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Reference.Records;

namespace IdentityResolution.Tests.Records;

/// <summary>What is read depends neither on where a text is cut nor on how many threads work on it.</summary>
public class CsvRecordReaderTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(11UL, 13UL);

    private static readonly string[] Pieces =
    [
        "\"", "\"\"", ",", ",", ",", "\n", "\n", "\r", "\r\n", "x", "yy", "\",\"", "\"a\nb\"", "12345678", "too long for the limit",
    ];

    [Fact]
    public void Rows_and_faults_of_any_text_are_those_of_the_plain_reader_wherever_it_is_cut()
    {
        Arbitrary<(string Text, int Size)> texts = (
            from parts in Gen.Elements(Pieces).ArrayOf().Resize(80)
            from size in Gen.Choose(1, 90)
            select (string.Concat(parts), size)).ToArbitrary();
        CsvOptions options = new() { Delimiter = ',', MaxFieldBytes = 14, Columns = ["a", "b"] };
        Check.One(Fixed.WithMaxTest(2000), Prop.ForAll(texts, sample =>
        {
            string[] expected = [.. PlainCsv.Read(sample.Text, ',', 2, 14).Select((row, index) => row.Fields is null
                ? $"{row.Line}:{(row.BrokenField is 0 or 1 ? options.Columns[row.BrokenField] : "-")}:{row.Fault}"
                : $"x/{index + 1}" + (row.Fields[0].Length > 0 ? $"|a={row.Fields[0]}" : "") + (row.Fields[1].Length > 0 ? $"|b={row.Fields[1]}" : ""))];
            ReadResult found = Read(Encoding.UTF8.GetBytes(sample.Text), options, sample.Size, threads: 1);
            Assert.Equal(expected.Where(line => line.StartsWith("x/", StringComparison.Ordinal)), found.Lines);
            Assert.Equal(expected.Where(line => !line.StartsWith("x/", StringComparison.Ordinal)), found.Faults);
        }));
    }

    [Fact]
    public void Several_threads_give_the_table_of_one_with_the_same_codes()
    {
        Arbitrary<(int Seed, int Size)> texts = (
            from seed in Gen.Choose(0, int.MaxValue)
            from size in Gen.Choose(6_000, 40_000)
            select (seed, size)).ToArbitrary();
        CsvOptions options = new() { Delimiter = ',', IdColumn = "id", SourceColumn = "source", MaxFieldBytes = 40 };
        Check.One(Fixed.WithMaxTest(12), Prop.ForAll(texts, sample =>
        {
            byte[] text = NastyText(new Random(sample.Seed), rows: 12_000);
            ReadResult one = Read(text, options, CsvRecordReader.DefaultChunkBytes, threads: 1);
            ReadResult many = Read(text, options, sample.Size, threads: 3);
            Assert.NotEmpty(one.Quarantine);
            Assert.Equal(one.Lines, many.Lines);
            Assert.Equal(one.Quarantine, many.Quarantine);
            Assert.Equal(one.Table.Keys.Sources, many.Table.Keys.Sources);
            foreach ((RawColumn left, RawColumn right) in one.Table.Segments[0].Columns.Zip(many.Table.Segments[0].Columns))
            {
                Assert.Equal(left.Codes.ToArray(), right.Codes.ToArray());
                Assert.Equal(Enumerable.Range(0, left.Values.Count).Select(left.Values.GetString), Enumerable.Range(0, right.Values.Count).Select(right.Values.GetString));
            }
        }));
    }

    [Fact]
    public void A_value_of_a_row_that_is_set_aside_is_not_among_the_values()
    {
        ReadResult result = Read("id,name\n1,ann\n1,bob\n2,cyd\n"u8.ToArray(), new CsvOptions { IdColumn = "id" }, 7, threads: 1);

        RawColumn names = result.Table.Segments[0].Columns[0];
        Assert.Equal(["3:id:DuplicateRecordId"], result.Faults);
        Assert.Equal(["ann", "cyd"], Enumerable.Range(0, names.Values.Count).Select(names.Values.GetString));
        Assert.Equal([0, 1], names.Codes.ToArray());
    }

    [Fact]
    public async Task The_limit_of_rows_set_aside_counts_broken_rows_and_refused_keys_in_their_order()
    {
        var builder = new RecordTableBuilder { MaxQuarantinedRows = 2 };
        var reader = new CsvRecordReader("x.csv", "x", new CsvOptions { IdColumn = "id" }, "UTF-8", builder.AddSegment("x.csv", "x"), null, 9);
        using var text = new MemoryStream("id,name\n1,a\n1,b\n2,c,d\n,e\n3,f,g\n"u8.ToArray());

        InvalidRecordException exception = await Assert.ThrowsAsync<InvalidRecordException>(
            () => reader.ReadAsync(text, null, TestContext.Current.CancellationToken));

        Assert.Equal(5, exception.LineNumber);
        Assert.Equal([3L, 4L, 5L], builder.Quarantine.Select(row => row.LineNumber));
    }

    // Quoted line ends, stray quotes, wrong counts, bad bytes, repeated and missing ids, blank lines; enough plain rows between them.
    private static byte[] NastyText(Random random, int rows)
    {
        var text = new MemoryStream();
        Write("source,id,a,b\n");
        for (int row = 0; row < rows; row++)
        {
            string source = random.Next(50) == 0 ? "" : random.Next(2) == 0 ? "crm" : "shop";
            string id = random.Next(60) == 0 ? "" : $"{(random.Next(40) == 0 ? random.Next(row + 1) : row)}";
            string a = random.Next(8) switch { 0 => "", 1 => "\"two\nlines\"", 2 => "\"a \"\"quote\"\"\"", _ => $"v{random.Next(2000)}" };
            string b = random.Next(400) switch { 0 => "\"never closed", 1 => "\"closed\" early", 2 => "one,more", 3 => new string('l', 50), _ => $"Zoë {row}" };
            Write($"{source},{id},{a},{b}");
            if (random.Next(300) == 0)
            {
                text.WriteByte(0xFF);
            }
            Write(random.Next(5) switch { 0 => "\r\n", 1 => "\n\n", _ => "\n" });
        }
        return text.ToArray();

        void Write(string piece) => text.Write(Encoding.UTF8.GetBytes(piece));
    }

    private static ReadResult Read(byte[] bytes, CsvOptions options, int chunkBytes, int threads)
    {
        var builder = new RecordTableBuilder { Workers = new Workers(threads, CancellationToken.None) };
        var reader = new CsvRecordReader("x", "x", options, "UTF-8", builder.AddSegment("x", "x"), null, chunkBytes);
        reader.ReadAsync(new MemoryStream(bytes), bytes.Length, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return new ReadResult(builder.Build(), builder.Quarantine);
    }
}
