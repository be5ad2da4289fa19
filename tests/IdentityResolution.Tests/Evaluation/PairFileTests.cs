using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public sealed class PairFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("record_id_l,record_id_r,match\na,b,1\n", true)]
    [InlineData("record_id_l,record_id_r,match\na,b,0\n", false)]
    [InlineData("unique_id_l,unique_id_r,clerical_match_score\na,b,0.49\n", false)]
    [InlineData("id_left,id_right,is_match\na,b,TRUE\n", true)]
    [InlineData("left,right,label\na,b,no\n", false)]
    public async Task Labels_are_read_in_their_usual_forms(string content, bool isMatch)
    {
        PairFile file = await ReadAsync(content);
        Assert.Equal(new LabelledPair(new RecordKey("", "a"), new RecordKey("", "b"), isMatch), Assert.Single(file.Pairs));
        Assert.True(file.HasLabels);
        Assert.False(file.HasSources);
    }

    [Theory]
    [InlineData("possible_match")]
    [InlineData("Possible")]
    [InlineData("unsure")]
    public async Task What_could_not_be_decided_stands_apart(string label)
    {
        PairFile file = await ReadAsync($"record_id_l,record_id_r,match\na,b,match\na,c,{label}\na,d,no_match\n");
        Assert.Equal([true, false], file.Pairs.Select(pair => pair.IsMatch));
        Assert.Equal([(new RecordKey("", "a"), new RecordKey("", "c"))], file.Possible);
    }

    [Fact]
    public async Task Without_a_label_every_pair_is_a_match()
    {
        PairFile file = await ReadAsync("source_l,record_id_l,source_r,record_id_r\ns,a,t,b\n");
        Assert.Equal(new LabelledPair(new RecordKey("s", "a"), new RecordKey("t", "b"), true), Assert.Single(file.Pairs));
        Assert.False(file.HasLabels);
        Assert.True(file.HasSources);
    }

    [Theory]
    [InlineData("record_id_l,other\na,b\n", ":1: no column is known to hold the right record id (record_id_r); the columns are: record_id_l, other.")]
    [InlineData("record_id_l,record_id_r,match\na,b,2\n", ": row 1 below the header: the column 'match' must be 1 or 0, true or false, yes or no.")]
    [InlineData("record_id_l,record_id_r,match\na,,1\n", ": row 1 below the header: the column 'record_id_r' is empty.")]
    public async Task What_can_not_be_read_is_told(string content, string expected)
    {
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(() => ReadAsync(content));
        Assert.Equal(_path + expected, error.Message);
    }

    private Task<PairFile> ReadAsync(string content)
    {
        File.WriteAllText(_path, content);
        return PairFile.ReadAsync(_path, TestContext.Current.CancellationToken);
    }
}
