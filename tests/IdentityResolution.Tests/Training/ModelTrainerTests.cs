using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class ModelTrainerTests
{
    private static readonly ComparisonLevel[] Levels = [new("exact"), new("osa <= 1"), new("else")];

    [Fact]
    public void What_made_the_records_is_found_again()
    {
        People people = People.Create(households: 1500, size: 1);
        IdentityModel trained = Train(Model(tellRelatives: false), people.Table()).Model;
        Assert.True(trained.IsTrained);
        Assert.Null(trained.PriorRelatedProbability);
        double possible = people.Count * (people.Count - 1) / 2.0;
        Assert.InRange(trained.PriorMatchProbability * possible, 1500 * 0.9, 1500 * 1.1);
        foreach (Comparison comparison in trained.Comparisons)
        {
            (double[] m, double[] u) = Observe(people, comparison.Field);
            for (int level = 0; level < 3; level++)
            {
                Assert.InRange(comparison.Levels[level].MProbability!.Value, m[level] - 0.04, m[level] + 0.04);
            }
            Assert.InRange(comparison.Levels[0].UProbability!.Value, u[0] * 0.85, u[0] * 1.15);
            Assert.InRange(comparison.Levels[2].UProbability!.Value, u[2] - 0.005, u[2] + 0.005);
            Assert.Equal(1, comparison.Levels.Sum(level => level.MProbability!.Value), 4);
            Assert.Equal(1, comparison.Levels.Sum(level => level.UProbability!.Value), 4);
        }
    }

    [Fact]
    public void Relatives_are_found_where_there_are_households()
    {
        People people = People.Create(households: 500, size: 3);
        IdentityModel trained = Train(Model(tellRelatives: true), people.Table()).Model;
        double possible = people.Count * (people.Count - 1) / 2.0;
        Assert.InRange(trained.PriorMatchProbability * possible, 1500 * 0.85, 1500 * 1.15);
        // Three people with two records each make 12 pairs of relatives.
        Assert.InRange(trained.PriorRelatedProbability!.Value * possible, 6000 * 0.7, 6000 * 1.3);
        Comparison surname = trained.Comparisons.Single(comparison => comparison.Field == "surname");
        Comparison given = trained.Comparisons.Single(comparison => comparison.Field == "given");
        Assert.True(surname.Levels[0].RProbability > 0.6);
        Assert.True(given.Levels[0].RProbability < 0.05);
        Assert.True(surname.Levels[0].Weight > 4000);
        Assert.True(surname.Levels[0].WeightAgainstRelated < 800);
    }

    [Fact]
    public void No_relatives_are_found_where_everybody_lives_alone()
    {
        TrainingOutcome outcome = Train(Model(tellRelatives: true), People.Create(households: 1500, size: 1).Table());
        Assert.Null(outcome.Model.PriorRelatedProbability);
        Assert.All(outcome.Model.Comparisons, comparison => Assert.All(comparison.Levels, level => Assert.Null(level.RProbability)));
        Assert.DoesNotContain(outcome.Notes, note => note.Contains("related", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public void Order_of_records_and_threads_do_not_matter(bool tellRelatives, int size)
    {
        People people = People.Create(households: 240, size: size);
        int[] order = [.. Enumerable.Range(0, people.Count)];
        new Random(9).Shuffle(order);
        TrainingOutcome one = Train(Model(tellRelatives), people.Table());
        TrainingOutcome other = Train(Model(tellRelatives), people.Table(order), threads: 3);
        Assert.Equal(one.Model.ToJson(), other.Model.ToJson());
        Assert.Equal(one.Notes, other.Notes);
    }

    [Fact]
    public void How_often_names_are_swapped_is_learned_for_the_right_swap()
    {
        People people = People.Create(households: 1500, size: 1, swapped: 0.06);
        IdentityModel model = Model(tellRelatives: false) with
        {
            Fields = [.. Model(false).Fields, new Field { Name = "nickname" }, new Field { Name = "maiden" }],
            Swaps = [new FieldSwap("nickname", "maiden", 0.02), new FieldSwap("given", "surname")],
        };
        people.Values["nickname"] = new string?[people.Count];
        people.Values["maiden"] = new string?[people.Count];
        IReadOnlyList<FieldSwap> swaps = Train(model, people.Table()).Model.Swaps;
        Assert.Equal(new FieldSwap("nickname", "maiden", 0.02), swaps[0]);
        // One of two records swapped: 2 x 0.06 of the pairs, less those that damage hides.
        Assert.InRange(swaps[1].SwapProbability, 0.06, 0.12);
    }

    [Fact]
    public void Only_pairs_that_may_match_are_looked_at()
    {
        People people = People.Create(households: 600, size: 1);
        FieldTable table = people.Table();
        var filter = new PairFilter(table.Keys, linkOnly: true, []);
        IdentityModel trained = ModelTrainer.Train(Model(false), table, filter, 1, new Workers(1, CancellationToken.None)).Model;
        int across = 0;
        foreach (IGrouping<int, int> person in Enumerable.Range(0, people.Count).GroupBy(record => people.Person[record]))
        {
            int[] records = [.. person];
            across += filter.Allows(records[0], records[1]) ? 1 : 0;
        }
        Assert.InRange(trained.PriorMatchProbability * filter.PossiblePairs, across * 0.8, across * 1.2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Hardly_any_records_train_a_valid_model_and_a_word_of_warning(int count)
    {
        FieldTable table = TestTable.Of([.. new[] { "given", "surname", "birth", "street" }.Select(name => (name, Enumerable.Repeat((string?)"x", count).ToArray()))]);
        TrainingOutcome outcome = Train(Model(tellRelatives: true), table);
        Assert.Empty(ModelValidator.Validate(outcome.Model));
        Assert.True(outcome.Model.IsTrained);
        Assert.Contains(outcome.Notes, note => note.EndsWith("saw too few likely matches to learn from; its m stays near the default.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trained_model_reads_back_the_same()
    {
        IdentityModel trained = Train(Model(tellRelatives: true), People.Create(households: 200, size: 3).Table()).Model;
        Assert.Equal(trained.ToJson(), IdentityModel.Parse(trained.ToJson()).ToJson());
    }

    [Fact]
    public void What_a_model_knew_before_is_replaced()
    {
        FieldTable table = People.Create(households: 200, size: 1).Table();
        IdentityModel trained = Train(Model(false), table).Model;
        Assert.Equal(trained.ToJson(), Train(trained, table).Model.ToJson());
    }

    private static IdentityModel Model(bool tellRelatives)
    {
        (string Name, FieldKind Kind)[] fields =
            [("given", FieldKind.GivenName), ("surname", FieldKind.Surname), ("birth", FieldKind.BirthDate), ("street", tellRelatives ? FieldKind.StreetAddress : FieldKind.Text)];
        return new IdentityModel
        {
            Fields = [.. fields.Select(field => new Field { Name = field.Name, Kind = field.Kind })],
            BlockingRules = [new() { Keys = ["birth"] }, new() { Keys = ["given", "surname"] }, new() { Keys = ["street"] }, new() { Keys = ["surname", "street"] }],
            Comparisons = [.. fields.Select(field => new Comparison { Field = field.Name, Levels = Levels, AdjustForTermFrequency = field.Name == "surname" })],
        };
    }

    private static TrainingOutcome Train(IdentityModel model, FieldTable table, int threads = 1) =>
        ModelTrainer.Train(model, table, new PairFilter(table.Keys, model.LinkOnly, []), seed: 1, new Workers(threads, CancellationToken.None));

    // Shares of the levels among all matching and all other pairs in which both values are present.
    private static (double[] M, double[] U) Observe(People people, string field)
    {
        string?[] values = people.Values[field];
        var m = new double[3];
        var u = new double[3];
        for (int left = 0; left < people.Count; left++)
        {
            for (int right = left + 1; right < people.Count; right++)
            {
                if (values[left] is { } a && values[right] is { } b)
                {
                    int level = a == b ? 0 : a[..3] == b[..3] && a[4..] == b[4..] ? 1 : 2;
                    (people.Person[left] == people.Person[right] ? m : u)[level]++;
                }
            }
        }
        return ([.. m.Select(count => count / m.Sum())], [.. u.Select(count => count / u.Sum())]);
    }
}
