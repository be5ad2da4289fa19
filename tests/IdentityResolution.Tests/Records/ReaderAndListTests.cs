using System.Data;
using System.Runtime.CompilerServices;
using IdentityResolution.Records;
using static IdentityResolution.Tests.Records.ReadHelper;

namespace IdentityResolution.Tests.Records;

public class ReaderAndListTests
{
    private static readonly int[] Numbers = [1, 2];

    [Fact]
    public async Task The_rows_of_a_reader_become_records_in_invariant_text()
    {
        using DataTable table = NewTable(
            ("Number", typeof(int)), ("Name", typeof(string)), ("Born", typeof(DateTime)), ("Seen", typeof(DateTimeOffset)),
            ("Vip", typeof(bool)), ("Key", typeof(Guid)), ("Hash", typeof(byte[])), ("Price", typeof(decimal)), ("Ratio", typeof(double)),
            ("Day", typeof(DateOnly)), ("At", typeof(TimeOnly)), ("Took", typeof(TimeSpan)), ("Sign", typeof(char)));
        table.Columns["Born"]!.DateTimeMode = DataSetDateTime.Utc;
        table.Rows.Add(1, "Zoë", new DateTime(1815, 12, 10, 0, 0, 0, DateTimeKind.Unspecified),
            new DateTimeOffset(2024, 2, 29, 13, 5, 6, 250, TimeSpan.FromHours(2)), true, new Guid("00112233-4455-6677-8899-aabbccddeeff"),
            new byte[] { 0, 255 }, 1234.50m, -0.5, new DateOnly(2024, 1, 2), new TimeOnly(3, 4, 5), TimeSpan.FromMinutes(90), 'x');
        table.Rows.Add(2, "", new DateTime(2024, 2, 29, 13, 5, 6, DateTimeKind.Utc), DBNull.Value, DBNull.Value);
        ReadResult result = await ReadAsync(RecordSet.FromReader(table.CreateDataReader(), "crm", "NUMBER"));
        Assert.Equal(
            [
                "crm/1|Name=Zoë|Born=1815-12-10|Seen=2024-02-29T13:05:06.25+02:00|Vip=true|Key=00112233-4455-6677-8899-aabbccddeeff|Hash=00ff"
                    + "|Price=1234.50|Ratio=-0.5|Day=2024-01-02|At=03:04:05|Took=01:30:00|Sign=x",
                "crm/2|Born=2024-02-29T13:05:06Z",
            ],
            result.Lines);
        Assert.Equal(new RecordIdOrigin("Number", IsRowNumber: false, IsGuessed: false), result.Table.Segments[0].IdOrigin);
    }

    [Fact]
    public async Task Bad_rows_of_a_reader_are_set_aside_with_row_number_and_column()
    {
        using DataTable table = NewTable(("id", typeof(string)), ("origin", typeof(string)), ("a", typeof(string)));
        table.Rows.Add("1", "crm", "x");
        table.Rows.Add(DBNull.Value, "crm", "x");
        table.Rows.Add("1", "crm", "x");
        table.Rows.Add("1", DBNull.Value, "x");
        table.Rows.Add("2", "shop", "\ud800");
        table.Rows.Add("3", "shop", new string('x', TextLimits.DefaultMaxFieldBytes + 1));
        table.Rows.Add("1", "shop", "y");
        table.Rows.Add("4", "shop", new string('x', TextLimits.DefaultMaxFieldBytes) + "😀😀");
        ReadResult result = await ReadAsync(RecordSet.FromReader(table.CreateDataReader(), "all", "id", "SELECT ...", "origin"));
        Assert.Equal(["crm/1|a=x", "shop/1|a=y"], result.Lines);
        Assert.Equal(
            ["2:id:MissingRecordId", "3:id:DuplicateRecordId", "4:origin:MissingSource", "5:a:InvalidEncoding", "6:a:FieldTooLong", "8:a:FieldTooLong"],
            result.Faults);
        Assert.All(result.Quarantine, row => Assert.Equal("SELECT ...", row.Input));
    }

    [Fact]
    public async Task A_reader_without_the_id_column_is_refused_with_the_columns_it_has()
    {
        using DataTable table = NewTable(("a", typeof(string)), ("b", typeof(string)));
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(
            () => ReadAsync(RecordSet.FromReader(table.CreateDataReader(), "crm", "id")));
        Assert.Equal("crm: there is no column 'id', which was named as the id column; the columns are: a, b.", error.Message);
    }

    [Fact]
    public async Task Records_of_a_list_keep_their_own_source()
    {
        ReadResult result = await ReadAsync(RecordSet.From(
            [
                SourceRecord.Create("crm", "1", ("name", "Zoë 😀"), ("city", null)),
                SourceRecord.Create("records", "2", ("city", "London"), ("name", "")),
                SourceRecord.Create("", "3"),
            ]));
        Assert.Equal(["crm/1|name=Zoë 😀", "records/2|city=London", "records/3"], result.Lines);
        Assert.False(result.Table.Segments[0].IdOrigin.IsRowNumber);
    }

    [Fact]
    public async Task Bad_records_of_a_list_are_set_aside_with_their_place()
    {
        ReadResult result = await ReadAsync(RecordSet.From(
            [
                default(RecordKey) is var none ? new SourceRecord(none, new Dictionary<string, string?>(StringComparer.Ordinal)) : null!,
                SourceRecord.Create("crm", "1", ("a", "\udc00")),
                SourceRecord.Create("crm", "1", ("a", "x")),
                SourceRecord.Create("crm", "1", ("a", "y")),
                SourceRecord.Create("crm", "2", ("a", new string('é', TextLimits.DefaultMaxFieldBytes))),
            ],
            name: "list"));
        Assert.Equal(["crm/1|a=x"], result.Lines);
        Assert.Equal(["1:-:MissingRecordId", "2:a:InvalidEncoding", "4:-:DuplicateRecordId", "5:a:FieldTooLong"], result.Faults);
    }

    [Fact]
    public async Task Records_can_be_produced_asynchronously()
    {
        ReadResult result = await ReadAsync(RecordSet.From(Produce(TestContext.Current.CancellationToken)));
        Assert.Equal(["crm/1|a=1", "crm/2|a=2"], result.Lines);
    }

    private static async IAsyncEnumerable<SourceRecord> Produce([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (int i in Numbers)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return SourceRecord.Create("crm", $"{i}", ("a", $"{i}"));
        }
    }

    private static DataTable NewTable(params (string Name, Type Type)[] columns)
    {
        var table = new DataTable();
        foreach ((string name, Type type) in columns)
        {
            table.Columns.Add(name, type);
        }
        return table;
    }
}
