using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Diagnostics;

public class TrainingDiagnosticsTests
{
    private static readonly ComparisonLevel[] Levels = [new("exact"), new("osa <= 1"), new("else")];

    [Fact]
    public void Independent_comparisons_that_learned_well_need_no_words() =>
        Assert.Empty(Warnings(People.Create(households: 800, size: 1), []));

    [Fact]
    public void Households_share_surname_and_street_and_these_are_not_the_same_evidence() =>
        Assert.DoesNotContain(Warnings(People.Create(households: 400, size: 3), []), note => note.Contains("measure the same thing", StringComparison.Ordinal));

    [Fact]
    public void A_column_that_another_tells_counts_less()
    {
        People people = People.Create(households: 800, size: 1);
        // Ten given names to an initial group: the name tells the group, not the other way round.
        people.Values["group"] = [.. people.Values["given"].Select(value => value is null ? null : $"group{value[0] % 5}")];
        Assert.Contains(Warnings(people, ["group"]), note => note.StartsWith("Comparison 'group' counts ", StringComparison.Ordinal)
            && note.EndsWith("as it mostly repeats 'given': the value of 'given' tells that of 'group'.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.7, 0.7, 0.5, true)]
    [InlineData(0.7, 0.5, 0.5, false)]
    [InlineData(0.5, 0.7, 0.5, false)]
    [InlineData(0.8, null, 0.5, true)]
    [InlineData(0.7, null, 0.5, false)]
    [InlineData(null, null, 0.005, true)]
    [InlineData(null, null, 0.02, false)]
    public void What_agrees_and_disagrees_together_in_both_classes_is_the_same_evidence(double? matches, double? strangers, double discordant, bool isStrong) =>
        Assert.Equal(isStrong, new LevelAssociation(matches, strangers, Agreeing: 200, discordant).IsStrong(damage: 0.1));

    [Fact]
    public void A_column_without_meaning_learned_nothing()
    {
        People people = People.Create(households: 800, size: 1);
        var random = new Random(4);
        people.Values["noise"] = [.. Enumerable.Range(0, people.Count).Select(_ => random.Next(2) == 0 ? "heads" : "tails")];
        Assert.Contains("Comparison 'noise' learned nothing: every level is about as frequent among matches as among strangers.", Warnings(people, ["noise"]));
        Assert.Contains("Comparison 'noise' never saw its level 'osa <= 1': what it weighs is a guess.", Warnings(people, ["noise"]));
    }

    [Fact]
    public void A_level_that_speaks_against_a_match_is_told()
    {
        People people = People.Create(households: 800, size: 1);
        var seen = new HashSet<int>();
        // The second record of a person has a number that is never close to the first one's.
        people.Values["visit"] = [.. people.Person.Select((person, record) => seen.Add(person) ? $"a{record % 9}" : $"bbbb{record % 9}")];
        Assert.Contains(Warnings(people, ["visit"]), note =>
            note.StartsWith("Comparison 'visit' counts its level 'osa <= 1' against a match: it is rarer among matches (m ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_field_that_nobody_has_is_told()
    {
        People people = People.Create(households: 200, size: 1);
        people.Values["fax"] = new string?[people.Count];
        Assert.Contains("Comparison 'fax' saw no pair of records that both have a value.", Warnings(people, ["fax"]));
    }

    // What is said besides the counts of matches and relatives.
    private static string[] Warnings(People people, string[] added)
    {
        FieldTable table = people.Table();
        string[] fields = ["given", "surname", "birth", "street", .. added];
        var model = new IdentityModel
        {
            Fields = [.. fields.Select(name => new Field { Name = name })],
            BlockingRules = [new() { Keys = ["birth"] }, new() { Keys = ["given", "surname"] }, new() { Keys = ["street"] }],
            Comparisons = [.. fields.Select(name => new Comparison { Field = name, Levels = Levels })],
        };
        TrainingOutcome outcome = ModelTrainer.Train(model, table, new PairFilter(table.Keys, linkOnly: false, []), seed: 1, new Workers(1, CancellationToken.None));
        return [.. outcome.Notes.Where(note => note.StartsWith("Comparison", StringComparison.Ordinal))];
    }
}
