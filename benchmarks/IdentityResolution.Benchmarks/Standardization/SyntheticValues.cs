using System.Globalization;

namespace IdentityResolution.Benchmarks.Standardization;

/// <summary>Seeded raw values as customers and clerks write them.</summary>
internal static class SyntheticValues
{
    private static readonly string[] Given = ["James", "MARY", "josé", "Anne-Marie", "Dr. Robert", "Lukas", "Siobhán", "J.R.", "Катя", "Élodie"];
    private static readonly string[] Surnames = ["Smith", "O'BRIEN", "van der Berg", "Müller", "Garcia Lopez", "Mc Donald", "Jones Jr.", "Nowak", "St. John", "Lee"];
    private static readonly string[] Domains = ["gmail.com", "Example.ORG", "googlemail.com", "company.co.uk", "web.de"];
    private static readonly string[] Streets = ["Main St", "Queen Street", "Warwick Rd.", "N 5th Ave", "Mount Pleasant Blvd Apt 4", "Church Lane"];

    /// <summary>Values of a kind.</summary>
    public static string[] Create(FieldKind kind, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Create(kind, number, random))];
    }

    /// <summary>Values of kinds in turns.</summary>
    public static string[] CreateMixed(FieldKind[] kinds, int count, int seed)
    {
        var random = new Random(seed);
        var values = new string[count];
        for (int number = 0; number < count; number++)
        {
            values[number] = Create(kinds[number % kinds.Length], number, random);
        }
        return values;
    }

    private static string Create(FieldKind kind, int number, Random random) => kind switch
    {
        FieldKind.GivenName => Pick(Given, random) + (number % 3 == 0 ? " " + (char)('A' + random.Next(26)) : ""),
        FieldKind.Surname => Pick(Surnames, random),
        FieldKind.FullName => number % 4 == 0 ? $"{Pick(Surnames, random)}, {Pick(Given, random)}" : $"{Pick(Given, random)} {Pick(Surnames, random)}",
        FieldKind.Email => string.Create(CultureInfo.InvariantCulture, $"user.name{number}{(number % 5 == 0 ? "+shop" : "")}@{Pick(Domains, random)}"),
        FieldKind.Phone => Phone(random),
        FieldKind.BirthDate => Date(random),
        FieldKind.StreetAddress => string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 9999)} {Pick(Streets, random)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Phone(Random random)
    {
        string format = random.Next(4) switch
        {
            0 => "({0:000}) {1:000}-{2:0000}",
            1 => "+1 {0:000} {1:000} {2:0000}",
            2 => "{0:000}/{1:000}-{2:0000}",
            _ => "{0:000}{1:000}{2:0000}",
        };
        return string.Format(CultureInfo.InvariantCulture, format, random.Next(200, 999), random.Next(200, 999), random.Next(10_000));
    }

    private static string Date(Random random)
    {
        DateOnly date = new DateOnly(1930, 1, 1).AddDays(random.Next(30_000));
        string format = random.Next(4) switch
        {
            0 => "yyyy-MM-dd",
            1 => "dd/MM/yyyy",
            2 => "yyyyMMdd",
            _ => "d MMM yyyy",
        };
        return date.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Pick(string[] values, Random random) => values[random.Next(values.Length)];
}
