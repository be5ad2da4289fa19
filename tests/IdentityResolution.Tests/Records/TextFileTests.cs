using System.IO.Compression;
using System.Text;
using IdentityResolution.Records;
using static IdentityResolution.Tests.Records.ReadHelper;

namespace IdentityResolution.Tests.Records;

public sealed class TextFileTests : IDisposable
{
    private const string Csv = "id,name\n1,Zoë 名😀\n2,Ada\n";
    private readonly string _directory = Directory.CreateTempSubdirectory("records-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("utf-16", null)]
    [InlineData("utf-16BE", null)]
    [InlineData("utf-8", null)]
    [InlineData("utf-16", "utf-16")]
    [InlineData("utf-32", "utf-32")]
    public async Task A_byte_order_mark_or_an_option_says_the_encoding(string written, string? option)
    {
        var encoding = Encoding.GetEncoding(written);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Csv)];
        var options = new CsvOptions { Encoding = option is null ? null : Encoding.GetEncoding(option) };
        foreach (int size in (int[])[1, 3, 100_000])
        {
            ReadResult result = await ReadAsync(RecordSet.FromCsv(new ChunkedStream(bytes, () => size), "people.csv", options));
            Assert.Equal(["people/1|name=Zoë 名😀", "people/2|name=Ada"], result.Lines);
        }
    }

    [Fact]
    public async Task An_encoding_that_is_given_is_transcoded()
    {
        byte[] bytes = Encoding.Latin1.GetBytes("id,name\n1,Zoë\n");
        ReadResult result = await ReadAsync(RecordSet.FromCsv(new MemoryStream(bytes), "people.csv", new CsvOptions { Encoding = Encoding.Latin1 }));
        Assert.Equal(["people/1|name=Zoë"], result.Lines);
        ReadResult unread = await ReadAsync(RecordSet.FromCsv(new MemoryStream(bytes), "people.csv"));
        Assert.Equal(["2:name:InvalidEncoding"], unread.Faults);
    }

    [Fact]
    public async Task Bytes_that_the_encoding_can_not_read_are_set_aside_with_its_name()
    {
        byte[] ascii = Encoding.Latin1.GetBytes("id,name\n1,Zoë\n2,Ada\n");
        ReadResult result = await ReadAsync(RecordSet.FromCsv(new MemoryStream(ascii), "people.csv", new CsvOptions { Encoding = Encoding.ASCII }));
        Assert.Equal(["people/2|name=Ada"], result.Lines);
        Assert.Equal(["2:name:InvalidEncoding"], result.Faults);
        Assert.Equal("The bytes are not valid us-ascii.", result.Quarantine[0].Message);

        byte[] halfSurrogate = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("id,name\n1,x"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("y\n2,Ada\n")];
        result = await ReadAsync(RecordSet.FromCsv(new MemoryStream(halfSurrogate), "people.csv"));
        Assert.Equal(["people/2|name=Ada"], result.Lines);
        Assert.Equal(["2:name:InvalidEncoding"], result.Faults);
    }

    [Fact]
    public async Task Long_UTF_16_text_survives_every_buffer_boundary()
    {
        string text = "id,name\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i},a{new string('é', i % 3)}😀名\n"));
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];
        ReadResult expected = await ReadCsvAsync(text);
        Assert.Equal(30_000, expected.Table.Count);
        ReadResult result = await ReadAsync(RecordSet.FromCsv(new ChunkedStream(bytes, () => 4097), "people.csv"));
        Assert.Equal(expected.Lines, result.Lines);
    }

    [Theory]
    [InlineData("crm.csv.gz", "crm")]
    [InlineData("crm.csv", "crm")]
    [InlineData("crm.dat", "crm")]
    public async Task Gzip_is_known_by_its_first_bytes_whatever_the_name(string name, string source)
    {
        string path = Write(name, Gzip([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Csv)]));
        ReadResult result = await ReadAsync(RecordSet.FromFile(path));
        Assert.Equal([$"{source}/1|name=Zoë 名😀", $"{source}/2|name=Ada"], result.Lines);
    }

    [Fact]
    public async Task Gzip_of_several_members_is_read_to_the_end()
    {
        byte[] bytes = [.. Gzip("id,name\n1,Ada\n"u8.ToArray()), .. Gzip("2,Alan\n"u8.ToArray())];
        ReadResult result = await ReadAsync(RecordSet.FromCsv(new MemoryStream(bytes), "people.csv"));
        Assert.Equal(["people/1|name=Ada", "people/2|name=Alan"], result.Lines);
    }

    [Fact]
    public async Task Broken_gzip_is_one_clear_error()
    {
        byte[] bytes = Gzip(Encoding.UTF8.GetBytes("id,n\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * 7919}\n"))));
        ReadResult whole = await ReadAsync(RecordSet.FromCsv(new ChunkedStream(bytes, () => 1), "people.csv.gz"));
        Assert.Equal(5000, whole.Table.Count);
        byte[] flipped = [.. bytes];
        flipped[^6] ^= 1;
        foreach (byte[] broken in (byte[][])[bytes[..5], bytes[..(bytes.Length / 2)], bytes[..^9], bytes[..^8], bytes[..^1], flipped])
        {
            InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(
                () => ReadAsync(RecordSet.FromCsv(new MemoryStream(broken), "people.csv.gz")));
            Assert.Equal("people.csv.gz: the gzip data is broken or cut off.", error.Message);
        }
    }

    [Theory]
    [InlineData("a.csv", "id,x\n1,2\n")]
    [InlineData("a.tsv", "id\tx\n1\t2\n")]
    [InlineData("a.psv", "id|x\n1|2\n")]
    [InlineData("a.TXT", "id;x\n1;2\n")]
    [InlineData("a.jsonl", "{\"id\":1,\"x\":2}\n")]
    [InlineData("a.ndjson", "{\"id\":1,\"x\":2}\n")]
    [InlineData("a.json", "{\"id\":1,\"x\":2}\n")]
    [InlineData("a.data", "\n  {\"id\":1,\"x\":2}\n")]
    [InlineData("a.data", "\uFEFFid,x\n1,2\n")]
    public async Task The_format_is_told_by_the_name_or_else_by_the_first_character(string name, string text)
    {
        ReadResult result = await ReadAsync(RecordSet.FromFile(Write(name, Encoding.UTF8.GetBytes(text))));
        Assert.Equal(["a/1|x=2"], result.Lines);
    }

    [Fact]
    public async Task A_stream_of_either_format_can_be_read_with_the_options_of_a_file()
    {
        ReadResult result = await ReadAsync(
            RecordSet.FromStream(Stream("{\"k\":1,\"a\":2,\"b\":3}"), "-", "crm", "k", onlyColumns: ["a"]),
            RecordSet.FromStream(Stream("k,a,b\n2,4,5\n"), "-", "shop", "k", onlyColumns: ["b"]));
        Assert.Equal(["crm/1|a=2", "shop/2|b=5"], result.Lines);
    }

    [Fact]
    public async Task A_file_can_be_read_twice_and_a_stream_once()
    {
        RecordSet file = RecordSet.FromFile(Write("a.csv", "id\n1\n"u8.ToArray()));
        Assert.Equal((await ReadAsync(file)).Lines, (await ReadAsync(file)).Lines);
        RecordSet stream = RecordSet.FromCsv(Stream("id\n1\n"), "a");
        await ReadAsync(stream);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(stream));
    }

    [Fact]
    public async Task A_missing_file_and_a_directory_are_one_clear_error()
    {
        string path = Path.Combine(_directory, "absent", "crm.csv");
        FileNotFoundException missing = await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(RecordSet.FromCsv(path)));
        Assert.Equal($"{path}: there is no such file.", missing.Message);
        InvalidRecordException directory = await Assert.ThrowsAsync<InvalidRecordException>(() => ReadAsync(RecordSet.FromFile(_directory)));
        Assert.Equal($"{_directory}: this is a directory; a file is expected.", directory.Message);
    }

    [Fact]
    public async Task Files_are_closed_after_reading_and_after_an_error()
    {
        string path = Write("a.csv", "id,id\n1,2\n"u8.ToArray());
        await Assert.ThrowsAsync<InvalidRecordException>(() => ReadAsync(RecordSet.FromFile(path)));
        using FileStream exclusive = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(exclusive.CanWrite);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_stays_open_unless_an_option_says_otherwise(bool leaveOpen)
    {
        foreach (byte[] bytes in (byte[][])[[.. "id\n1\n"u8], Gzip([.. "id\n1\n"u8])])
        {
            var csv = new ChunkedStream(bytes, () => 100);
            await ReadAsync(RecordSet.FromCsv(csv, "a", new CsvOptions { LeaveOpen = leaveOpen }));
            Assert.Equal(!leaveOpen, csv.IsDisposed);
        }
        var ndJson = new ChunkedStream([.. "{\"id\":1}"u8], () => 100);
        await ReadAsync(RecordSet.FromNdJson(ndJson, "a", new NdJsonOptions { LeaveOpen = leaveOpen }));
        Assert.Equal(!leaveOpen, ndJson.IsDisposed);
    }

    [Theory]
    [InlineData("crm.csv", "crm")]
    [InlineData("data/crm.csv.gz", "crm")]
    [InlineData("crm.2024-01.csv", "crm.2024-01")]
    [InlineData("crm", "crm")]
    [InlineData("-", "-")]
    [InlineData(".csv", ".csv")]
    [InlineData("dir/.gz", "dir/.gz")]
    public void The_source_is_called_after_the_file(string path, string source) => Assert.Equal(source, SourceName.FromPath(path));

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
