using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Matching;

public class PairScorerTests
{
    private static readonly IdentityModel Model = new()
    {
        Fields = [new Field { Name = "name" }, new Field { Name = "place" }],
        BlockingRules = [new BlockingRule { Keys = ["place"], MaxBlockSize = 1000 }, new BlockingRule { Keys = ["name.prefix:1"], MaxBlockSize = 1000 }],
        Comparisons =
        [
            new Comparison { Field = "name", Levels = [new("exact", 0.8, 0.01), new("osa <= 1", 0.15, 0.02), new("else", 0.05, 0.97)] },
            new Comparison { Field = "place", Levels = [new("exact", 0.9, 0.1), new("else", 0.1, 0.9)] },
        ],
        PriorMatchProbability = 0.05,
        MatchProbabilityThreshold = 0.5,
    };

    [Fact]
    public void Links_are_the_candidate_pairs_at_or_above_the_threshold_whatever_the_number_of_threads()
    {
        var random = new Random(4);
        FieldTable table = TestTable.Of(
            ("name", [.. Enumerable.Range(0, 900).Select(_ => RandomValues.Name(random))]),
            ("place", [.. Enumerable.Range(0, 900).Select(_ => random.Next(9) == 0 ? null : $"p{random.Next(2)}")]));
        var compiled = new CompiledModel(Model, table);
        var candidates = CandidatePairs.Build(table, Model.BlockingRules, new PairFilter(table.Keys, false, []), new Workers(1, CancellationToken.None));
        Assert.True(candidates.ChunkCount > 1);
        var reports = new List<(int Done, int All)>();
        ScoredPairs scored = PairScorer.Score(compiled, candidates, new Workers(1, CancellationToken.None), (done, all) => reports.Add((done, all)));
        ScoredPairs parallel = PairScorer.Score(compiled, candidates, new Workers(3, CancellationToken.None), (_, _) => { });
        Assert.Equal(scored.Links, parallel.Links);
        Assert.Equal(scored.Pairs, parallel.Pairs);
        Assert.Equal(Enumerable.Range(1, candidates.ChunkCount).Select(done => (done, candidates.ChunkCount)), reports);

        var comparer = new PairComparer(compiled);
        var expected = new List<RecordLink>();
        for (int left = 0; left < table.Count; left++)
        {
            for (int right = left + 1; right < table.Count; right++)
            {
                int weight = comparer.Weigh(left, right, int.MinValue);
                if (candidates.Rules.Any(rule => rule.Share(left, right)) && MatchWeights.ToProbability(weight) >= 0.5)
                {
                    expected.Add(new RecordLink(left, right, weight, RecordLink.ByScore));
                }
            }
        }
        Assert.Equal(expected, scored.Links.OrderBy(link => link.Left).ThenBy(link => link.Right));
        Assert.NotEmpty(expected);
        Assert.Empty(scored.Below);
    }

    [Fact]
    public void A_floor_keeps_pairs_below_the_threshold_and_leaves_the_links_as_they_are()
    {
        var random = new Random(5);
        FieldTable table = TestTable.Of(
            ("name", [.. Enumerable.Range(0, 200).Select(_ => RandomValues.Name(random))]), ("place", [.. Enumerable.Range(0, 200).Select(_ => $"p{random.Next(5)}")]));
        var compiled = new CompiledModel(Model, table);
        var workers = new Workers(1, CancellationToken.None);
        var candidates = CandidatePairs.Build(table, Model.BlockingRules, new PairFilter(table.Keys, false, []), workers);
        ScoredPairs plain = PairScorer.Score(compiled, candidates, workers, (_, _) => { });
        ScoredPairs all = PairScorer.Score(compiled, candidates, workers, (_, _) => { }, int.MinValue);
        Assert.Equal(plain.Links, all.Links);
        Assert.Equal(all.Pairs, all.Links.Count + all.Below.Count);
        var comparer = new PairComparer(compiled);
        Assert.All(all.Below, pair => Assert.Equal(comparer.Weigh(pair.Left, pair.Right, int.MinValue), pair.Weight));
        int floor = MatchWeights.FromProbability(0.1);
        Assert.Equal(all.Below.Where(pair => pair.Weight >= floor), PairScorer.Score(compiled, candidates, workers, (_, _) => { }, floor).Below);
        Assert.Equal(plain.Links, PairScorer.Score(compiled, candidates, workers, (_, _) => { }, MatchWeights.FromProbability(0.99)).Links);
    }

    [Fact]
    public void Links_are_listed_in_order_of_keys_then_of_precedence()
    {
        var keys = TestTable.Keys(("shop", "1"), ("crm", "9"), ("crm", "10"));
        RecordLink[] links =
        [
            new(0, 1, 3500, RecordLink.ByScore), new(1, 2, RecordLink.RuleWeight, 1), new(0, 2, RecordLink.RuleWeight, 0), new(1, 2, RecordLink.RuleWeight, 0),
        ];
        var list = new LinkList(keys, links, [new MatchRule { Name = "first", Keys = ["a"] }, new MatchRule { Name = "second", Keys = ["b"] }]);
        Assert.Equal(
            [
                new Link(new RecordKey("crm", "10"), new RecordKey("crm", "9"), "first", 1, null),
                new Link(new RecordKey("crm", "10"), new RecordKey("crm", "9"), "second", 1, null),
                new Link(new RecordKey("crm", "10"), new RecordKey("shop", "1"), "first", 1, null),
                new Link(new RecordKey("crm", "9"), new RecordKey("shop", "1"), "score", MatchWeights.ToProbability(3500), 3.5),
            ],
            list);
        Assert.Equal(list[3], list[^1]);
        Assert.Equal(4, list.Count);
    }
}
