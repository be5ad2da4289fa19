using System.Globalization;
using IdentityResolution.Features;

namespace IdentityResolution.Interchange;

/// <summary>The SQL of a level in our words.</summary>
/// <param name="When">The condition.</param>
/// <param name="Column">The column that it looks at.</param>
/// <param name="Traits">What it says about the column.</param>
internal sealed record SqlLevel(string When, string Column, SqlTraits Traits)
{
    private const double SecondsPerDay = 86_400;

    /// <summary>Translates a condition.</summary>
    /// <param name="node">The SQL.</param>
    /// <param name="afterExact">Does a level of equal values stand before? Then values shorter than a prefix are no matter.</param>
    /// <param name="error">Why it has no counterpart.</param>
    public static SqlLevel? Read(SqlNode node, bool afterExact, out string error)
    {
        if (ReadForm(node) is { } form)
        {
            error = "";
            return form;
        }
        if (node.Is("or", node.Arguments.Count) || node.Is("not", 1))
        {
            error = "conditions joined by 'or' or 'not' have no counterpart";
            return null;
        }
        if (SqlKey.Read(node, out error) is { } key)
        {
            return key.Feature.Steps.Count switch
            {
                0 => new SqlLevel("exact", key.Feature.Column, key.Feature.Traits),
                1 => new SqlLevel($"same {key.Feature.Steps[0]}", key.Feature.Column, afterExact ? key.Feature.Traits : key.Traits),
                _ => Fail("a level compares one transform of a value, not several in a row", out error),
            };
        }
        return Turn(node) is { } comparison ? ReadMeasure(comparison.Measure, comparison.Comparer, comparison.Limit, out error) : null;
    }

