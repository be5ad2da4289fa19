using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Records;

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

    // Broken rows as well: every chunking must find the same records and the same faults.
    [Fact]
    public void Records_and_faults_of_any_bytes_do_not_depend_on_the_pieces_either()
    {
        Gen<string> pieces = Gen.Elements("\"", ",", "\n", "\r", "\r\n", "x", "yy", "\"\"", "long enough for the limit");
        Arbitrary<(string Text, int Size)> texts = (
            from parts in pieces.ArrayOf().Resize(40)
            from size in Gen.Choose(1, 9)
            select (string.Concat(parts), size)).ToArbitrary();
        var options = new CsvOptions { Delimiter = ',', MaxFieldBytes = 20, Columns = ["a", "b"] };
        Check.One(Fixed, Prop.ForAll(texts, sample =>
        {
            // A long tail makes the window go on past its first fill.
            byte[] bytes = Encoding.UTF8.GetBytes(sample.Text + "\n" + string.Concat(Enumerable.Repeat("p,q\n", 20_000)) + sample.Text);
            ReadResult whole = ReadHelper.ReadAsync(RecordSet.FromCsv(new MemoryStream(bytes), "x", options)).GetAwaiter().GetResult();
            ReadResult pieced = ReadHelper.ReadAsync(RecordSet.FromCsv(new ChunkedStream(bytes, () => (sample.Size * 7919) + 1), "x", options))
                .GetAwaiter().GetResult();
            return whole.Lines.SequenceEqual(pieced.Lines) && whole.Faults.SequenceEqual(pieced.Faults);
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
            var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = Delimiter.ToString(),
                NewLine = NewLine,
            };
            if (QuotesAll)
            {
                configuration.ShouldQuote = _ => true;
            }
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            using (var writer = new CsvWriter(text, configuration))
            {
                WriteRow(writer, "id", Enumerable.Range(0, Width).Select(column => $"c{column}"));
                for (int row = 0; row < Rows.Length; row++)
                {
                    WriteRow(writer, $"r{row}", Rows[row]);
                }
            }
            string written = text.ToString();
            return Encoding.UTF8.GetBytes(EndsWithNewLine ? written : written[..^NewLine.Length]);
        }

        private static void WriteRow(CsvWriter writer, string id, IEnumerable<string> values)
        {
            writer.WriteField(id);
            foreach (string value in values)
            {
                writer.WriteField(value);
            }
            writer.NextRecord();
        }
    }
}
