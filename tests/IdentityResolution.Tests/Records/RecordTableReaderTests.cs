using IdentityResolution.Records;
using static IdentityResolution.Tests.Records.ReadHelper;

namespace IdentityResolution.Tests.Records;

public class RecordTableReaderTests
{
    [Fact]
    public async Task Reading_stops_as_soon_as_more_rows_than_allowed_are_in_quarantine()
    {
        var builder = new RecordTableBuilder();
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(() => Read(builder, 2));
        Assert.Equal("b.csv:3: more than 2 rows can't be read; the last one: column 'a': A quote is opened and never closed; "
            + "the next line is read as a new row.", error.Message);
        Assert.Equal(("b.csv", 3L), (error.Input, error.LineNumber));
        Assert.Equal(3, builder.Quarantine.Count);
        Assert.Equal(1, (await Read(new RecordTableBuilder(), 3)).Segments[0].Count);
        await Assert.ThrowsAsync<InvalidRecordException>(() => Read(new RecordTableBuilder(), 0));
    }

    [Fact]
    public async Task Progress_counts_the_records_of_all_inputs()
    {
        var seen = new Listener();
        string text = "id\n" + string.Concat(Enumerable.Range(0, 70_000).Select(i => $"{i}\n"));
        await RecordTableReader.ReadAsync(
            [RecordSet.FromCsv(Stream(text), "a.csv"), RecordSet.FromNdJson(Stream("{\"id\":1}"), "b.ndjson"), RecordSet.From([SourceRecord.Create("c", "1")])],
            new RecordTableBuilder(), null, seen, TestContext.Current.CancellationToken);
        Assert.Equal([65_536, 70_000, 70_001, 70_002], seen.Done);
    }

    private static Task<RecordTable> Read(RecordTableBuilder builder, long limit) => RecordTableReader.ReadAsync(
        [RecordSet.FromCsv(Stream("id,a\n1,x\n2\n"), "a.csv"), RecordSet.FromCsv(Stream("id,a\n3\n4,\"x\n5,x\n"), "b.csv")],
        builder, limit, null, TestContext.Current.CancellationToken);

    private sealed class Listener : IProgress<ResolutionProgress>
    {
        public List<long> Done { get; } = [];

        public void Report(ResolutionProgress value)
        {
            Assert.Equal(("read", null, "records"), (value.Stage, value.Total, value.Unit));
            Done.Add(value.Done);
        }
    }
}
