using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public sealed class ClusterFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("clusters").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("source,record_id,entity_id,orig_id\ns,1,p,x\n", "s", "1", "p")]
    [InlineData("Record_ID,Cluster\n1,p\n", "", "1", "p")]
    [InlineData("id;true_id\n1;p\n", "", "1", "p")]
    [InlineData("unique_id,first_name,source_dataset,true_id\n1,Ann,s,p\n", "s", "1", "p")]
    [InlineData("\uFEFFrecord_id,entity_id\r\n 1 , p \r\n", "", "1", "p")]
    [InlineData("record_id,entity_id\n\"a,\"\"b\",\"line\nbreak\"\n", "", "a,\"b", "line\nbreak")]
    public async Task Columns_are_found_by_their_names(string content, string source, string id, string cluster)
    {
        ClusterFile file = await ReadAsync(content);
        Assert.Equal(new ClusterMember(new RecordKey(source, id), cluster), Assert.Single(file.Members));
        Assert.Equal(source.Length > 0, file.HasSources);
    }

    [Fact]
    public async Task Named_columns_go_before_usual_ones()
    {
        ClusterFile file = await ReadAsync("id,key,entity_id,person\n1,k,p,q\n", new ClusterColumns { RecordId = "KEY", Cluster = "Person" });
        Assert.Equal(new ClusterMember(new RecordKey("", "k"), "q"), Assert.Single(file.Members));
    }

    [Fact]
    public async Task Of_files_with_and_without_sources_only_the_ids_are_taken()
    {
        string with = Write("with.csv", "source,record_id,entity_id\ns,1,p\n");
        string without = Write("without.csv", "record_id,entity_id\n2,p\n");
        ClusterFile file = await ClusterFile.ReadAsync([with, without], cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(file.HasSources);
        Assert.Equal([new RecordKey("", "1"), new RecordKey("", "2")], file.Members.Select(member => member.Record));
    }

    [Fact]
    public async Task A_record_in_two_files_is_refused()
    {
        string first = Write("1.csv", "record_id,entity_id\n1,p\n");
        string second = Write("2.csv", "record_id,entity_id\n2,p\n1,q\n");
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(() =>
            ClusterFile.ReadAsync([first, second], cancellationToken: TestContext.Current.CancellationToken));
        Assert.StartsWith($"{second}: row 2 below the header: another row has the same record id", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told() => await Assert.ThrowsAsync<FileNotFoundException>(() =>
        ClusterFile.ReadAsync([Path.Combine(_directory, "none.csv")], cancellationToken: TestContext.Current.CancellationToken));

    private string Write(string name, string content)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, content);
        return path;
    }

    private Task<ClusterFile> ReadAsync(string content, ClusterColumns? columns = null) =>
        ClusterFile.ReadAsync([Write("file.csv", content)], columns, TestContext.Current.CancellationToken);
}
