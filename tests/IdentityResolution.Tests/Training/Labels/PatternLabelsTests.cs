using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Labels;

public class PatternLabelsTests
{
    private static readonly People Everybody = People.Create(households: 300, size: 1);
    private static readonly FieldTable Table = Everybody.Table();

    [Fact]
    public void Too_few_labels_of_one_kind_change_nothing()
    {
        PairLabel[] labels = [.. Labels(count: 500, answer: isMatch => isMatch).Where(label => !label.IsMatch), .. Labels(500, isMatch => isMatch).Where(label => label.IsMatch).Take(7)];
        Assert.Equal(Train(null).Model.ToJson(), Train(labels).Model.ToJson());
    }

    [Fact]
    public void Labels_of_candidates_that_were_drawn_blindly_leave_a_good_model_nearly_as_it_is()
    {
        IdentityModel without = Train(null).Model;
        IdentityModel with = Train(Candidates(400)).Model;
        Assert.All(Ms(without).Zip(Ms(with)), pair => Assert.InRange(pair.Second, pair.First - 0.1, pair.First + 0.1));
    }

    [Fact]
    public void Labels_move_m_towards_what_they_tell_of_their_patterns()
    {
        // Who differs in the birth date is another person, says the teacher: then matches always agree on it.
        double without = BirthExact(Train(null).Model);
        PairLabel[] strict = [.. Labels(3000, isMatch => isMatch).Select(label => label with { IsMatch = label.IsMatch && SameBirth(label) })];
        double with = BirthExact(Train(strict).Model);
        Assert.True(with > without + 0.02, $"{without} {with}");
    }

    [Fact]
    public void Labelled_matches_that_no_block_holds_count_too()
    {
        // Matches that differ in all that makes blocks are in no session; they say that a given name may differ.
        int[] people = Everybody.Person;
        string?[] given = Everybody.Values["given"];
        PairLabel[] far = [.. Enumerable.Range(0, Everybody.Count - 1)
            .Select(record => new PairLabel(record, record + 1, IsMatch: true))
            .Where(label => people[label.Left] != people[label.Right] && given[label.Left] is { } a && given[label.Right] is { } b && a != b)];
        PairLabel[] others = [.. Labels(500, isMatch => isMatch).Where(label => !label.IsMatch)];
        Comparison before = Train(null).Model.Comparisons[0];
        Comparison after = Train([.. far, .. others]).Model.Comparisons[0];
        Assert.True(after.Levels[^1].MProbability > before.Levels[^1].MProbability + 0.05);
    }

    [Fact]
    public void The_order_of_labels_does_not_matter()
    {
        PairLabel[] labels = Labels(400, isMatch => isMatch);
        Assert.Equal(Train(labels).Model.ToJson(), Train([.. labels.Reverse()]).Model.ToJson());
    }

    private static double[] Ms(IdentityModel model) => [.. model.Comparisons.SelectMany(comparison => comparison.Levels).Select(level => level.MProbability!.Value)];

    private static double BirthExact(IdentityModel model) => model.Comparisons.Single(comparison => comparison.Field == "birth").Levels[0].MProbability!.Value;

    private static bool SameBirth(PairLabel label) => Everybody.Values["birth"][label.Left] == Everybody.Values["birth"][label.Right];

    // Pairs that share a birth date or a street, whether they match or not.
    private static PairLabel[] Candidates(int count)
    {
        int[] people = Everybody.Person;
        PairLabel[] all = [.. ((string[])["birth", "street"])
            .SelectMany(field => Enumerable.Range(0, people.Length).Where(record => Everybody.Values[field][record] is not null).GroupBy(record => Everybody.Values[field][record]))
            .SelectMany(block => block.SelectMany(left => block.Where(right => right > left).Select(right => (left, right))))
            .Distinct()
            .Select(pair => new PairLabel(pair.left, pair.right, people[pair.left] == people[pair.right]))];
        new Random(3).Shuffle(all);
        return all[..count];
    }

    // Half of them matches.
    private static PairLabel[] Labels(int count, Func<bool, bool> answer)
    {
        int[] people = Everybody.Person;
        var random = new Random(2);
        (int, int)[] matches = [.. Enumerable.Range(0, people.Length).GroupBy(record => people[record]).Select(records => (records.Min(), records.Max()))];
        random.Shuffle(matches);
        var labels = matches.Take(count / 2).Select(pair => new PairLabel(pair.Item1, pair.Item2, answer(true))).ToHashSet();
        while (labels.Count < count)
        {
            int left = random.Next(people.Length - 1);
            int right = random.Next(left + 1, people.Length);
            if (people[left] != people[right])
            {
                labels.Add(new PairLabel(left, right, answer(false)));
            }
        }
        return [.. labels];
    }

    private static TrainingOutcome Train(IReadOnlyList<PairLabel>? labels)
    {
        (string Name, FieldKind Kind)[] fields = [("given", FieldKind.GivenName), ("surname", FieldKind.Surname), ("birth", FieldKind.BirthDate), ("street", FieldKind.Text)];
        var model = new IdentityModel
        {
            Fields = [.. fields.Select(field => new Field { Name = field.Name, Kind = field.Kind })],
            BlockingRules = [new() { Keys = ["birth"] }, new() { Keys = ["given", "surname"] }, new() { Keys = ["street"] }, new() { Keys = ["surname", "street"] }],
            Comparisons = [.. fields.Select(field => new Comparison { Field = field.Name, Levels = [new("exact"), new("osa <= 1"), new("else")] })],
        };
        return ModelTrainer.Train(model, Table, new PairFilter(Table.Keys, linkOnly: false, []), seed: 1, new Workers(1, CancellationToken.None), labels);
    }
}
