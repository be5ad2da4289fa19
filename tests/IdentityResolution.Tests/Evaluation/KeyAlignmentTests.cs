using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public sealed class KeyAlignmentTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("alignment").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Keys_stay_as_they_are_when_both_sides_know_a_source()
    {
        ClusterFile predicted = await ReadAsync("source,record_id,customer_id\ncrm,1,C\nshop,1,C\n");
        var alignment = KeyAlignment.Create(predicted, truthHasSources: true, ["crm", "web"]);
        Assert.False(alignment.IsByIdAlone);
        Assert.Equal(new RecordKey("web", "1"), alignment.Map(new RecordKey("web", "1")));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "export")]
    public async Task A_record_is_recognized_by_its_id_when_the_sources_say_nothing(bool hasSources, string source)
    {
        ClusterFile predicted = await ReadAsync("source,record_id,customer_id\ncrm,1,C\nshop,2,C\n");
        var alignment = KeyAlignment.Create(predicted, hasSources, [source]);
        Assert.True(alignment.IsByIdAlone);
        Assert.Equal(new RecordKey("shop", "2"), alignment.Map(new RecordKey(source, "2")));
        Assert.Equal(new RecordKey(source, "3"), alignment.Map(new RecordKey(source, "3")));
    }

    [Fact]
    public async Task Ids_that_repeat_between_sources_can_not_stand_alone()
    {
        ClusterFile predicted = await ReadAsync("source,record_id,customer_id\ncrm,1,C\nshop,1,C\n");
        Assert.Throws<ArgumentException>("predicted", () => KeyAlignment.Create(predicted, truthHasSources: false, [""]));
    }

    private async Task<ClusterFile> ReadAsync(string content)
    {
        string path = Path.Combine(_directory, "lookup.csv");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return await ClusterFile.ReadAsync([path], cancellationToken: TestContext.Current.CancellationToken);
    }
}
