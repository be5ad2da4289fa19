using IdentityResolution.Records;
using static IdentityResolution.Tests.Records.ReadHelper;

namespace IdentityResolution.Tests.Records;

public class CsvReadingTests
{
    [Fact]
    public async Task Rows_become_records_with_the_header_as_columns()
    {
        ReadResult result = await ReadCsvAsync("id,name,city\n1,Ada,London\n2,Alan,\n");
        Assert.Equal(["people/1|name=Ada|city=London", "people/2|name=Alan"], result.Lines);
        Assert.Empty(result.Quarantine);
        Assert.Equal(new RecordIdOrigin("id", IsRowNumber: false, IsGuessed: true), result.Table.Segments[0].IdOrigin);
    }

    [Theory]
    [InlineData("id,a,b\r\n1,x,y\r\n2,z,w\r\n")]
    [InlineData("id,a,b\r1,x,y\r2,z,w\r")]
    [InlineData("id,a,b\n1,x,y\r2,z,w")]
    [InlineData("\n\r\n\rid,a,b\r\n\r\n\n1,x,y\n\r\r2,z,w\r\n\r\n")]
    [InlineData("id;a;b\n1;x;y\n2;z;w\n")]
    [InlineData("id\ta\tb\n1\tx\ty\n2\tz\tw\n")]
    [InlineData("id|a|b\n1|x|y\n2|z|w\n")]
    [InlineData("\"id\",\"a\",\"b\"\n\"1\",\"x\",\"y\"\n\"2\",\"z\",\"w\"")]
    [InlineData("\uFEFFid,a,b\n1,x,y\n2,z,w\n")]
    [InlineData(" id , a,b \n1,x,y\n2,z,w\n")]
    public async Task Line_ends_delimiters_quotes_and_marks_of_all_kinds_give_the_same_table(string text)
    {
        ReadResult result = await ReadCsvAsync(text);
        Assert.Equal(["people/1|a=x|b=y", "people/2|a=z|b=w"], result.Lines);
        Assert.Empty(result.Quarantine);
    }

    [Fact]
    public async Task Quoted_fields_keep_delimiters_line_ends_and_doubled_quotes()
    {
        ReadResult result = await ReadCsvAsync("id,a,b\n1,\"x,\r\n\"\"y\"\"\",\"\"\"\"\n2,\"\",\n");
        Assert.Equal(["people/1|a=x,\r\n\"y\"|b=\"", "people/2"], result.Lines);
    }

    [Fact]
    public async Task A_quote_inside_an_unquoted_field_is_an_ordinary_character()
    {
        ReadResult result = await ReadCsvAsync("id,size\n1,5\" pipe\n2,6\"\n");
        Assert.Equal(["people/1|size=5\" pipe", "people/2|size=6\""], result.Lines);
    }

