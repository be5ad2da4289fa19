using IdentityResolution.Records;
using static IdentityResolution.Tests.Records.ReadHelper;

namespace IdentityResolution.Tests.Records;

public class NdJsonReadingTests
{
    [Fact]
    public async Task Columns_turn_up_as_they_come_and_null_and_empty_are_missing()
    {
        ReadResult result = await ReadNdJsonAsync("""
            {"id":"1","name":"Ada"}

            {"id":2,"city":"London","name":null}
            {"id":3,"city":"","born":1815.50,"vip":true,"dead":false,"big":1e5}
            """);
        Assert.Equal(["people/1|name=Ada", "people/2|city=London", "people/3|born=1815.50|vip=true|dead=false|big=1e5"], result.Lines);
        Assert.Empty(result.Quarantine);
        Assert.Equal(new RecordIdOrigin("id", IsRowNumber: false, IsGuessed: true), result.Table.Segments[0].IdOrigin);
    }

    [Fact]
    public async Task Nested_objects_are_flattened_with_dots_and_arrays_joined()
    {
        ReadResult result = await ReadNdJsonAsync("""
            {"id":1,"address":{"city":"London","geo":{"lat":51.5}},"tags":["a","b",null,"",3]}
            {"id":2,"phones":[{"type":"home","number":"1"},{"number":"2"},{"type":"work"}],"tags":[],"grid":[[1,2],[3]]}
            """);
        Assert.Equal(
            ["people/1|address.city=London|address.geo.lat=51.5|tags=a | b | 3", "people/2|phones.type=home | work|phones.number=1 | 2|grid=1 | 2 | 3"],
            result.Lines.Select(line => line).ToArray());
    }

    [Fact]
    public async Task The_last_of_equal_properties_wins_and_case_makes_no_new_column()
    {
        ReadResult result = await ReadNdJsonAsync("""
            {"id":1,"a":"x","a":"y","b":"x","b":null,"c":["1","2"],"c":["3"],"d":"x","d":[],"e":["x"],"e":"y"}
            {"ID":2,"A":"z"}
            """);
        Assert.Equal(["people/1|a=y|c=3|e=y", "people/2|a=z"], result.Lines);
    }

    [Fact]
    public async Task Escapes_are_undone_in_values_and_names()
    {
        ReadResult result = await ReadNdJsonAsync("""{"id":"\u0031","n\u0061me":"a\"b\\\n\ud83d\ude00\t"}""");
        Assert.Equal(["people/1|name=a\"b\\\n😀\t"], result.Lines);
    }

