using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Records;
using IdentityResolution.Reference.Records;

namespace IdentityResolution.Tests.Records;

/// <summary>Random tables written by CsvHelper are read back as they were.</summary>
public class CsvOracleTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_260_101UL, 7UL);

    private static readonly string[] Pieces =
        ["a", "b", "Zoë", "名", "😀", " ", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "'", "0", "=", "a longer run of plain text, so that 32 bytes do not do"];

    private static readonly Gen<string> Values =
        from pieces in Gen.Elements(Pieces).ArrayOf().Resize(6)
        select string.Concat(pieces);

    private static readonly Arbitrary<RandomTable> Tables = (
        from width in Gen.Choose(1, 6)
        from rows in Values.ArrayOf(width).ArrayOf().Resize(12)
        from delimiter in Gen.Elements(',', ';', '\t', '|')
        from newLine in Gen.Elements("\n", "\r\n", "\r")
        from quotesAll in Gen.Elements(true, false)
        from endsWithNewLine in Gen.Elements(true, false)
        from seed in Gen.Choose(0, int.MaxValue)
        select new RandomTable(width, rows, delimiter, newLine, quotesAll, endsWithNewLine, seed)).ToArbitrary();

    [Fact]
    public void What_CsvHelper_writes_is_read_back_value_by_value() => Check.One(Fixed, Prop.ForAll(Tables, table =>
        Same(table, Read(new MemoryStream(table.Write()), table.Delimiter))));

    [Fact]
    public void The_table_does_not_depend_on_the_pieces_in_which_the_bytes_come() => Check.One(Fixed, Prop.ForAll(Tables, table =>
    {
        byte[] bytes = table.Write();
        var random = new Random(table.Seed);
        int largest = random.Next(1, 40);
        return Same(table, Read(new ChunkedStream(bytes, () => 1), table.Delimiter))
            && Same(table, Read(new ChunkedStream(bytes, () => random.Next(1, largest + 1)), table.Delimiter));
    }));

    [Fact]
    public void Rows_and_faults_of_any_text_are_those_of_the_plain_reader_however_the_bytes_come()
    {
        Gen<string> pieces = Gen.Elements("\"", "\"", ",", ",", "\n", "\r", "\r\n", "x", "yy", "\"\"", "\",\"", "long, for the limit!", "12345678");
        Arbitrary<(string Text, int Size)> texts = (
            from parts in pieces.ArrayOf().Resize(60)
            from size in Gen.Choose(1, 70)
            select (string.Concat(parts), size)).ToArbitrary();
        var options = new CsvOptions { Delimiter = ',', MaxFieldBytes = 12, Columns = ["a", "b"], IdColumn = null };
        Check.One(Fixed.WithMaxTest(3000), Prop.ForAll(texts, sample =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(sample.Text);
            string[] expected = [.. PlainCsv.Read(sample.Text, ',', 2, 12).Select((row, index) => row.Fields is null
                ? $"{row.Line}:{(row.BrokenField is 0 or 1 ? options.Columns[row.BrokenField] : "-")}:{row.Fault}"
                : $"x/{index + 1}" + (row.Fields[0].Length > 0 ? $"|a={row.Fields[0]}" : "") + (row.Fields[1].Length > 0 ? $"|b={row.Fields[1]}" : ""))];
            ReadResult whole = ReadHelper.ReadAsync(RecordSet.FromCsv(new MemoryStream(bytes), "x", options)).GetAwaiter().GetResult();
            ReadResult pieced = ReadHelper.ReadAsync(RecordSet.FromCsv(new ChunkedStream(bytes, () => sample.Size), "x", options))
                .GetAwaiter().GetResult();
            Assert.Equal(expected.Where(line => line.StartsWith("x/", StringComparison.Ordinal)).ToArray(), whole.Lines);
            Assert.Equal(expected.Where(line => !line.StartsWith("x/", StringComparison.Ordinal)).ToArray(), whole.Faults);
            Assert.Equal(whole.Lines, pieced.Lines);
            Assert.Equal(whole.Faults, pieced.Faults);
        }));
    }

    // The window of a reader holds at least 64 KiB, so that its edges matter in long texts only.
    [Fact]
    public void Rows_and_faults_at_the_edges_of_the_window_are_those_of_the_plain_scanner()
    {
        Gen<string> pieces = Gen.Elements("\"", ",", "\n", "\r\n", "\r", "x", "\"\"", "long, for the limit!", "a line, of it\n");
        Arbitrary<(string Text, int Cut)> texts = (
            from parts in pieces.ArrayOf().Resize(40)
            from cut in Gen.Choose(0, 100)
            select (string.Concat(parts), cut)).ToArbitrary();
        Check.One(Fixed.WithMaxTest(3000), Prop.ForAll(texts, sample =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(sample.Text.TrimStart('\r', '\n'));
            int cut = Math.Min(sample.Cut, bytes.Length);
            if (cut == 0)
            {
                return true;
            }
            var whole = new CsvRowScanner((byte)',', 12);
            var part = new CsvRowScanner((byte)',', 12);
            CsvRowStatus expected = whole.Scan(bytes, 0, isFinal: true);
            CsvRowStatus found = part.Scan(bytes.AsSpan(0, cut), 0, isFinal: false);
            return found == CsvRowStatus.NeedMore || (found == expected && part.FieldCount == whole.FieldCount
                && (found == CsvRowStatus.Complete ? part.Next == whole.Next : part.BrokenAt == whole.BrokenAt));
        }));
    }

    private static ReadResult Read(Stream stream, char delimiter) => ReadHelper
        .ReadAsync(RecordSet.FromCsv(stream, "table.csv", new CsvOptions { Delimiter = delimiter })).GetAwaiter().GetResult();

    private static bool Same(RandomTable table, ReadResult result)
    {
        Assert.Empty(result.Quarantine);
        Assert.Equal(table.Rows.Length, result.Table.Count);
        for (int row = 0; row < table.Rows.Length; row++)
        {
            Assert.Equal($"r{row}", result.Table.Keys.Key(row).Id);
            for (int column = 0; column < table.Width; column++)
            {
                string written = table.Rows[row][column];
                Assert.Equal(written.Length == 0 ? null : written, result.Value(row, $"c{column}"));
            }
        }
        return true;
    }

    private sealed record RandomTable(
        int Width, string[][] Rows, char Delimiter, string NewLine, bool QuotesAll, bool EndsWithNewLine, int Seed)
    {
        public byte[] Write()
        {
            CsvWriterOptions options = CsvWriterOptions.Default with
            {
                Separator = Delimiter,
                NewLine = NewLine,
                Quoting = QuotesAll ? CsvQuoting.Always : CsvQuoting.WhenNeeded,
            };
            var bytes = new MemoryStream();
            using (CsvWriter writer = CsvWriter.Create(bytes, options, leaveOpen: true))
            {
                WriteRow(writer, "id", Enumerable.Range(0, Width).Select(column => $"c{column}"));
                for (int row = 0; row < Rows.Length; row++)
                {
                    WriteRow(writer, $"r{row}", Rows[row]);
                }
            }
            byte[] written = bytes.ToArray();
            return EndsWithNewLine ? written : written[..^NewLine.Length];
        }

        private static void WriteRow(CsvWriter writer, string id, IEnumerable<string> values)
        {
            writer.WriteField(id);
            foreach (string value in values)
            {
                writer.WriteField(value);
            }
            writer.EndRecord();
        }
    }
}
