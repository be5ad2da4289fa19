using IdentityResolution.Clustering;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Clustering;

public class JudgementSetTests
{
    private static readonly RecordKeyIndex Keys = TestTable.Keys(("s", "a"), ("s", "b"), ("s", "c"), ("s", "d"), ("s", "e"));

    [Fact]
    public void The_latest_judgement_on_a_pair_counts()
    {
        Assert.Equal([(0, 1)], Pairs(Resolve(Different("a", "b", day: 1), Same("b", "a", day: 2)).Links));
        Assert.Equal([(0, 1)], Resolve(Same("a", "b", day: 1), Different("b", "a", day: 2)).Apart);
        JudgementSet withdrawn = Resolve(Same("a", "b", day: 1), Judge("a", "b", JudgementDecision.Unsure, day: 2));
        Assert.Empty(withdrawn.Links);
        Assert.Empty(withdrawn.Apart);
        Assert.Empty(withdrawn.Overruled);
        Assert.Equal([(0, 1)], withdrawn.Judged);
    }

    [Fact]
    public void Without_a_time_the_one_that_keeps_apart_counts_and_the_other_is_told()
    {
        JudgementSet judged = Resolve(Same("a", "b"), Different("a", "b"));
        Assert.Equal([(0, 1)], judged.Apart);
        Assert.Equal([Same("a", "b")], judged.Overruled);
    }

    [Fact]
    public void What_contradicts_through_others_is_overruled_by_the_later()
    {
        JudgementSet judged = Resolve(Same("a", "b", day: 1), Same("b", "c", day: 2), Different("a", "c", day: 3));
        Assert.Equal([(1, 2)], Pairs(judged.Links));
        Assert.Equal([(0, 1)], judged.Apart);
        Assert.Equal([Same("a", "b", day: 1)], judged.Overruled);
        judged = Resolve(Same("a", "b", day: 2), Same("b", "c", day: 3), Different("a", "c", day: 1));
        Assert.Equal([Different("a", "c", day: 1)], judged.Overruled);
        Assert.Empty(judged.Apart);
    }

    [Fact]
    public void Judgements_hold_by_way_of_records_that_are_not_in_the_run()
    {
        JudgementSet judged = Resolve(Same("a", "gone"), Same("gone", "c"), Different("c", "lost"), Same("lost", "d"), Same("b", "other"));
        Assert.Equal([(0, 2)], Pairs(judged.Links));
        Assert.Equal([(0, 3)], judged.Apart);
        Assert.Equal(5, judged.UnknownCount);
        Assert.Empty(judged.Judged);
    }

    [Fact]
    public void Order_does_not_matter_and_what_holds_is_free_of_contradictions() => Law.Holds(random =>
    {
        string[] ids = ["a", "b", "c", "d", "e", "gone"];
        Judgement[] judgements = [.. Enumerable.Range(0, random.Next(0, 12)).Select(_ =>
        {
            int left = random.Next(ids.Length);
            return Judge(ids[left], ids[(left + random.Next(1, ids.Length)) % ids.Length], (JudgementDecision)random.Next(3), random.Next(0, 4));
        })];
        JudgementSet judged = Resolve(judgements);
        Judgement[] shuffled = [.. judgements.Select(judgement => random.Next(2) == 0 ? judgement : judgement with { Left = judgement.Right, Right = judgement.Left })];
        random.Shuffle(shuffled);
        JudgementSet other = Resolve(shuffled);
        Assert.Equal(judged.Links.Order(Comparer<RecordLink>.Create(Compare)), other.Links.Order(Comparer<RecordLink>.Create(Compare)));
        Assert.Equal(judged.Overruled.Count, other.Overruled.Count);
        var sets = new DisjointSets(Keys.Count);
        foreach (RecordLink link in judged.Links)
        {
            sets.Union(link.Left, link.Right);
        }
        Assert.All(judged.Apart, pair => Assert.NotEqual(sets.Find(pair.Left), sets.Find(pair.Right)));
        Assert.Equal(
            judged.Apart.Select(pair => (Math.Min(First(sets, pair.Left), First(sets, pair.Right)), Math.Max(First(sets, pair.Left), First(sets, pair.Right)))).Distinct().Order(),
            other.Apart.Select(pair => (Math.Min(First(sets, pair.Left), First(sets, pair.Right)), Math.Max(First(sets, pair.Left), First(sets, pair.Right)))).Distinct().Order());
    });

    private static int First(DisjointSets sets, int record) => Enumerable.Range(0, sets.Count).First(other => sets.Find(other) == sets.Find(record));

    private static int Compare(RecordLink x, RecordLink y) => (x.Left, x.Right).CompareTo((y.Left, y.Right));

    private static IEnumerable<(int, int)> Pairs(IReadOnlyList<RecordLink> links)
    {
        Assert.All(links, link => Assert.Equal((RecordLink.ByJudgement, 1.0), (link.Rule, link.Probability)));
        return links.Select(link => (link.Left, link.Right)).Order();
    }

    private static JudgementSet Resolve(params Judgement[] judgements) => JudgementSet.Resolve(Keys, judgements);

    private static Judgement Same(string left, string right, int day = 0) => Judge(left, right, JudgementDecision.Same, day);

    private static Judgement Different(string left, string right, int day = 0) => Judge(left, right, JudgementDecision.Different, day);

    private static Judgement Judge(string left, string right, JudgementDecision decision, int day = 0) =>
        new(new RecordKey("s", left), new RecordKey("s", right), decision) { JudgedAt = day == 0 ? null : Customers.Now.AddDays(day) };
}
