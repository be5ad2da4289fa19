namespace IdentityResolution.Tests.Review;

public sealed class JudgementAppenderTests : IDisposable
{
    private const string Header = "source_l,record_id_l,source_r,record_id_r,decision,judged_by,judged_at,note";
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static readonly Judgement Ann = new(new("crm", "1"), new("shop", "2"), JudgementDecision.Same)
    {
        JudgedBy = "Ann",
        JudgedAt = Customers.Now,
        Note = "she said \"yes, both\"",
    };

    private static readonly Judgement Bob = new(new("crm", "1"), new("shop", "3,4"), JudgementDecision.Unsure);

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task What_is_added_is_read_back_and_stays_when_the_file_is_opened_again()
    {
        Add(Ann);
        Add(Bob);
        Assert.Equal([Ann, Bob], await ReadAsync());
        Assert.Equal(Header, File.ReadLines(_path).First());
    }

    [Fact]
    public async Task An_answer_is_in_the_file_before_the_next_one_comes()
    {
        using var file = JudgementAppender.Open(_path);
        file.Append(Ann);
        await using (var reader = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            using var text = new StreamReader(reader);
            Assert.Equal(2, (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        }
    }

    [Fact]
    public async Task Undo_takes_back_what_was_added_since_opening_and_no_more()
    {
        Add(Ann);
        string before = await File.ReadAllTextAsync(_path, TestContext.Current.CancellationToken);
        using (var file = JudgementAppender.Open(_path))
        {
            file.Append(Bob);
            file.Append(Bob);
            Assert.True(file.Undo());
            Assert.True(file.Undo());
            Assert.False(file.Undo());
        }
        Assert.Equal(before, await File.ReadAllTextAsync(_path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_review_list_is_gone_on_with_and_its_other_columns_stay_empty()
    {
        // The last line has no end.
        await File.WriteAllTextAsync(_path, "record_id_l,source_l,Source_R,record_id_r,kind,decision\n7,crm,shop,8,weak_link,different", TestContext.Current.CancellationToken);
        Add(Ann with { JudgedBy = null, JudgedAt = null, Note = null });
        Assert.Equal("1,crm,shop,2,,same", (await File.ReadAllLinesAsync(_path, TestContext.Current.CancellationToken))[2]);
        Assert.Equal(
            [new Judgement(new("crm", "7"), new("shop", "8"), JudgementDecision.Different), Ann with { JudgedBy = null, JudgedAt = null, Note = null }],
            await ReadAsync());
    }

    [Theory]
    [InlineData("a.csv.gz")]
    [InlineData("a.ndjson")]
    [InlineData("a.jsonl")]
    public void Answers_are_added_to_plain_CSV_only(string name)
    {
        Assert.Throws<InvalidRecordException>(() => JudgementAppender.Open(Path.Combine(Path.GetTempPath(), name)));
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), name)));
    }

    [Fact]
    public void A_file_of_something_else_is_refused_and_left_as_it_is()
    {
        File.WriteAllText(_path, "id,name\n1,Ann");
        InvalidRecordException error = Assert.Throws<InvalidRecordException>(() => JudgementAppender.Open(_path));
        Assert.Contains("there is no column 'source_l'", error.Message, StringComparison.Ordinal);
        Assert.Equal("id,name\n1,Ann", File.ReadAllText(_path));
    }

    private void Add(Judgement judgement)
    {
        using var file = JudgementAppender.Open(_path);
        file.Append(judgement);
    }

    private Task<IReadOnlyList<Judgement>> ReadAsync() => JudgementFile.ReadAsync(_path, TestContext.Current.CancellationToken);
}
