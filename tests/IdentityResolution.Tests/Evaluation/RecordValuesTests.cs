using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public class RecordValuesTests
{
    private static readonly RecordSet[] Inputs =
    [
        RecordSet.From([SourceRecord.Create("crm", "1", ("name", "Ann"), ("Phone", "5")), SourceRecord.Create("crm", "2", ("name", "Bob"), ("Phone", null))]),
        RecordSet.From([SourceRecord.Create("shop", "7", ("phone", "6"), ("city", "Ulm"))]),
    ];

    [Fact]
    public async Task Values_are_found_by_key_over_all_inputs()
    {
        RecordValues values = await RecordValues.ReadAsync(Inputs, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["name", "Phone", "city"], values.Columns);
        Assert.Equal(["Ann", "5", null], values.Of(new("crm", "1")));
        Assert.Equal([null, "6", "Ulm"], values.Of(new("shop", "7")));
        Assert.Equal([null, null, null], values.Of(new("shop", "1")));
        Assert.True(values.Contains(new("crm", "2")));
        Assert.False(values.Contains(new("", "2")));
    }

    [Fact]
    public async Task Without_sources_ids_alone_decide_and_must_not_repeat()
    {
        RecordValues values = await RecordValues.ReadAsync(Inputs, byIdAlone: true, TestContext.Current.CancellationToken);
        Assert.Equal(["Bob", null, null], values.Of(new("", "2")));
        RecordSet[] repeated = [.. Inputs, RecordSet.From([SourceRecord.Create("web", "1", ("name", "Eve"))])];
        await Assert.ThrowsAsync<ArgumentException>(() => RecordValues.ReadAsync(repeated, byIdAlone: true, TestContext.Current.CancellationToken));
    }
}