    // A measure against a number, the measure first.
    private static (SqlNode Measure, string Comparer, double Limit)? Turn(SqlNode node)
    {
        if (node is not { Kind: SqlKind.Call, Arguments: [var left, var right] })
        {
            return null;
        }
        if (IsPercent(node))
        {
            return (node, "<=", double.Parse(right.Arguments[0].Name, CultureInfo.InvariantCulture));
        }
        if (IsNumber(right, out double limit) && node.Name is "<" or "<=" or ">" or ">=")
        {
            return (left, node.Name, limit);
        }
        string? turned = node.Name switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => null };
        return turned is not null && IsNumber(left, out limit) ? (right, turned, limit) : null;
    }

    private static SqlLevel? ReadMeasure(SqlNode measure, string comparer, double limit, out string error)
    {
        (SqlNode Left, SqlNode Right, string Name, double Limit, SqlTraits Traits)? read = measure switch
        {
            { Name: "jaro_winkler_similarity" or "jaro_winkler" or "jaro_winkler_sim", Arguments: [var l, var r] } => (l, r, "jaro_winkler", limit, SqlTraits.None),
            { Name: "jaro_similarity" or "jaro" or "jaro_sim", Arguments: [var l, var r] } => (l, r, "jaro", limit, SqlTraits.None),
            { Name: "levenshtein" or "editdist3", Arguments: [var l, var r] } => (l, r, "levenshtein", limit, SqlTraits.None),
            { Name: "damerau_levenshtein" or "dam_lev", Arguments: [var l, var r] } => (l, r, "osa", limit, limit < 2 ? SqlTraits.None
                : SqlTraits.Unlike("'osa' counts an edit between two exchanged letters otherwise, so a few pairs are one edit further apart")),
            { Name: "<=", Arguments: [{ Arguments: [_, { Arguments: [{ Arguments: [var l, var r] }] }] }, _] } when IsPercent(measure) =>
                (l, r, "percent", limit, SqlTraits.Of(FieldKind.Number)),
            { Name: "/", Arguments: [{ Name: "abs", Arguments: [{ Name: "-", Arguments: [var l, var r] }] }, var larger] } when IsLarger(larger, l, r) =>
                (l, r, "percent", 100 * limit, SqlTraits.Of(FieldKind.Number).And(SqlTraits.Unlike("of negative numbers the one further from zero counts as the larger"))),
            { Name: "abs", Arguments: [var inner] } => ReadDistance(inner, limit),
            { Name: "datediff", Arguments: [var l, var r] } => (l, r, "days", limit, SqlTraits.Date(null)),
            _ => null,
        };
        if (read is not { } found)
        {
            return Fail(measure.Kind == SqlKind.Call ? $"'{measure.Name}' has no counterpart" : "the condition has no counterpart", out error);
        }
        bool similarity = found.Name is "jaro" or "jaro_winkler";
        if (comparer.StartsWith('<') == similarity)
        {
            return Fail($"'{found.Name}' is compared the wrong way round", out error);
        }
        if (SqlFeature.Read(Undouble(found.Left), out error) is not { } left || SqlFeature.Read(Undouble(found.Right), out error) is not { } right)
        {
            return null;
        }
        if (!left.Mirrors(right))
        {
            return Fail("it compares two different columns, or one side with itself", out error);
        }
        if (left.Steps.Count > 0)
        {
            return Fail($"'{found.Name}' compares whole values here, not parts of them", out error);
        }
        double bound = Bound(found.Name, comparer, found.Limit);
        if (!(bound >= 0) || (similarity && bound > 1))
        {
            return Fail("its limit holds for every pair or for none", out error);
        }
        string when = string.Create(CultureInfo.InvariantCulture, $"{found.Name} {(similarity ? ">=" : "<=")} {bound:R}");
        return new SqlLevel(when, left.Column, left.Traits.And(right.Traits).And(found.Traits));
    }

    private static (SqlNode Left, SqlNode Right, string Name, double Limit, SqlTraits Traits)? ReadDistance(SqlNode inner, double limit) => inner switch
    {
        { Name: "-", Arguments: [{ Name: "epoch", Arguments: [var l] }, { Name: "epoch", Arguments: [var r] }] } =>
            (l, r, "days", limit / SecondsPerDay, SqlTraits.Date(null)),
        { Name: "-", Arguments: [var l, var r] } => (l, r, "difference", limit, SqlTraits.Of(FieldKind.Number)),
        { Name: "date_diff" or "datediff", Arguments: [{ Kind: SqlKind.Text, Name: "day" }, var l, var r] } => (l, r, "days", limit, SqlTraits.Date(null)),
        { Name: "datediff", Arguments: [var l, var r] } => (l, r, "days", limit, SqlTraits.Date(null)),
        _ => null,
    };

    // Below and above without equality: the next number. Edits and days are whole.
    private static double Bound(string name, string comparer, double limit) => (name, comparer) switch
    {
        ("levenshtein" or "osa" or "days", "<") => Math.Ceiling(limit) - 1,
        (_, "<") => Math.BitDecrement(limit),
        (_, ">") => Math.BitIncrement(limit),
        _ => limit,
    };

    // 100 * abs(a - b) <= limit * greatest(abs(a), abs(b))
    private static bool IsPercent(SqlNode node) => node is
    {
        Name: "<=",
        Arguments:
        [
        { Name: "*", Arguments: [{ Kind: SqlKind.Number, Name: "100" }, { Name: "abs", Arguments: [{ Name: "-", Arguments: [var left, var right] }] }] },
        { Name: "*", Arguments: [{ Kind: SqlKind.Number }, { Name: "greatest", Arguments: [{ Name: "abs", Arguments: [var first] }, { Name: "abs", Arguments: [var second] }] }] },
        ],
    } && string.Equals(left.ToString(), first.ToString(), StringComparison.Ordinal) && string.Equals(right.ToString(), second.ToString(), StringComparison.Ordinal);

    // greatest(a, b), or CASE WHEN b > a THEN b ELSE a END
    private static bool IsLarger(SqlNode node, SqlNode left, SqlNode right)
    {
        string[] sides = [left.ToString(), right.ToString()];
        SqlNode[] parts = node is { Name: "case", Arguments: [{ Name: ">", Arguments: [var more, var less] }, var then, var otherwise] }
            && string.Equals(more.ToString(), then.ToString(), StringComparison.Ordinal) && string.Equals(less.ToString(), otherwise.ToString(), StringComparison.Ordinal)
            ? [more, less]
            : node.Is("greatest", 2) ? [.. node.Arguments] : [];
        return parts.Select(part => part.ToString()).Order(StringComparer.Ordinal).SequenceEqual(sides.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static SqlLevel? ReadForm(SqlNode node)
    {
        if (Columns(node).Distinct(StringComparer.Ordinal).ToArray() is not [var column])
        {
            return null;
        }
        string text = node.ToString();
        foreach (LevelFunction function in SqlConditions.Forms)
        {
            string sql = SqlConditions.Write(new LevelCondition(function, 0, default), SqlConditions.Quote(column + "_l"), SqlConditions.Quote(column + "_r"))!;
            if (string.Equals(SqlParser.Parse(sql, qualified: false, out _)!.ToString(), text, StringComparison.Ordinal))
            {
                return function switch
                {
                    LevelFunction.Initial => new SqlLevel("initial", column, SqlTraits.None),
                    LevelFunction.Contained => new SqlLevel("contained", column, SqlTraits.None),
                    LevelFunction.DayMonthSwapped => new SqlLevel("day_month_swapped", column, SqlTraits.Of(FieldKind.BirthDate)),
                    _ => new SqlLevel("two_parts_equal", column, SqlTraits.Of(FieldKind.BirthDate)),
                };
            }
        }
        return null;
    }

    private static IEnumerable<string> Columns(SqlNode node) => node.Kind is SqlKind.Left or SqlKind.Right
        ? [node.Name]
        : node.Arguments.SelectMany(Columns);

    private static SqlNode Undouble(SqlNode node) =>
        node is { Kind: SqlKind.Call, Name: "cast double" or "cast float" or "cast integer" or "cast int" or "cast bigint" or "cast numeric" or "cast decimal", Arguments: [var inner] } ? inner : node;

    private static bool IsNumber(SqlNode node, out double number)
    {
        number = 0;
        return node.Kind == SqlKind.Number && double.TryParse(node.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static SqlLevel? Fail(string reason, out string error)
    {
        error = reason;
        return null;
    }
}
