namespace IdentityResolution.Tests.Matching;

/// <summary>Draws values as standardization leaves them.</summary>
internal static class RandomValues
{
    private static readonly string[] Names =
    [
        "anna", "ann", "a", "bob", "robert", "rob", "maria", "mario", "smith", "smyth", "jones", "lee", "li", "müller", "mueller", "日本", "zoë", "o brien", "van dyk",
    ];

    public static string Name(Random random) => Names[random.Next(Names.Length)];

    public static string Any(Random random) => random.Next(5) switch
    {
        0 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"19{random.Next(80, 83)}-{random.Next(1, 13):D2}-{random.Next(1, 30):D2}"),
        1 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{random.Next(0, 200)}{(random.Next(2) == 0 ? "" : ".5")}"),
        2 => $"{Name(random)} {Name(random)} {Name(random)}",
        3 => $"{Name(random)}@{Name(random)}.com",
        _ => Name(random),
    };

    /// <summary>The value with a character dropped, doubled or exchanged with the next.</summary>
    public static string Damage(Random random, string value)
    {
        if (value.Length < 2)
        {
            return value + "x";
        }
        int place = random.Next(value.Length - 1);
        return random.Next(3) switch
        {
            0 => value.Remove(place, 1),
            1 => value.Insert(place, value[place].ToString()),
            _ => value[..place] + value[place + 1] + value[place] + value[(place + 2)..],
        };
    }
}
