using IdentityResolution.Fields;

namespace IdentityResolution.Tests.Training;

/// <summary>Records of invented people with known rates of error: values are already standard.</summary>
/// <param name="Person">Who each record is of.</param>
/// <param name="Values">Per field: the value of each record.</param>
internal sealed record People(int[] Person, Dictionary<string, string?[]> Values)
{
    /// <summary>Share of records in which a field's value is replaced by another person's.</summary>
    public const double Replaced = 0.1;

    /// <summary>Share of records in which one character of a field's value is wrong.</summary>
    public const double Misspelt = 0.05;

    public int Count => Person.Length;

    /// <summary>Two records of each person.</summary>
    /// <param name="households">How many households there are.</param>
    /// <param name="size">People in a household; they share surname and street.</param>
    /// <param name="swapped">Share of records with given name and surname in each other's place.</param>
    public static People Create(int households, int size, double swapped = 0)
    {
        var random = new Random(5);
        string[] given = Words(random, 150);
        string[] surname = Words(random, 400);
        string[] street = Words(random, households / 2);
        string[] birth = Words(random, 1500);
        var records = new List<(int Person, string?[] Values)>();
        (string Surname, string Street) home = (surname[0], street[0]);
        for (int person = 0; person < households * size; person++)
        {
            if (person % size == 0)
            {
                home = (surname[random.Next(surname.Length)], street[random.Next(street.Length)]);
            }
            string[] truth = [given[random.Next(given.Length)], home.Surname, birth[random.Next(birth.Length)], home.Street];
            for (int copy = 0; copy < 2; copy++)
            {
                string[] written = [Damage(random, truth[0], given), Damage(random, truth[1], surname), Damage(random, truth[2], birth), Damage(random, truth[3], street)];
                if (random.NextDouble() < swapped)
                {
                    (written[0], written[1]) = (written[1], written[0]);
                }
                records.Add((person, [.. written.Select(value => random.NextDouble() < 0.03 ? null : value)]));
            }
        }
        var all = records.ToArray();
        random.Shuffle(all);
        string[] names = ["given", "surname", "birth", "street"];
        return new People(
            [.. all.Select(record => record.Person)],
            names.Select((name, i) => (name, i)).ToDictionary(item => item.name, item => all.Select(record => record.Values[item.i]).ToArray(), StringComparer.Ordinal));
    }

    /// <summary>The table, with the records in an order of their own; the ids stay with the records.</summary>
    public FieldTable Table(int[]? order = null)
    {
        order ??= [.. Enumerable.Range(0, Count)];
        var keys = TestTable.Keys([.. order.Select(record => (record % 3 == 0 ? "crm" : "shop", TestTable.Id(record)))]);
        return TestTable.Create(keys, Values.Select(item => (item.Key, order.Select(record => item.Value[record]).ToArray())), shared: true);
    }

    private static string Damage(Random random, string value, string[] others)
    {
        double draw = random.NextDouble();
        if (draw < Replaced)
        {
            return others[random.Next(others.Length)];
        }
        return draw < Replaced + Misspelt ? value[..3] + '_' + value[4..] : value;
    }

    // Far apart from each other: an edit or two never turns one into another.
    private static string[] Words(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, 9).Select(_ => (char)('a' + random.Next(26)))))];
}
