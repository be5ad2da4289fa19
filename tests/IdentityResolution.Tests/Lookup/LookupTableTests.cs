using System.Text;
using CsvHelper;
using IdentityResolution.Identity;
using IdentityResolution.Internals;
using IdentityResolution.Lookup;
using IdentityResolution.Records;
using IdentityResolution.Tests.Identity;

namespace IdentityResolution.Tests.Lookup;

public class LookupTableTests
{
    private static readonly (string Source, string Id, int Cluster)[] Odd =
    [
        ("shop", "2", 1), ("shop", "10", 0), ("crm", "b\"b", 0), ("crm", "a,a", 2), ("crm", "line\nfeed", 3), ("crm", "\U0001F600", 4),
        ("a \"source\", with all", "1", 1), ("crm", " ", 5), ("crm", "\r", 6),
    ];

    [Fact]
    public void Rows_stand_in_order_of_source_and_id() => Assert.Equal(
        "a \"source\", with all/1|crm/\r|crm/ |crm/a,a|crm/b\"b|crm/line\nfeed|crm/\U0001F600|shop/10|shop/2",
        string.Join('|', Table(Odd).Select(row => row.Key)));

    [Fact]
    public void The_table_is_a_list_with_one_row_per_record()
    {
        LookupTable table = Table(Odd);

        Assert.Equal(Odd.Length, table.Count);
        Assert.Equal(table, Enumerable.Range(0, table.Count).Select(index => table[index]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[table.Count]);
        Assert.All(table, row => Assert.Equal(row, table.Find(row.Key)));
        Assert.Null(table.Find(new RecordKey("crm", "2")));
        Assert.Null(table.Find(new RecordKey("web", "2")));
    }

    [Fact]
    public void A_record_that_is_alone_has_neither_rule_nor_probability()
    {
        LookupTable table = Table([("crm", "1", 0), ("crm", "2", 0), ("crm", "3", 1)]);

        Assert.Equal(("email", 1.0), (table[0].MatchedBy, table[0].MatchProbability!.Value));
        Assert.Equal(string.Empty, table[2].MatchedBy);
        Assert.Null(table[2].MatchProbability);
    }

    [Fact]
    public void Csv_is_what_other_readers_expect()
    {
        LookupTable table = Table(Odd);
        using CsvReader csv = CsvReader.Create(Csv(table), new CsvReaderOptions { HasHeader = false });
        var lines = new List<string[]>();
        while (csv.Read())
        {
            lines.Add([.. Enumerable.Range(0, 5).Select(csv.GetString)]);
        }
        Assert.Equal("source,record_id,customer_id,matched_by,match_probability", string.Join(',', lines[0]));
        Assert.Equal(
            table.Select(row => (row.Key, row.EntityId, row.MatchedBy, row.MatchProbability is null ? string.Empty : "1.000000")),
            lines.Skip(1).Select(line => (new RecordKey(line[0], line[1]), line[2], line[3], line[4])));
    }

    [Fact]
    public void Csv_is_the_same_bytes_whatever_the_order_of_records()
    {
        byte[] expected = Csv(Table(Odd));
        (string, string, int)[] shuffled = [.. Odd];
        for (int seed = 0; seed < 20; seed++)
        {
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, Csv(Table(shuffled)));
        }
    }

