using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class ComparedPairsTests
{
    [Fact]
    public void Kept_levels_weigh_as_the_pairs_themselves_do()
    {
        People people = People.Create(households: 60, size: 2);
        FieldTable table = people.Table();
        var workers = new Workers(2, CancellationToken.None);
        var filter = new PairFilter(table.Keys, false, []);
        IdentityModel model = ModelTrainer.Train(
            new IdentityModelBuilder()
                .Field("given", FieldKind.GivenName).Field("surname", FieldKind.Surname).Field("birth", FieldKind.Text).Field("street", FieldKind.Text)
                .BlockOn("surname").BlockOn("given").BlockOn("birth")
                .Compare("given").Compare("surname").Compare("birth").Compare("street")
                .Build(),
            table, filter, 1, workers).Model;
        var compiled = new CompiledModel(model with { MatchProbabilityThreshold = 1e-9 }, table);
        ComparedPairs pairs = ComparedPairs.Collect(compiled, CandidatePairs.Build(table, model.BlockingRules, filter, workers), workers);
        Assert.NotEmpty(pairs.Links);

        IdentityModel other = model with
        {
            PriorMatchProbability = 0.01,
            Comparisons = [.. model.Comparisons.Select(comparison => comparison with
            {
                Levels = [.. comparison.Levels.Select((level, i) => level with { MProbability = 1.0 / (i + 2) })],
            })],
        };
        var comparer = new PairComparer(new CompiledModel(other, table));
        Assert.Equal(
            pairs.Links.Select(link => comparer.Weigh(link.Left, link.Right, int.MinValue)),
            pairs.Weigh(new CompiledModel(other, table, compiled)).Select(link => link.Weight));
    }
}
