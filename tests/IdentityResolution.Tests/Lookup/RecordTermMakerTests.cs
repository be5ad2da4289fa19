using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Lookup;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Lookup;

public class RecordTermMakerTests
{
    // Features cut, coded, of words and of bands; of one key and of several.
    private static readonly IdentityModel Model = new IdentityModelBuilder()
        .Field("given_name", FieldKind.GivenName).Field("surname", FieldKind.Surname).Field("birth_date", FieldKind.BirthDate).Field("email", FieldKind.Email)
        .Field("street", FieldKind.Text)
        .MatchOn("email").MatchOn("surname", "birth_date")
        .BlockOn("surname.soundex", "birth_date.year").BlockOn("email.local.prefix:4").BlockOn("street.words", "given_name.formal").BlockOn("street.minhash:2")
        .Compare(new Comparison { Field = "surname", Levels = [new ComparisonLevel("exact", 0.9, 0.001), new ComparisonLevel("else", 0.1, 0.999)] })
        .Build() with
    { PriorMatchProbability = 0.01 };

    [Fact]
    public void Records_share_a_key_where_the_engine_puts_them_into_one_block()
    {
        SourceRecord[] records = Customers.Generate(2_000);
        var maker = new RecordTermMaker(Model.ToJson(), RecordTermOptions.Plain);
        Dictionary<RecordKey, IReadOnlyList<RecordTerm>> terms = records.ToDictionary(record => record.Key, maker.Make);
        FieldTable table = Table(records);
        foreach ((RecordTermKind kind, string name, IReadOnlyList<string> keys) in Model.MatchRules.Select(rule => (RecordTermKind.Match, rule.Name, rule.Keys))
            .Concat(Model.BlockingRules.Select(rule => (RecordTermKind.Block, string.Join(" + ", rule.Keys), rule.Keys))))
        {
            var reader = new BlockKeyReader(table, keys);
            var found = new List<ulong>();
            var byKey = new Dictionary<ulong, List<RecordKey>>();
            var byTerm = new Dictionary<string, List<RecordKey>>(StringComparer.Ordinal);
            for (int record = 0; record < table.Count; record++)
            {
                RecordKey key = table.Keys.Key(record);
                reader.Read(record, found);
                found.ForEach(block => Add(byKey, block, key));
                foreach (RecordTerm term in terms[key].Where(term => term.Kind == kind && term.Name == name))
                {
                    Add(byTerm, term.Term, key);
                }
            }
            Assert.NotEmpty(byKey);
            Assert.Equal(Groups(byKey), Groups(byTerm));
        }
    }

    [Fact]
    public void Standard_values_are_those_of_the_batch()
    {
        SourceRecord[] records = Customers.Generate(500);
        var maker = new RecordTermMaker(Model.ToJson(), RecordTermOptions.Plain);
        Dictionary<RecordKey, IReadOnlyList<RecordTerm>> terms = records.ToDictionary(record => record.Key, maker.Make);
        FieldTable table = Table(records);
        for (int record = 0; record < table.Count; record++)
        {
            (string, string)[] expected = [.. Model.Fields.Select(field => table[field.Name]).Where(column => column.Codes[record] >= 0)
                .Select(column => (column.Name, column.Values.GetString(column.Codes[record])))];
            Assert.Equal(expected, terms[table.Keys.Key(record)].Where(term => term.Kind == RecordTermKind.Value).Select(term => (term.Name, term.Term)));
        }
    }

    [Fact]
    public void A_record_has_a_term_once_and_keyed_hashes_tell_kinds_and_names_apart()
    {
        var maker = new RecordTermMaker(Model.ToJson(), RecordTermOptions.Keyed(new byte[16]));
        foreach (SourceRecord record in Customers.Generate(100))
        {
            IReadOnlyList<RecordTerm> terms = maker.Make(record);
            Assert.Equal(terms.Count, terms.Distinct().Count());
            Assert.Equal(terms.Count, terms.Select(term => term.Term).Distinct(StringComparer.Ordinal).Count());
            Assert.All(terms, term => Assert.Matches("^[0-9a-f]{32}$", term.Term));
        }
    }

    [Fact]
    public void A_short_secret_is_refused() => Assert.Throws<ArgumentException>(() => RecordTermOptions.Keyed(new byte[15]));

    private static void Add<T>(Dictionary<T, List<RecordKey>> groups, T key, RecordKey record)
        where T : notnull
    {
        if (!groups.TryGetValue(key, out List<RecordKey>? group))
        {
            groups.Add(key, group = []);
        }
        group.Add(record);
    }

    private static string[] Groups<T>(Dictionary<T, List<RecordKey>> groups)
        where T : notnull => [.. groups.Values.Select(group => string.Join(' ', group.Distinct().Order())).Order(StringComparer.Ordinal)];

    private static FieldTable Table(SourceRecord[] records)
    {
        var reader = new IdentityResolution.Live.RecordContentReader("test");
        using var content = new RecordContent();
        foreach (SourceRecord record in records.OrderBy(record => record.Key))
        {
            content.Write(record.Values);
            reader.Add(record.Key.Source, System.Text.Encoding.UTF8.GetBytes(record.Key.Id), content.Json);
        }
        return FieldTableBuilder.Build(reader.Build(), Model, new Workers(1, CancellationToken.None), lenient: true);
    }
}
