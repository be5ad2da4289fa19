using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public sealed class ScoredPairFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("left_record_id,right_record_id,match_weight\na,b,1.5\n", 1500)]
    [InlineData("left_record_id,right_record_id,match_probability,match_weight\na,b,0.9,-2.25\n", -2250)]
    [InlineData("left_record_id,right_record_id,match_probability,match_weight\na,b,1.000000,\n", ScoredPair.RuleWeight)]
    [InlineData("unique_id_l,unique_id_r,match_probability\na,b,0.5\n", 0)]
    [InlineData("unique_id_l,unique_id_r,match_probability\na,b,0\n", -MatchWeights.Limit)]
    public async Task Weights_are_read_in_their_usual_forms(string content, int weight)
    {
        ScoredPairFile file = await ReadAsync(content);
        Assert.Equal(new ScoredPair(new("", "a"), new("", "b"), weight), Assert.Single(file.Pairs));
        Assert.False(file.HasSources);
    }

    [Fact]
    public async Task Sources_are_read()
    {
        ScoredPairFile file = await ReadAsync("left_source,left_record_id,right_source,right_record_id,match_weight\ncrm,a,shop,b,0\n");
        Assert.True(file.HasSources);
        Assert.Equal(new RecordKey("shop", "b"), file.Pairs[0].Right);
    }

    [Theory]
    [InlineData("left,right\na,b\n", ":1: no column is known to hold the match weight or probability (match_weight); the columns are: left, right.")]
    [InlineData("left,right,match_weight\na,b,x\n", ": row 1 below the header: the column 'match_weight' must be a match weight in bits.")]
    [InlineData("left,right,match_weight\na,b,\n", ": row 1 below the header: the column 'match_weight' is empty.")]
    [InlineData("left,right,match_weight\na,b,1e300\n", ": row 1 below the header: the column 'match_weight' must be a match weight in bits.")]
    [InlineData("left,right,match_probability\na,b,1.01\n", ": row 1 below the header: the column 'match_probability' must be a probability from 0 to 1.")]
    [InlineData("left,right,match_probability\na,b,NaN\n", ": row 1 below the header: the column 'match_probability' must be a probability from 0 to 1.")]
    [InlineData("left,right,match_probability\n,b,0.5\n", ": row 1 below the header: the column 'left' is empty.")]
    public async Task What_can_not_be_read_is_told(string content, string expected)
    {
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(() => ReadAsync(content));
        Assert.Equal(_path + expected, error.Message);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("no", false)]
    [InlineData("", null)]
    public async Task Judgements_of_a_sample_are_read(string match, bool? expected)
    {
        File.WriteAllText(_path, $"match,left_source,left_record_id,right_source,right_record_id,stratum,stratum_pairs\n{match},a,1,b,2,3,40\n");
        SampleFile file = await SampleFile.ReadAsync(_path, TestContext.Current.CancellationToken);
        Assert.Equal(new SampleLabel(new("a", "1"), new("b", "2"), 3, 40, expected), Assert.Single(file.Labels));
    }

    [Theory]
    [InlineData("left,right,stratum,stratum_pairs\na,b,1,2\n", ":1: no column is known to hold the judgement (match); the columns are: left, right, stratum, stratum_pairs.")]
    [InlineData("left,right,match\na,b,1\n", ":1: no column is known to hold the stratum; the columns are: left, right, match.")]
    [InlineData("left,right,match,stratum,stratum_pairs\na,b,1,0,2\n", ": row 1 below the header: the column 'stratum' must be a whole number of at least 1.")]
    [InlineData("left,right,match,stratum,stratum_pairs\na,b,1,1,x\n", ": row 1 below the header: the column 'stratum_pairs' must be a whole number of at least 1.")]
    [InlineData("left,right,match,stratum,stratum_pairs\na,b,perhaps,1,2\n", ": row 1 below the header: the column 'match' must be 1 or 0, true or false, yes or no.")]
    public async Task A_sample_that_can_not_be_read_is_told(string content, string expected)
    {
        File.WriteAllText(_path, content);
        InvalidRecordException error = await Assert.ThrowsAsync<InvalidRecordException>(() => SampleFile.ReadAsync(_path, TestContext.Current.CancellationToken));
        Assert.Equal(_path + expected, error.Message);
    }

    private Task<ScoredPairFile> ReadAsync(string content)
    {
        File.WriteAllText(_path, content);
        return ScoredPairFile.ReadAsync(_path, TestContext.Current.CancellationToken);
    }
}
