namespace IdentityResolution.Tests.Review;

public sealed class JudgementFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task A_row_is_a_judgement_and_a_row_without_decision_is_none()
    {
        IReadOnlyList<Judgement> judgements = await ReadAsync("""
            source_l,record_id_l,source_r,record_id_r,reason,decision,judged_by,judged_at,note
            crm,1,shop,2,why,same,Ann,2026-03-01T12:00:00Z,"she moved, and married"
            crm,1,shop,3,why,,,,
            crm,4,crm,5,why,No,,,
            crm,4,crm,6,why,?,,,
            """);
        Assert.Equal(
            [
                new Judgement(new("crm", "1"), new("shop", "2"), JudgementDecision.Same) { JudgedBy = "Ann", JudgedAt = Customers.Now, Note = "she moved, and married" },
                new Judgement(new("crm", "4"), new("crm", "5"), JudgementDecision.Different),
                new Judgement(new("crm", "4"), new("crm", "6"), JudgementDecision.Unsure),
            ],
            judgements);
    }

    [Fact]
    public async Task Ndjson_is_read_as_well()
    {
        IReadOnlyList<Judgement> judgements = await ReadAsync(
            "{\"source_l\":\"crm\",\"record_id_l\":1,\"source_r\":\"shop\",\"record_id_r\":\"2\",\"match\":true}\n");
        Assert.Equal([new Judgement(new("crm", "1"), new("shop", "2"), JudgementDecision.Same)], judgements);
    }

    [Theory]
    [InlineData("source_l,record_id_l,source_r,decision\ncrm,1,shop,same", "there is no column 'record_id_r'; the columns are: source_l, record_id_l, source_r, decision.")]
    [InlineData("source_l,record_id_l,source_r,record_id_r,decision\ncrm,1,shop,2,maybe", "row 1: the decision must be same, different or unsure.")]
    [InlineData("source_l,record_id_l,source_r,record_id_r,decision\ncrm,1,shop,2,\ncrm,1,,2,same", "row 2: the column 'source_r' is empty.")]
    [InlineData("source_l,record_id_l,source_r,record_id_r,decision\ncrm,1,crm,1,same", "row 1: both records are one and the same.")]
    [InlineData("source_l,record_id_l,source_r,record_id_r,decision,judged_at\ncrm,1,shop,2,same,soon", "row 1: judged_at must be a time as in 2026-03-01T12:00:00Z.")]
    public async Task What_can_not_be_read_is_told(string text, string message)
    {
        InvalidRecordException exception = await Assert.ThrowsAsync<InvalidRecordException>(() => ReadAsync(text));
        Assert.EndsWith(message, exception.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<Judgement>> ReadAsync(string text)
    {
        await File.WriteAllTextAsync(_path, text, TestContext.Current.CancellationToken);
        return await JudgementFile.ReadAsync(_path, TestContext.Current.CancellationToken);
    }
}
