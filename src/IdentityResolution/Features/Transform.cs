namespace IdentityResolution.Features;

/// <summary>What a transform makes of a standardized value.</summary>
internal enum Transform
{
    /// <summary>The first n characters.</summary>
    Prefix,

    /// <summary>The last n characters.</summary>
    Suffix,

    /// <summary>The first character.</summary>
    Initial,

    /// <summary>The first word.</summary>
    First,

    /// <summary>The last word.</summary>
    Last,

    /// <summary>The words in alphabetical order.</summary>
    Sorted,

    /// <summary>The digits alone.</summary>
    Digits,

    /// <summary>Soundex code of the first word.</summary>
    Soundex,

    /// <summary>Primary Double Metaphone code of the first word.</summary>
    Metaphone,

    /// <summary>The formal name that a nickname stands for, or the name itself.</summary>
    Formal,

    /// <summary>The year of a date.</summary>
    Year,

    /// <summary>Month and day of a date.</summary>
    MonthDay,

    /// <summary>Year and month of a date.</summary>
    YearMonth,

    /// <summary>What stands before the @ of an e-mail address.</summary>
    Local,

    /// <summary>What stands after the @ of an e-mail address.</summary>
    Domain,

    /// <summary>The wide area of a postal code.</summary>
    Area,

    /// <summary>The house number of a street address.</summary>
    Number,

    /// <summary>The street of a street address, without number and unit.</summary>
    Street,

    /// <summary>The generation that a personal name states: 1 for Sr and I, 2 for Jr and II, and so on.</summary>
    Generation,

    /// <summary>Each word by itself: one value has several keys. Stands first, in blocking rules only.</summary>
    Words,

    /// <summary>Bands of min-wise hashes, n rows each: a value has several keys, and alike texts share one. Alone, in blocking rules only.</summary>
    MinHash,
}

/// <summary>The names of transforms in feature expressions: snake case.</summary>
internal static class TransformNames
{
    private static readonly Transform[] Values = Enum.GetValues<Transform>();

    public static string All { get; } = string.Join(", ", Values.Select(ToText));

    public static string ToText(Transform transform) => transform switch
    {
        Transform.MonthDay => "month_day",
        Transform.YearMonth => "year_month",
        _ => transform.ToString().ToLowerInvariant(),
    };

    public static bool TryParse(string text, out Transform transform)
    {
        foreach (Transform value in Values)
        {
            if (string.Equals(ToText(value), text, StringComparison.Ordinal))
            {
                transform = value;
                return true;
            }
        }
        transform = default;
        return false;
    }
}
