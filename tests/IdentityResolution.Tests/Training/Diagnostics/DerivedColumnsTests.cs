using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Diagnostics;

public class DerivedColumnsTests
{
    private static readonly ComparisonLevel[] Levels = [new("exact"), new("osa <= 1"), new("else")];

    [Fact]
    public void A_copy_under_another_name_counts_next_to_nothing_and_is_told()
    {
        TrainingOutcome outcome = Train(WithCopies());
        Assert.InRange(Compared(outcome, "copy").EvidenceShare!.Value, 0, 0.05);
        Assert.InRange(Compared(outcome, "login").EvidenceShare!.Value, 0, 0.2);
        Assert.All(outcome.Model.Comparisons.Where(comparison => comparison.Field is not ("copy" or "login")), comparison => Assert.Null(comparison.EvidenceShare));
        Assert.Contains(
            "Comparison 'copy' counts 0 % of its weights (evidenceShare), as it mostly repeats 'surname': they hold the same values.", outcome.Notes);
        Assert.Contains(outcome.Notes, note => note.StartsWith("Comparison 'login' counts ", StringComparison.Ordinal)
            && note.EndsWith(" of its weights (evidenceShare), as it mostly repeats 'birth': the value of 'birth' tells that of 'login'.", StringComparison.Ordinal));
    }

    [Fact]
    public void Copied_columns_make_a_model_too_sure_and_their_share_mends_that()
    {
        People people = WithCopies();
        double without = Surprise(Train(People.Create(households: 250, size: 2)).Model, people);
        double damped = Surprise(Train(people).Model, people);
        double full = Surprise(Train(people, share: 1).Model, people);
        // A bit of surprise more for each match is the price of counting twice; a share gives nearly all of it back.
        Assert.True(full > 1.2 * without, $"{full} with copies, {without} without");
        Assert.True(damped < without + (0.25 * (full - without)), $"{damped} damped, {without} without copies, {full} undamped");
    }

    [Fact]
    public void Training_keeps_a_share_that_somebody_wrote()
    {
        TrainingOutcome outcome = Train(WithCopies(), share: 1);
        Assert.All(outcome.Model.Comparisons, comparison => Assert.Equal(comparison.Field is "copy" or "login" ? 1 : null, comparison.EvidenceShare));
        Assert.DoesNotContain(outcome.Notes, note => note.Contains("evidenceShare", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Nothing_is_taken_from_comparisons_that_households_or_people_agree_on(int size) =>
        Assert.All(Train(People.Create(households: 600, size: size)).Model.Comparisons, comparison => Assert.Null(comparison.EvidenceShare));

    [Fact]
    public void A_column_that_tells_more_than_another_one_keeps_its_weight()
    {
        // Half of the time the second surname is another one than the first: no copy, and no function of it.
        People people = People.Create(households: 800, size: 1);
        var random = new Random(8);
        string?[] maiden = [.. people.Person.Select(_ => (string?)null)];
        foreach (IGrouping<int, int> person in Enumerable.Range(0, people.Count).GroupBy(record => people.Person[record]))
        {
            string own = $"{(char)('a' + random.Next(26))}{random.Next(400)}son";
            foreach (int record in person)
            {
                maiden[record] = random.Next(20) == 0 ? null : random.Next(10) == 0 ? $"x{random.Next(400)}" : own;
            }
        }
        people.Values["maiden"] = maiden;
        Assert.Null(Compared(Train(people), "maiden").EvidenceShare);
    }

    [Fact]
    public void A_share_scales_every_weight()
    {
        FieldTable table = TestTable.Of(("surname", ["lee", "kim", "lea"]));
        var comparison = new Comparison
        {
            Field = "surname",
            Levels = [new("exact", 0.8, 0.05, 0.1), new("osa <= 1", 0.1, 0.01, 0.2) { TermFrequencyWeight = 0.5 }, new("else", 0.1, 0.94, 0.7)],
            AdjustForTermFrequency = true,
            TermFrequencies = new TermFrequencyTable(0.001, new Dictionary<string, double> { ["lee"] = 0.01 }),
        };
        var whole = new CompiledComparison(comparison, table);
        var half = new CompiledComparison(comparison with { EvidenceShare = 0.5 }, table);
        Assert.Equal(whole.LevelWeights.Select(weight => (int)Math.Round(0.5 * weight)), half.LevelWeights);
        Assert.Equal(whole.LevelWeightsAgainstRelated.Select(weight => (int)Math.Round(0.5 * weight)), half.LevelWeightsAgainstRelated);
        Assert.Equal((int)Math.Round(0.5 * whole.WeightOf(0, 0, 0)), half.WeightOf(0, 0, 0));
        Assert.InRange(half.WeightOf(1, 0, 2) - (0.5 * whole.WeightOf(1, 0, 2)), -1, 1);
        Assert.All(new CompiledComparison(comparison with { EvidenceShare = 0 }, table).LevelWeights, weight => Assert.Equal(0, weight));
    }

    private static People WithCopies()
    {
        People people = People.Create(households: 250, size: 2);
        people.Values["copy"] = people.Values["surname"];
        people.Values["login"] = [.. people.Values["birth"].Select(value => value is null ? null : $"{value[(value.Length / 2)..]}.{value[..(value.Length / 2)]}")];
        return people;
    }

    private static Comparison Compared(TrainingOutcome outcome, string field) => outcome.Model.Comparisons.Single(comparison => comparison.Field == field);

    private static TrainingOutcome Train(People people, double? share = null)
    {
        FieldTable table = people.Table();
        var model = new IdentityModel
        {
            Fields = [.. people.Values.Keys.Select(name => new Field { Name = name })],
            BlockingRules = [new() { Keys = ["birth"] }, new() { Keys = ["given", "surname"] }, new() { Keys = ["street"] }],
            Comparisons = [.. people.Values.Keys.Select(name => new Comparison { Field = name, Levels = Levels, EvidenceShare = name is "copy" or "login" ? share : null })],
        };
        return ModelTrainer.Train(model, table, new PairFilter(table.Keys, linkOnly: false, []), seed: 1, new Workers(1, CancellationToken.None));
    }

    // Mean bits of surprise at the truth, over the pairs that some model could take for matches.
    private static double Surprise(IdentityModel model, People people)
    {
        var comparer = new PairComparer(new CompiledModel(model, people.Table()));
        double surprise = 0;
        for (int left = 0; left < people.Count; left++)
        {
            for (int right = left + 1; right < people.Count; right++)
            {
                double probability = MatchWeights.ToProbability(comparer.Weigh(left, right, int.MinValue));
                surprise -= Math.Log2(Math.Max(1e-12, people.Person[left] == people.Person[right] ? probability : 1 - probability));
            }
        }
        return surprise / people.Person.Distinct().Count();
    }
}
