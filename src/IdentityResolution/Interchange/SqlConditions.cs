using System.Globalization;
using IdentityResolution.Features;

namespace IdentityResolution.Interchange;

/// <summary>Level conditions and keys as SQL that DuckDB runs on standardized values. What it writes, <see cref="SqlLevel"/> reads.</summary>
internal static class SqlConditions
{
    private const string DateFormat = "'%Y-%m-%d'";

    /// <summary>The conditions without a number that are written as a whole, and read back by their form.</summary>
    public static IReadOnlyList<LevelFunction> Forms { get; } =
        [LevelFunction.Initial, LevelFunction.Contained, LevelFunction.DayMonthSwapped, LevelFunction.TwoPartsEqual];

    /// <summary>A level's condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="left">The left value as SQL.</param>
    /// <param name="right">The right value as SQL.</param>
    /// <returns>The SQL; null when SQL has no counterpart.</returns>
    public static string? Write(LevelCondition condition, string left, string right)
    {
        string limit = Number(condition.Limit);
        return condition.Function switch
        {
            LevelFunction.Else => "ELSE",
            LevelFunction.Exact => $"{left} = {right}",
            LevelFunction.Same => WriteEqual([condition.Step], left, right),
            LevelFunction.Jaro => $"jaro_similarity({left}, {right}) >= {limit}",
            LevelFunction.JaroWinkler => $"jaro_winkler_similarity({left}, {right}) >= {limit}",
            LevelFunction.Levenshtein => $"levenshtein({left}, {right}) <= {limit}",
            LevelFunction.Osa => $"damerau_levenshtein({left}, {right}) <= {limit}",
            LevelFunction.Days => $"abs(date_diff('day', {Date(left)}, {Date(right)})) <= {limit}",
            LevelFunction.Difference => $"abs({Double(left)} - {Double(right)}) <= {limit}",
            LevelFunction.Percent => $"100 * abs({Double(left)} - {Double(right)}) <= {limit} * greatest(abs({Double(left)}), abs({Double(right)}))",
            LevelFunction.Initial => $"least(length({left}), length({right})) = 1 AND greatest(length({left}), length({right})) > 1 "
                + $"AND substr({left}, 1, 1) = substr({right}, 1, 1)",
            LevelFunction.Contained => $"len(list_intersect({Words(left)}, {Words(right)})) = least(len(list_distinct({Words(left)})), len(list_distinct({Words(right)})))",
            LevelFunction.DayMonthSwapped => $"substr({left}, 1, 4) = substr({right}, 1, 4) AND substr({left}, 6, 2) = substr({right}, 9, 2) "
                + $"AND substr({left}, 9, 2) = substr({right}, 6, 2)",
            LevelFunction.TwoPartsEqual => $"{Equal(left, right, "1, 4")} + {Equal(left, right, "6, 2")} + {Equal(left, right, "9, 2")} = 2",
            _ => null,
        };
    }

    /// <summary>That a feature is present and equal on both sides.</summary>
    /// <returns>The SQL; null when a transform has no counterpart.</returns>
    public static string? WriteEqual(IReadOnlyList<TransformStep> steps, string left, string right)
    {
        string guard = "";
        foreach (TransformStep step in steps)
        {
            guard += step.Transform is Transform.Prefix or Transform.Suffix ? $"length({left}) >= {Number(step.Argument)} AND " : "";
            if (Apply(step, left) is not { } leftFeature)
            {
                return null;
            }
            (left, right) = (leftFeature, Apply(step, right)!);
        }
        return $"{guard}{left} = {right}";
    }

    /// <summary>A name as SQL.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string? Apply(TransformStep step, string value) => step.Transform switch
    {
        Transform.Prefix => $"substr({value}, 1, {Number(step.Argument)})",
        Transform.Suffix => $"right({value}, {Number(step.Argument)})",
        Transform.Initial => $"substr({value}, 1, 1)",
        Transform.First => $"split_part({value}, ' ', 1)",
        Transform.Last => $"split_part({value}, ' ', -1)",
        Transform.Digits => $"nullif(regexp_replace({value}, '[^0-9]', '', 'g'), '')",
        Transform.Year => $"strftime({Date(value)}, '%Y')",
        Transform.YearMonth => $"strftime({Date(value)}, '%Y-%m')",
        Transform.MonthDay => $"strftime({Date(value)}, '%m-%d')",
        Transform.Local => $"nullif(regexp_extract({value}, '^[^@]+', 0), '')",
        Transform.Domain => $"nullif(regexp_extract({value}, '@([^@]+)$', 1), '')",
        _ => null,
    };

    private static string Date(string value) => $"CAST(try_strptime({value}, {DateFormat}) AS DATE)";

    private static string Double(string value) => $"CAST({value} AS DOUBLE)";

    private static string Words(string value) => $"string_split({value}, ' ')";

    private static string Equal(string left, string right, string part) =>
        $"(CASE WHEN substr({left}, {part}) = substr({right}, {part}) THEN 1 ELSE 0 END)";

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