    [Fact]
    public async Task Bad_lines_are_set_aside_with_line_column_and_reason()
    {
        ReadResult result = await ReadNdJsonAsync(
            "{\"id\":1}\nsecret\n{\"id\":2,\"a\":\n[1]\n\"secret\"\n{\"id\":3} secret\n{\"a\":{\"b\":\"\\ud800\"},\"id\":4}\n{\"x\":1}\n{\"id\":1}\n"
            + "{\"id\":5,\"long\":\"12345678901\"}\n{\"id\":5,\"long\":[\"1234\",\"5678\"]}\n{\"id\":6}",
            new NdJsonOptions { MaxFieldBytes = 10 });
        Assert.Equal(["people/1", "people/6"], result.Lines);
        Assert.Equal(
            [
                "2:-:InvalidJson", "3:-:InvalidJson", "4:-:InvalidJson", "5:-:InvalidJson", "6:-:InvalidJson", "7:a.b:InvalidEncoding",
                "8:id:MissingRecordId", "9:id:DuplicateRecordId", "10:long:FieldTooLong", "11:long:FieldTooLong",
            ],
            result.Faults);
        Assert.All(result.Quarantine, row => Assert.DoesNotContain("secret", row.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bad_line_leaves_no_column_and_no_value_behind()
    {
        ReadResult result = await ReadNdJsonAsync("{\"id\":1,\"a\":\"x\"}\n{\"id\":2,\"a\":\"y\",\"ghost\":1,\n{\"id\":3,\"a\":\"x\"}\n");
        RawColumn column = Assert.Single(result.Table.Segments[0].Columns);
        Assert.Equal(("a", 1), (column.Name, column.Values.Count));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_set_aside_with_their_column()
    {
        byte[] bytes = [.. "{\"id\":1,\"a\":{\"b\":\""u8, 0xFF, .. "\"}}\n{\"id\":2,\""u8, 0xC3, .. "\":1}\n{\"id\":3}"u8];
        ReadResult result = await ReadAsync(RecordSet.FromNdJson(new MemoryStream(bytes), "people.ndjson"));
        Assert.Equal(["people/3"], result.Lines);
        Assert.Equal(["1:a.b:InvalidEncoding", "2:-:InvalidEncoding"], result.Faults);
    }

    [Fact]
    public async Task Id_source_and_columns_can_be_named()
    {
        ReadResult result = await ReadNdJsonAsync("{\"meta\":{\"key\":\"k1\",\"src\":\"crm\"},\"a\":1,\"b\":2}\n{\"meta\":{\"key\":\"k1\",\"src\":\"shop\"},\"a\":3}\n{\"meta\":{\"key\":\"k2\"}}",
            new NdJsonOptions { IdColumn = "META.KEY", SourceColumn = "meta.src", OnlyColumns = ["A"] });
        Assert.Equal(["crm/k1|a=1", "shop/k1|a=3"], result.Lines);
        Assert.Equal(["3:meta.src:MissingSource"], result.Faults);
    }

    [Fact]
    public async Task Rows_are_numbered_when_the_first_readable_line_has_no_id()
    {
        ReadResult result = await ReadNdJsonAsync("broken\n{\"a\":\"x\"}\n\n{\"a\":\"y\",\"id\":7}\n");
        Assert.Equal(["people/2|a=x", "people/3|a=y|id=7"], result.Lines);
        Assert.True(result.Table.Segments[0].IdOrigin.IsRowNumber);
    }

    [Fact]
    public async Task An_id_property_that_no_line_has_is_refused_with_those_that_exist()
    {
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(
            () => ReadNdJsonAsync("{\"a\":1}\n{\"b\":{\"c\":2}}\n", new NdJsonOptions { IdColumn = "number" }));
        Assert.Equal("people.ndjson: there is no property 'number', which was named as the id column; the properties are: a, b.c.", error.Message);
    }

    [Fact]
    public async Task A_JSON_array_is_refused()
    {
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(() => ReadNdJsonAsync("\n [\n{\"id\":1}\n]\n"));
        Assert.Equal("people.ndjson:2: this is a JSON array; one JSON object per line (NDJSON) is expected.", error.Message);
    }

    [Fact]
    public async Task An_input_that_uses_data_as_property_names_stays_bounded()
    {
        string text = string.Join('\n', Enumerable.Range(0, TextLimits.MaxDiscoveredColumns + 10).Select(i => $"{{\"id\":{i},\"p{i}\":1}}"));
        ReadResult result = await ReadNdJsonAsync(text);
        Assert.Equal(TextLimits.MaxDiscoveredColumns - 1, result.Table.Count);
        Assert.Equal(11, result.Quarantine.Count);
        ReadResult longName = await ReadNdJsonAsync($"{{\"id\":1}}\n{{\"id\":2,\"{new string('x', 2000)}\":1}}");
        Assert.Equal(["2:-:InvalidJson"], longName.Faults);
    }

    [Fact]
    public async Task A_line_over_the_limit_is_passed_over()
    {
        string text = "{\"id\":1}\n{\"id\":2,\"a\":\"" + new string('x', 10_000_000) + "\"}\n{\"id\":3}\n";
        ReadResult result = await ReadNdJsonAsync(text);
        Assert.Equal(["people/1", "people/3"], result.Lines);
        Assert.Equal(["2:-:FieldTooLong"], result.Faults);
    }

    [Fact]
    public async Task The_table_does_not_depend_on_the_pieces_in_which_the_bytes_come()
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i =>
            i % 7 == 0 ? "broken\r\n" : $"{{\"id\":{i},\"näme\":\"Zoë {i}\",\"tags\":[1,{i % 5}]}}\n")));
        ReadResult whole = await ReadAsync(RecordSet.FromNdJson(new MemoryStream(bytes), "people.ndjson"));
        Assert.Equal(4285, whole.Table.Count);
        foreach (int size in (int[])[1, 7, 1000, 65_537])
        {
            ReadResult pieced = await ReadAsync(RecordSet.FromNdJson(new ChunkedStream(bytes, () => size), "people.ndjson"));
            Assert.Equal(whole.Lines, pieced.Lines);
            Assert.Equal(whole.Faults, pieced.Faults);
        }
    }
}
