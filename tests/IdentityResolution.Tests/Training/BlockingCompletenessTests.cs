using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class BlockingCompletenessTests
{
    private static readonly Workers OneThread = new(1, CancellationToken.None);
    private static readonly ComparisonLevel[] Levels = [new("exact"), new("osa <= 1"), new("else")];

    [Theory]
    [InlineData(0.04, "birth", "given+surname", "street")]
    [InlineData(0.06, "birth", "given+surname")]
    [InlineData(0.06, "given", "street")]
    public void The_estimate_without_labels_is_close_to_the_truth(double error, params string[] rules)
    {
        People people = People.Create(households: 1500, size: 1);
        FieldTable table = people.Table();
        var filter = new PairFilter(table.Keys, linkOnly: false, []);
        IdentityModel model = ModelTrainer.Train(Model(rules), table, filter, seed: 1, OneThread).Model;
        var truth = Enumerable.Range(0, people.Count).ToDictionary(table.Keys.Key, record => $"p{people.Person[record]}");
        var candidates = CandidatePairs.Build(table, model.BlockingRules, filter, OneThread);
        BlockingReport counted = BlockingReporter.Count(model, table, candidates, new BlockingReportOptions { Truth = truth }, OneThread);
        BlockingReport report = BlockingCompleteness.Estimate(counted, table, candidates, seed: 1, OneThread);
        Assert.InRange(report.EstimatedPairCompleteness!.Value, report.PairCompleteness!.Value - error, report.PairCompleteness.Value + error);
        foreach (BlockingRuleReport rule in report.Rules)
        {
            Assert.InRange(rule.EstimatedMatches!.Value, rule.TruePairs!.Value * 0.9, rule.TruePairs.Value * 1.1);
        }
    }

    [Fact]
    public void A_match_is_as_likely_as_the_sum_of_weights_says()
    {
        IdentityModel model = Model(["birth"]) with
        {
            PriorMatchProbability = 0.01,
            Comparisons = [new Comparison { Field = "birth", Levels = [new("exact", 0.9, 0.01), new("else", 0.1, 0.99)] }],
        };
        Assert.Equal(0.009 / (0.009 + (0.99 * 0.01)), BlockingCompleteness.MatchProbability(model, [0]), 12);
        Assert.Equal(0.01, BlockingCompleteness.MatchProbability(model, [15]), 12);
    }

    private static IdentityModel Model(string[] rules) => new()
    {
        Fields = [.. new[] { "given", "surname", "birth", "street" }.Select(name => new Field { Name = name })],
        BlockingRules = [.. rules.Select(rule => new BlockingRule { Keys = rule.Split('+') })],
        Comparisons = [.. new[] { "given", "surname", "birth", "street" }.Select(name => new Comparison { Field = name, Levels = Levels })],
    };
}
