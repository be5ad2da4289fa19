using IdentityResolution.Internals;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Automatic;

public class DuplicateFreeSourcesTests
{
    [Fact]
    public void Linked_sources_without_duplicates_are_found_and_linked_one_to_one()
    {
        Resolution resolution = Link(records => records.GroupBy(record => (record.Key.Source, Person: Person(record))).Select(group => group.First()));

        Assert.Equal(["a", "b"], resolution.Model.UniqueSources.Order(StringComparer.Ordinal));
        Assert.InRange(resolution.Model.MatchProbabilityThreshold, 0.0001, 0.5);
        Assert.Contains(resolution.Decisions, decision => decision.StartsWith("Source a seems to hold no customer twice", StringComparison.Ordinal));
        Assert.Contains(resolution.Decisions, decision => decision.StartsWith("No source holds a customer twice, so candidates compete", StringComparison.Ordinal));
        Assert.All(resolution.Lookup.GroupBy(row => row.EntityId), customer =>
            Assert.Equal(customer.Count(), customer.Select(row => row.Key.Source).Distinct().Count()));
    }

    [Fact]
    public void A_source_with_duplicates_is_not_among_them()
    {
        // Source b holds everybody twice.
        Resolution resolution = Link(records => records
            .GroupBy(record => (record.Key.Source, Person: Person(record)))
            .Select(group => group.First())
            .SelectMany(record => record.Key.Source == "b" ? [record, record with { Key = new RecordKey("b", record.Key.Id + "-again") }] : new[] { record }));

        Assert.Equal(["a"], resolution.Model.UniqueSources);
        Assert.Equal(0.9, resolution.Model.MatchProbabilityThreshold);
    }

    [Fact]
    public void What_the_user_says_of_sources_and_threshold_stands()
    {
        Resolution resolution = Link(
            records => records.GroupBy(record => (record.Key.Source, Person: Person(record))).Select(group => group.First()),
            new AutomaticModelOptions { LinkOnly = true, UniqueSources = ["b"], MatchProbabilityThreshold = 0.8 });

        Assert.Equal(["b"], resolution.Model.UniqueSources);
        Assert.Equal(0.8, resolution.Model.MatchProbabilityThreshold);
    }

    [Fact]
    public void Of_things_that_resemble_each_other_nearly_equal_ones_alone_tell_of_duplicates()
    {
        // Every thing has a sibling within its source that is as like it as its partner across: by partners alone no source is free.
        var decisions = new List<string>();
        Assert.Equal(["a", "b"], FindThings(FieldKind.Text, equalWithin: false, decisions).Order(StringComparer.Ordinal));
        Assert.All(decisions, decision => Assert.Contains("seems to hold nothing twice (0 of its records have a nearly equal one within)", decision, StringComparison.Ordinal));
    }

    [Fact]
    public void A_source_with_equal_things_within_holds_duplicates() =>
        Assert.Equal(["b"], FindThings(FieldKind.Text, equalWithin: true, []));

    [Fact]
    public void What_describes_people_is_judged_by_their_partners_alone() =>
        Assert.Empty(FindThings(FieldKind.GivenName, equalWithin: false, []));

    // Forty makes with two things each in both sources; the four of a make differ from each other in two letters.
    private static List<string> FindThings(FieldKind kind, bool equalWithin, List<string> decisions)
    {
        var keys = new List<(string, string)>();
        var names = new List<string?>();
        var makes = new List<string?>();
        for (int make = 0; make < 40; make++)
        {
            foreach ((string source, string mark) in ((string, string)[])[("a", "pp"), ("a", equalWithin ? "pp" : "qq"), ("b", "rr"), ("b", "ss")])
            {
                keys.Add((source, TestTable.Id(keys.Count)));
                names.Add($"thing{make:D2}{mark}");
                makes.Add($"make{make:D2}");
            }
        }
        var table = TestTable.Create(TestTable.Keys([.. keys]), [("name", names.ToArray()), ("make", makes.ToArray())], shared: false);
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "name", Kind = kind }, new Field { Name = "make", Kind = FieldKind.Category }],
            BlockingRules = [new() { Keys = ["make"] }],
            Comparisons = [new Comparison
            {
                Field = "name",
                Levels = [new("exact", 0.4, 1e-6), new("osa <= 1", 0.2, 1e-6), new("osa <= 2", 0.3, 1e-6), new("else", 0.1, 1 - 3e-6)],
            }],
            PriorMatchProbability = 0.01,
            LinkOnly = true,
        };
        return DuplicateFreeSources.Find(model, table, new Workers(1, CancellationToken.None), decisions);
    }

    // Two sources with the same people: the first and the second half of each person's records.
    private static Resolution Link(Func<IEnumerable<SourceRecord>, IEnumerable<SourceRecord>> keep, AutomaticModelOptions? options = null)
    {
        int number = 0;
        IEnumerable<SourceRecord> records = Customers.Generate(1500)
            .GroupBy(Person)
            .Where(person => person.Count() > 1)
            .SelectMany(person => person.Select((record, i) => record with { Key = new RecordKey(i % 2 == 0 ? "a" : "b", TestTable.Id(number++) + "|" + person.Key) }));
        SourceRecord[] kept = [.. keep(records)];
        return IdentityResolver.CreateAutomatic(options ?? new AutomaticModelOptions { LinkOnly = true }, Customers.Options).Resolve(
            RecordSet.From(kept.Where(record => record.Key.Source == "a"), "a"), RecordSet.From(kept.Where(record => record.Key.Source == "b"), "b"));
    }

    private static readonly Dictionary<RecordKey, string> Truth = Customers.Truth(1500);

    // After the sources are dealt out, the id tells the person.
    private static string Person(SourceRecord record) =>
        Truth.TryGetValue(record.Key, out string? person) ? person : record.Key.Id[(record.Key.Id.IndexOf('|', StringComparison.Ordinal) + 1)..];
}
