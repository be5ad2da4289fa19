using IdentityResolution.Generation;

namespace IdentityResolution.Tests;

/// <summary>Invented customers, and a model in code for them.</summary>
internal static class Customers
{
    /// <summary>When the runs of the tests take place.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Options with a clock that stands still.</summary>
    public static ResolverOptions Options { get; } = ResolverOptions.Default with { TimeProvider = new StoppedClock(), Threads = 1 };

    /// <summary>Generated records.</summary>
    public static SourceRecord[] Generate(int count, ulong seed = 1) => [.. PeopleGenerator
        .Generate(new PeopleGeneratorOptions { Records = count, Seed = seed })
        .Select(record => SourceRecord.Create(
            record.Source,
            record.RecordId,
            ("given_name", record.FirstName),
            ("surname", record.Surname),
            ("birth_date", record.BirthDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            ("email", record.Email),
            ("phone", record.Phone),
            ("street", record.Street),
            ("city", record.City),
            ("postcode", record.Postcode)))];

    /// <summary>Who the generated records are of.</summary>
    public static Dictionary<RecordKey, string> Truth(int count, ulong seed = 1) => PeopleGenerator
        .Generate(new PeopleGeneratorOptions { Records = count, Seed = seed })
        .ToDictionary(record => new RecordKey(record.Source, record.RecordId), record => record.TrueId);

    /// <summary>A model of the generated records; untrained.</summary>
    public static void Describe(IdentityModelBuilder model) => model
        .Field("given_name", FieldKind.GivenName)
        .Field("surname", FieldKind.Surname)
        .Field("birth_date", FieldKind.BirthDate)
        .Field("email", FieldKind.Email)
        .Field("postcode", FieldKind.PostalCode)
        .MatchOn("email", "given_name")
        .BlockOn("birth_date")
        .BlockOn("surname.metaphone", "postcode")
        .BlockOn("email")
        .Compare("given_name")
        .Compare("surname")
        .Compare("birth_date")
        .Compare("email")
        .Compare("postcode")
        .AllowSwap("given_name", "surname");

    /// <summary>A table as CSV text.</summary>
    public static string Csv(LookupTable table)
    {
        using var stream = new MemoryStream();
        table.WriteCsv(stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
