namespace IdentityResolution.PostgreSql.Tests.Capture;

/// <summary>Change capture against a real server: what is asked of it one by one.</summary>
[Collection(PostgreSqlTests.Name)]
public class PostgreSqlChangeCaptureTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Rows_that_stand_there_and_changes_that_follow_become_records()
    {
        await using CaptureBench bench = await CaptureBench.CreateAsync(server);
        await bench.SqlAsync("CREATE TABLE crm (id int PRIMARY KEY, mail text, name text); INSERT INTO crm VALUES (1, 'a@x', 'Ann'), (2, 'b@x', NULL)");
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, CaptureBench.MailModel(), CaptureBench.LiveOptions);
        await using CaptureRun run = bench.Start(bench.Options("s1", new CaptureTable("public", "crm", "crm")), index, store);
        await run.CaughtUpAsync();
        Assert.Equal(2, index.Count);
        Assert.NotEqual(index.Find(new("crm", "1")), index.Find(new("crm", "2")));
        await bench.SqlAsync("UPDATE crm SET mail = 'a@x' WHERE id = 2; INSERT INTO crm VALUES (3, 'c@x', 'Cid'), (4, 'a@x', 'Ann'); DELETE FROM crm WHERE id = 3");
        await run.CaughtUpAsync();
        Assert.Equal(3, index.Count);
        Assert.Equal(index.Find(new("crm", "1")), index.Find(new("crm", "2")));
        Assert.Equal(index.Find(new("crm", "1")), index.Find(new("crm", "4")));
        Assert.Null(index.Find(new("crm", "3")));
        SourceRecord? record = await store.FindRecordAsync(new("crm", "2"), TestContext.Current.CancellationToken);
        Assert.Equal([("id", "2"), ("mail", "a@x"), ("name", null)], record!.Values.OrderBy(value => value.Key).Select(value => (value.Key, value.Value)));
        Assert.Empty(run.Errors);
        await run.StopAsync();
    }
}