    [Fact]
    public async Task Writing_at_once_and_writing_asynchronously_give_the_same_bytes()
    {
        LookupTable table = Table([.. Enumerable.Range(0, 20_000).Select(record => ("crm", $"record {record}", record / 3))]);
        using var output = new MemoryStream();
        await table.WriteCsvAsync(output, TestContext.Current.CancellationToken);

        Assert.True(output.Length > 512 * 1024);
        Assert.Equal(Csv(table), output.ToArray());
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(12_289)]
    public async Task Several_threads_write_the_bytes_of_one(int count)
    {
        IdentityPlan plan = Plan([.. Enumerable.Range(0, count).Select(record => ("crm", $"record {record}", record / 3))]);
        byte[] expected = Csv(new LookupTable(plan));
        var several = new LookupTable(plan, threads: 3);
        using var output = new MemoryStream();
        await several.WriteCsvAsync(output, TestContext.Current.CancellationToken);

        Assert.Equal(count + 1, expected.Count(symbol => symbol == '\n'));
        Assert.Equal(expected, Csv(several));
        Assert.Equal(expected, output.ToArray());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 7)]
    [InlineData(5, 0)]
    public async Task A_file_receives_the_bytes_behind_what_it_has(int threads, int before)
    {
        IdentityPlan plan = Plan([.. Enumerable.Range(0, 130_000).Select(record => ("crm", $"record {record}", record / 3))]);
        byte[] expected = [.. new byte[before], .. Csv(new LookupTable(plan))];
        string path = Path.GetTempFileName();
        try
        {
            foreach (int bufferSize in (int[])[0, 4096])
            {
                using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize))
                {
                    file.Write(new byte[before]);
                    await new LookupTable(plan, threads).WriteCsvAsync(file, TestContext.Current.CancellationToken);
                    Assert.Equal(expected.Length, file.Position);
                }
                Assert.Equal(expected, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
                using (FileStream file = File.Create(path, bufferSize + 1))
                {
                    file.Write(new byte[before]);
                    new LookupTable(plan, threads).WriteCsv(file);
                }
                Assert.Equal(expected, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_stream_that_fails_ends_the_writing(int threads)
    {
        var table = new LookupTable(Plan([.. Enumerable.Range(0, 100_000).Select(record => ("crm", $"record {record}", record / 3))]), threads);
        byte[] whole = Csv(table);
        using var atOnce = new FullStream(whole.Length / 2);
        using var meanwhile = new FullStream(whole.Length / 2);

        Assert.Throws<IOException>(() => table.WriteCsv(atOnce));
        await Assert.ThrowsAsync<IOException>(() => table.WriteCsvAsync(meanwhile, TestContext.Current.CancellationToken));

        foreach (FullStream stream in (FullStream[])[atOnce, meanwhile])
        {
            Assert.Equal(1, stream.Failures);
            Assert.Equal(whole[..(int)stream.Length], stream.ToArray());
        }
    }

    [Fact]
    public void An_empty_table_is_a_header() =>
        Assert.Equal("source,record_id,customer_id,matched_by,match_probability\n", Encoding.UTF8.GetString(Csv(Table([]))));

    [Fact]
    public async Task A_csv_store_of_the_same_records_holds_the_same_bytes()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("idres-table-");
        try
        {
            string path = Path.Combine(folder.FullName, "customers.csv");
            IdentityPlan plan = Plan(Odd);
            await using (var store = new CsvLookupStore(path))
            {
                await store.CommitAsync(plan.ToCommit("00"), TestContext.Current.CancellationToken);
            }
            Assert.Equal(Csv(new LookupTable(plan)), await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("csv")]
    public async Task Running_again_from_a_store_changes_nothing(string kind)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("idres-table-");
        try
        {
            await using ILookupStore store = kind == "csv" ? new CsvLookupStore(Path.Combine(folder.FullName, "c.csv")) : new InMemoryLookupStore();
            await store.CommitAsync(Plan(Odd).ToCommit("00"), TestContext.Current.CancellationToken);
            LookupState state = await store.LoadAsync(TestContext.Current.CancellationToken);
            LookupCommit again = Plan(Odd, state, "again").ToCommit("00");

            Assert.Empty(again.Rows);
            Assert.Empty(again.Entities);
            Assert.Empty(again.Changes);
            Assert.Equal(1, again.ExpectedRunCount);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Csv(LookupTable table)
    {
        using var output = new MemoryStream();
        table.WriteCsv(output);
        return output.ToArray();
    }

    private static LookupTable Table((string Source, string Id, int Cluster)[] records) => new(Plan(records));

    private static IdentityPlan Plan((string Source, string Id, int Cluster)[] records, LookupState? state = null, string run = "run")
    {
        RecordKeyIndex keys = IdentityWorld.Keys([.. records.Select(record => (record.Source, record.Id))]);
        int[] clusterOf = [.. records.Select(record => record.Cluster)];
        return IdentityReconciler.Reconcile(
            keys, clusterOf, clusterOf.Length == 0 ? 0 : clusterOf.Max() + 1, (state ?? LookupState.Empty).ToColumns("test"),
            new RunStamp(run, DateTimeOffset.UnixEpoch), IdentityWorld.EvidenceOfClusters(clusterOf));
    }

    // A disk that is full at some point.
    private sealed class FullStream(long room) : MemoryStream
    {
        public int Failures { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > room)
            {
                Failures++;
                throw new IOException("full");
            }
            base.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }
    }
}
