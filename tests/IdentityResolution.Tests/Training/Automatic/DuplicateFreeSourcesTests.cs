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
