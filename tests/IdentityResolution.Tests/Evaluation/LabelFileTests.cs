namespace IdentityResolution.Tests.Evaluation;

public sealed class LabelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("labels-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Judged_pairs_are_labels()
    {
        TrainingLabels labels = await ReadAsync("source_l,record_id_l,source_r,record_id_r,decision\ncrm,1,shop,2,same\ncrm,1,shop,3,unsure\n");
        Assert.Equal(
            [new Judgement(new("crm", "1"), new("shop", "2"), JudgementDecision.Same), new Judgement(new("crm", "1"), new("shop", "3"), JudgementDecision.Unsure)],
            labels.Pairs);
        Assert.Empty(labels.Clusters);
    }

    [Fact]
    public async Task Pairs_may_name_no_sources()
    {
        TrainingLabels labels = await ReadAsync("record_id_l,record_id_r,match\n1,2,1\n1,3,0\n");
        Assert.Equal(
            [new Judgement(new("", "1"), new("", "2"), JudgementDecision.Same), new Judgement(new("", "1"), new("", "3"), JudgementDecision.Different)],
            labels.Pairs);
    }

    [Fact]
    public async Task True_clusters_are_labels()
    {
        TrainingLabels labels = await ReadAsync("source,record_id,true_id\ncrm,1,a\nshop,2,a\n");
        Assert.Empty(labels.Pairs);
        Assert.Equal(new Dictionary<RecordKey, string> { [new("crm", "1")] = "a", [new("shop", "2")] = "a" }, labels.Clusters);
    }

    [Fact]
    public async Task Several_files_are_read_as_one()
    {
        string pairs = Write("p.ndjson", "{\"source_l\":\"crm\",\"record_id_l\":\"1\",\"source_r\":\"shop\",\"record_id_r\":\"2\",\"decision\":\"same\"}\n");
        string clusters = Write("c.csv", "record_id,cluster_id\n1,a\n");
        TrainingLabels labels = await LabelFile.ReadAsync([pairs, clusters], TestContext.Current.CancellationToken);
        Assert.Single(labels.Pairs);
        Assert.Equal("a", labels.Clusters[new RecordKey("", "1")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("record_id,name\n1,Ann\n")]
    [InlineData("record_id_l,record_id_r,match\n1,2,perhaps\n")]
    public async Task A_file_of_something_else_is_refused(string text) =>
        await Assert.ThrowsAsync<InvalidRecordException>(() => ReadAsync(text));

    private Task<TrainingLabels> ReadAsync(string text) => LabelFile.ReadAsync(Write("labels.csv", text), TestContext.Current.CancellationToken);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
