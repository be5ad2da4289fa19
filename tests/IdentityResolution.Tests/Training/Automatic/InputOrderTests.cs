using System.Globalization;
using System.Text;
using IdentityResolution.Generation;
using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Training.Automatic;

/// <summary>Neither the order of inputs nor that of their rows decides anything, also where records have several values of a field.</summary>
public class InputOrderTests
{
    // Each source writes its columns in an order of its own, and none has them all.
    private static readonly Dictionary<string, string[]> Columns = new(StringComparer.Ordinal)
    {
        ["crm"] = ["passport_number", "mobile_phone", "first_name", "last_name", "birth_date", "email", "home_address"],
        ["desk"] = ["drivers_license_number", "ssn_number", "phone", "birth_date", "last_name", "first_name", "street_address", "home_address", "city"],
        ["shop"] = ["ssn_number", "full_name", "last_name", "first_name", "phone", "mobile_phone", "street_address", "city"],
    };

    [Fact]
    public void Inputs_and_rows_in_any_order_give_the_same_model_and_the_same_customers() => Law.Holds(
        random =>
        {
            Dictionary<string, string[]> rows = Draw(random);
            (string model, string lookup, IReadOnlyList<string> decisions) = Resolve(rows, [.. rows.Keys]);
            // Or else the law says little.
            Assert.Contains(decisions, decision => decision.StartsWith("Identifiers that few records have", StringComparison.Ordinal));
            Assert.Contains(decisions, decision => decision.Contains("a record may have several", StringComparison.Ordinal));
            Assert.Contains(decisions, decision => decision.Contains("holds whole names where", StringComparison.Ordinal));
            foreach (string[] source in rows.Values)
            {
                random.Shuffle(source);
            }
            foreach (string[] order in Orders(rows.Keys))
            {
                (string otherModel, string otherLookup, _) = Resolve(rows, order);
                Assert.Equal(model, otherModel);
                Assert.Equal(lookup, otherLookup);
            }
        },
        tests: 4);

    private static IEnumerable<string[]> Orders(IEnumerable<string> sources) =>
        from first in sources
        from second in sources
        from third in sources
        where first != second && second != third && first != third
        select new[] { first, second, third };

    private static (string Model, string Lookup, IReadOnlyList<string> Decisions) Resolve(Dictionary<string, string[]> rows, string[] order)
    {
        RecordSet[] inputs = [.. order.Select(source => RecordSet.FromCsv(
            new MemoryStream(Encoding.UTF8.GetBytes($"id,{string.Join(',', Columns[source])}\n{string.Concat(rows[source])}")), source, new CsvOptions { IdColumn = "id" }))];
        Resolution resolution = IdentityResolver.CreateAutomatic(options: Customers.Options).Resolve(inputs);
        return (resolution.Model.ToJson(), Customers.Csv(resolution.Lookup), resolution.Decisions);
    }

    private static Dictionary<string, string[]> Draw(Random random)
    {
        var rows = Columns.Keys.ToDictionary(source => source, _ => new List<string>(), StringComparer.Ordinal);
        foreach (SyntheticRecord record in PeopleGenerator.Generate(new PeopleGeneratorOptions { Records = 300, Seed = (ulong)random.Next(1, 1000) }))
        {
            string source = rows.Keys.ElementAt(random.Next(rows.Count));
            rows[source].Add($"{record.RecordId},{string.Join(',', Columns[source].Select(column => Value(record, source, column)))}\n");
        }
        return rows.ToDictionary(source => source.Key, source => source.Value.ToArray(), StringComparer.Ordinal);
    }

    private static string? Value(SyntheticRecord record, string source, string column)
    {
        // What a person has is known by the person; where a record writes it, by the record.
        ulong person = StableHash.Of(Encoding.UTF8.GetBytes(record.TrueId));
        ulong own = StableHash.Of(Encoding.UTF8.GetBytes($"{record.Source} {record.RecordId}"));
        bool isWhole = source == "shop" && own % 3 == 0;
        return column switch
        {
            "first_name" => isWhole ? null : record.FirstName,
            "last_name" => isWhole ? null : record.Surname,
            "full_name" => isWhole ? $"{record.FirstName} {record.Surname}" : null,
            "birth_date" => record.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "email" => record.Email,
            "city" => record.City,
            "phone" => own % 2 == 0 ? record.Phone : null,
            "mobile_phone" => own % 2 == 0 ? null : record.Phone,
            "home_address" => own % 5 < 2 ? record.Street : null,
            "street_address" => own % 5 < 2 ? null : record.Street,
            "passport_number" => person % 8 == 0 ? $"P{person % 999_983}" : null,
            "ssn_number" => person % 8 == 1 ? $"{100_000_000 + (person % 899_999_963)}" : null,
            _ => person % 8 == 2 ? $"D{person % 9_999_991}" : null,
        };
    }
}
