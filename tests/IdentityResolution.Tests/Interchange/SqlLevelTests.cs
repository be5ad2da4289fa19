using IdentityResolution.Interchange;

namespace IdentityResolution.Tests.Interchange;

public class SqlLevelTests
{
    [Theory]
    [InlineData("\"name_l\" = \"name_r\"", "exact")]
    [InlineData("name_l=name_r", "exact")]
    [InlineData("lower(name_l) = LOWER(name_r)", "exact")]
    [InlineData("jaro_winkler_similarity(\"name_l\", \"name_r\") >= 0.92", "jaro_winkler >= 0.92")]
    [InlineData("(((jaro_winkler(`name_l`, `name_r`)) >= .88))", "jaro_winkler >= 0.88")]
    [InlineData("0.9 <= jaro_similarity(name_l, name_r)", "jaro >= 0.9")]
    [InlineData("jaro_similarity(name_l, name_r) > 0.5", "jaro >= 0.5000000000000001")]
    [InlineData("levenshtein(name_l, name_r) <= 2", "levenshtein <= 2")]
    [InlineData("levenshtein(name_l, name_r) < 3", "levenshtein <= 2")]
    [InlineData("levenshtein(lower(\"name_l\"), lower(\"name_r\")) < 2.5", "levenshtein <= 2")]
    [InlineData("damerau_levenshtein(name_l, name_r) <= 1", "osa <= 1")]
    [InlineData("length(name_l) >= 3 AND substr(name_l, 1, 3) = substr(name_r, 1, 3)", "same prefix:3")]
    [InlineData("SUBSTRING(name_l, 1, 1) = SUBSTRING(name_r, 1, 1)", "same initial")]
    [InlineData("ABS(EPOCH(try_strptime(\"name_l\", '%Y-%m-%d')) - EPOCH(try_strptime(\"name_r\", '%Y-%m-%d'))) <= 31557600.0", "days <= 365.25")]
    [InlineData("abs(date_diff('day', name_l, name_r)) < 31", "days <= 30")]
    [InlineData("abs(datediff(CAST(name_l AS date), name_r::date)) <= 30", "days <= 30")]
    [InlineData("year(name_l) = year(name_r)", "same year")]
    [InlineData("ABS(name_l - name_r) <= 5", "difference <= 5")]
    [InlineData("(ABS(name_l - name_r) / (CASE WHEN name_r > name_l THEN name_r ELSE name_l END)) <= 0.1", "percent <= 10")]
    [InlineData("NULLIF(regexp_extract(name_l, '^[^@]+', 0), '') = NULLIF(regexp_extract(name_r, '^[^@]+', 0), '')", "same local")]
    public void A_usual_condition_becomes_ours(string sql, string when)
    {
        SqlLevel level = Read(sql, out string error)!;
        Assert.Equal((when, "name", ""), (level.When, level.Column, error));
        Assert.NotNull(LevelCondition.Parse(level.When, out _));
    }

    [Theory]
    [InlineData("name_l = other_r", "it compares two different columns, or one side with itself")]
    [InlineData("name_l = name_l", "it compares two different columns, or one side with itself")]
    [InlineData("name_l = name_r AND other_l = other_r", "it looks at several columns or parts at once")]
    [InlineData("name_l = name_r OR levenshtein(name_l, name_r) <= 1", "conditions joined by 'or' or 'not' have no counterpart")]
    [InlineData("NOT name_l = name_r", "conditions joined by 'or' or 'not' have no counterpart")]
    [InlineData("jaro_winkler_similarity(name_l, name_r) <= 0.9", "'jaro_winkler' is compared the wrong way round")]
    [InlineData("levenshtein(name_l, name_r) >= 2", "'levenshtein' is compared the wrong way round")]
    [InlineData("jaro_winkler_similarity(name_l, name_r) >= 2", "its limit holds for every pair or for none")]
    [InlineData("jaccard(name_l, name_r) >= 0.9", "'jaccard' has no counterpart")]
    [InlineData("array_length(list_intersect(name_l, name_r)) >= 1", "'array_length' has no counterpart")]
    [InlineData("jaro_winkler_similarity(substr(name_l, 1, 4), substr(name_r, 1, 4)) >= 0.9", "'jaro_winkler' compares whole values here, not parts of them")]
    [InlineData("abs(date_diff('month', name_l, name_r)) <= 1", "'abs' has no counterpart")]
    [InlineData("name_l = 'x'", "a fixed value is compared")]
    [InlineData("length(name_l) >= 3 AND name_l = name_r", "a condition on the length of values has no counterpart")]
    [InlineData("reverse(name_l) = reverse(name_r)", "'reverse' has no counterpart here")]
    [InlineData("substr(substr(name_l, 1, 4), 1, 2) = substr(substr(name_r, 1, 4), 1, 2)", "a level compares one transform of a value, not several in a row")]
    [InlineData("name_l LIKE name_r", "'LIKE' is not understood here")]
    [InlineData("name_l = ", "the condition ends too early")]
    [InlineData("name_l = 'x", "a quote is not closed")]
    [InlineData("name_l ; drop", "the character ';' is not understood")]
    public void What_has_no_counterpart_is_told(string sql, string reason)
    {
        Assert.Null(Read(sql, out string error));
        Assert.Equal(reason, error);
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        foreach (string when in (string[])["exact", "initial", "contained", "day_month_swapped", "two_parts_equal", "jaro >= 0.9", "jaro_winkler >= 0.875",
            "levenshtein <= 2", "osa <= 3", "days <= 31", "difference <= 0.5", "percent <= 12.5", "same prefix:3", "same suffix:7", "same initial", "same first",
            "same last", "same digits", "same year", "same year_month", "same month_day", "same local", "same domain"])
        {
            string sql = SqlConditions.Write(LevelCondition.Parse(when, out _)!, "\"odd name_l\"", "\"odd name_r\"")!;
            SqlLevel? level = Read(sql, out string error);
            Assert.Equal((when, "odd name", ""), (level?.When, level?.Column, error));
            Assert.Null(level!.Traits.Difference is { } difference && !difference.StartsWith("'osa'", StringComparison.Ordinal) ? difference : null);
        }
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_followed()
    {
        string sql = new string('(', 20_000) + "name_l" + new string(')', 20_000);
        Assert.Null(SqlParser.Parse(sql, qualified: false, out string error));
        Assert.Equal("the condition is nested too deeply", error);
    }

    [Fact]
    public void No_text_makes_the_parser_fail()
    {
        string[] pieces = ["name_l", "name_r", "=", "(", ")", "'", "\"", "and", "or", "not", "case", "when", "cast", "as", "is", "null", ",", "1", "2e", ".", "::", "abs", " ", "-", "extract", "from", "="];
        Law.Holds(random =>
        {
            string sql = string.Join(' ', Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            SqlNode? node = SqlParser.Parse(sql, qualified: random.Next(2) == 0, out string error);
            Assert.Equal(node is null, error.Length > 0);
            if (node is not null)
            {
                SqlLevel? level = SqlLevel.Read(node, afterExact: false, out error);
                Assert.Equal(level is null, error.Length > 0);
            }
        }, tests: 2000);
    }

    private static SqlLevel? Read(string sql, out string error)
    {
        SqlNode? node = SqlParser.Parse(sql, qualified: false, out error);
        return node is null ? null : SqlLevel.Read(node, afterExact: false, out error);
    }
}