    [Fact]
    public async Task Blanks_around_values_are_kept()
    {
        ReadResult result = await ReadCsvAsync("id,a\n1,  x \n2,\" y\"\n");
        Assert.Equal(["people/1|a=  x ", "people/2|a= y"], result.Lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n")]
    [InlineData("id,name")]
    [InlineData("id,name\n")]
    public async Task An_empty_file_or_a_header_alone_gives_no_record_and_no_error(string text)
    {
        ReadResult result = await ReadCsvAsync(text);
        Assert.Equal(0, result.Table.Count);
        Assert.Empty(result.Quarantine);
    }

    [Fact]
    public async Task Rows_are_numbered_when_no_column_holds_ids_and_bad_rows_count()
    {
        ReadResult result = await ReadCsvAsync("name,city\nAda,London\nbad\nAlan,Wilmslow\n");
        Assert.Equal(["people/1|name=Ada|city=London", "people/3|name=Alan|city=Wilmslow"], result.Lines);
        Assert.True(result.Table.Segments[0].IdOrigin.IsRowNumber);
    }

    [Fact]
    public async Task Without_a_header_columns_are_numbered_from_one()
    {
        ReadResult result = await ReadCsvAsync("7,Ada\n8,Alan\n", new CsvOptions { HasHeader = false, IdColumn = "COLUMN1", Source = "crm" });
        Assert.Equal(["crm/7|column2=Ada", "crm/8|column2=Alan"], result.Lines);
        Assert.Equal(new RecordIdOrigin("column1", IsRowNumber: false, IsGuessed: false), result.Table.Segments[0].IdOrigin);
    }

    [Fact]
    public async Task Given_column_names_stand_in_for_a_header_and_fix_the_number_of_fields()
    {
        ReadResult result = await ReadCsvAsync("7,Ada\n8\n9,Alan\n", new CsvOptions { Columns = ["id", "name"] });
        Assert.Equal(["people/7|name=Ada", "people/9|name=Alan"], result.Lines);
        Assert.Equal(["2:-:FieldCount"], result.Faults);
    }

    [Fact]
    public async Task A_column_without_a_name_is_called_by_its_place()
    {
        ReadResult result = await ReadCsvAsync(",id,name\n0,7,Ada\n");
        Assert.Equal(["people/7|column1=0|name=Ada"], result.Lines);
    }

    [Fact]
    public async Task Only_the_columns_asked_for_are_kept_beside_id_and_source()
    {
        ReadResult result = await ReadCsvAsync("id,origin,a,b\n1,crm,x,y\n2,shop,z,w\n",
            new CsvOptions { OnlyColumns = ["B", "absent"], SourceColumn = "Origin" });
        Assert.Equal(["crm/1|b=y", "shop/2|b=w"], result.Lines);
        Assert.Equal("b", Assert.Single(result.Table.Segments[0].Columns).Name);
    }

    [Fact]
    public async Task One_id_in_two_sources_is_two_records_and_an_empty_source_is_set_aside()
    {
        ReadResult result = await ReadCsvAsync("id,origin\n1,crm\n1,shop\n1,crm\n2,\n", new CsvOptions { SourceColumn = "origin" });
        Assert.Equal(["crm/1", "shop/1"], result.Lines);
        Assert.Equal(["4:id:DuplicateRecordId", "5:origin:MissingSource"], result.Faults);
    }

    [Fact]
    public async Task Two_inputs_may_share_a_source_but_not_an_id()
    {
        var options = new CsvOptions { Source = "crm" };
        ReadResult result = await ReadAsync(
            RecordSet.FromCsv(Stream("id,a\n1,x\n2,y\n"), "first.csv", options),
            RecordSet.FromCsv(Stream("id,b\n3,z\n2,w\n"), "second.csv", options));
        Assert.Equal(["crm/1|a=x", "crm/2|a=y", "crm/3|b=z"], result.Lines);
        QuarantinedRow row = Assert.Single(result.Quarantine);
        Assert.Equal(("second.csv", 3L, QuarantineReason.DuplicateRecordId), (row.Input, row.LineNumber, row.Reason));
    }

    [Fact]
    public async Task Repeated_column_names_are_refused_by_name()
    {
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(() => ReadCsvAsync("\nid,Email,x,email,X\n1,2,3,4,5\n"));
        Assert.Equal("people.csv:2: more than one column is called 'Email', 'x'; columns need names of their own (case does not count).",
            error.Message);
    }

    [Theory]
    [InlineData("number", null, "people.csv:1: there is no column 'number', which was named as the id column; the columns are: id, name.")]
    [InlineData(null, "origin", "people.csv:1: there is no column 'origin', which was named as the source column; the columns are: id, name.")]
    public async Task A_column_asked_for_but_absent_is_refused_with_those_that_exist(string? id, string? source, string message)
    {
        var options = new CsvOptions { IdColumn = id, SourceColumn = source };
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(() => ReadCsvAsync("id,name\n1,x\n", options));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('é')]
    public void A_delimiter_that_can_not_work_is_refused(char delimiter) =>
        Assert.Throws<ArgumentException>(() => RecordSet.FromCsv("x.csv", new CsvOptions { Delimiter = delimiter }));

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void A_field_limit_out_of_range_is_refused(int limit) =>
        Assert.Throws<ArgumentException>(() => RecordSet.FromCsv("x.csv", new CsvOptions { MaxFieldBytes = limit }));

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RecordTableReader.ReadAsync(
            [RecordSet.FromCsv(Stream("id\n1\n"), "x.csv")], new RecordTableBuilder(), null, null, source.Token));
    }
}
