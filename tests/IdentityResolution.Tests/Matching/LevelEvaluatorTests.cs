using IdentityResolution.Fields;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Matching;

public class LevelEvaluatorTests
{
    private static readonly string[] Conditions =
    [
        "exact", "nickname", "initial", "contained", "day_month_swapped", "two_parts_equal", "same soundex", "same prefix:3", "same year",
        "jaro >= 0.6", "jaro_winkler >= 0.7", "levenshtein_ratio >= 0.5", "bigrams >= 0.3", "words >= 0.3", "names >= 0.6", "organizations >= 0.6", "domain_typo", "levenshtein <= 3",
        "osa <= 3", "days <= 400", "difference <= 50", "percent <= 40",
    ];

    [Theory]
    [InlineData("exact", "ann", "ann", true)]
    [InlineData("exact", "ann", "anna", false)]
    [InlineData("nickname", "bob", "robert", true)]
    [InlineData("nickname", "bob", "anna", false)]
    [InlineData("initial", "a", "anna", true)]
    [InlineData("initial", "b", "anna", false)]
    [InlineData("initial", "an", "anna", false)]
    [InlineData("initial", "a", "b", false)]
    [InlineData("contained", "anna", "anna maria", true)]
    [InlineData("contained", "maria anna", "anna maria", true)]
    [InlineData("contained", "anna lee", "anna maria", false)]
    [InlineData("contained", "ann", "anna", false)]
    [InlineData("day_month_swapped", "1980-03-04", "1980-04-03", true)]
    [InlineData("day_month_swapped", "1980-03-04", "1981-04-03", false)]
    [InlineData("day_month_swapped", "1980-03-04", "1980-03-05", false)]
    [InlineData("day_month_swapped", "1980/03/04", "1980/04/03", false)]
    [InlineData("two_parts_equal", "1980-03-04", "1980-03-05", true)]
    [InlineData("two_parts_equal", "1980-03-04", "1979-03-04", true)]
    [InlineData("two_parts_equal", "1980-03-04", "1979-05-04", false)]
    [InlineData("two_parts_equal", "1980-03", "1980-03-04", false)]
    [InlineData("same soundex", "robert", "rupert", true)]
    [InlineData("same soundex", "robert", "anna", false)]
    [InlineData("same year", "1980-03-04", "1980-12-31", true)]
    [InlineData("same year", "1980-03-04", "1981-03-04", false)]
    [InlineData("same year", "spring", "summer", false)]
    [InlineData("same suffix:7", "+441234567", "01234567", true)]
    [InlineData("same local", "ann@a.com", "ann@b.com", true)]
    [InlineData("jaro >= 0.94", "martha", "marhta", true)]
    [InlineData("jaro >= 0.95", "martha", "marhta", false)]
    [InlineData("jaro_winkler >= 0.96", "martha", "marhta", true)]
    [InlineData("jaro_winkler >= 0.97", "martha", "marhta", false)]
    [InlineData("levenshtein_ratio >= 0.57", "kitten", "sitting", true)]
    [InlineData("levenshtein_ratio >= 0.58", "kitten", "sitting", false)]
    [InlineData("bigrams >= 0.14", "night", "nacht", true)]
    [InlineData("bigrams >= 0.15", "night", "nacht", false)]
    [InlineData("words >= 1", "john smith", "smith john", true)]
    [InlineData("words >= 0.01", "john smith", "anna lee", false)]
    [InlineData("names >= 0.9", "bob smith", "robert smith", true)]
    [InlineData("names >= 0.7", "john smith", "jane smith", false)]
    [InlineData("organizations >= 0.75", "ibm", "international business machines", true)]
    [InlineData("organizations >= 0.7", "acme fund 1", "acme fund 2", false)]
    [InlineData("domain_typo", "ann@gmail.com", "ann@gmial.com", true)]
    [InlineData("domain_typo", "ann@gmail.com", "ann@ymail.com", false)]
    [InlineData("levenshtein <= 3", "kitten", "sitting", true)]
    [InlineData("levenshtein <= 2", "kitten", "sitting", false)]
    [InlineData("levenshtein <= 1", "ab", "ba", false)]
    [InlineData("osa <= 1", "ab", "ba", true)]
    [InlineData("days <= 31", "1980-01-01", "1980-02-01", true)]
    [InlineData("days <= 30", "1980-01-01", "1980-02-01", false)]
    [InlineData("days <= 1000000", "1980-02-30", "1980-03-01", false)]
    [InlineData("difference <= 0.5", "10", "10.5", true)]
    [InlineData("difference <= 0.4", "10", "10.5", false)]
    [InlineData("difference <= 1000", "10", "ten", false)]
    [InlineData("percent <= 10", "100", "110", true)]
    [InlineData("percent <= 9", "100", "110", false)]
    [InlineData("percent <= 0", "0", "0.0", true)]
    [InlineData("levenshtein <= 1", "müller", "muller", true)]
    [InlineData("jaro_winkler >= 0.88", "müller", "muller", true)]
    [InlineData("osa <= 1", "日本", "本日", true)]
    public void A_condition_holds_or_not_whichever_value_comes_first(string condition, string left, string right, bool holds)
    {
        byte expected = (byte)(holds ? 0 : 1);
        Assert.Equal(expected, Level([condition, "else"], left, right));
        Assert.Equal(expected, Level([condition, "else"], right, left));
    }

    [Theory]
    [InlineData("wang", "王", PairComparer.Missing)]
    [InlineData("dara", "តារា", PairComparer.Missing)]
    [InlineData("王", "李", 1)]
    [InlineData("wang", "li", 1)]
    [InlineData("wang", "wáng", 0)]
    [InlineData("12", "王", 1)]
    public void Letters_of_another_script_do_not_contradict(string left, string right, byte level)
    {
        Assert.Equal(level, Level(["jaro_winkler >= 0.8", "else"], left, right));
        Assert.Equal(level, Level(["jaro_winkler >= 0.8", "else"], right, left));
    }

    [Fact]
    public void The_first_condition_that_holds_decides()
    {
        string[] levels = ["exact", "jaro_winkler >= 0.95", "osa <= 1", "jaro_winkler >= 0.8", "else"];
        Assert.Equal(0, Level(levels, "smith", "smith"));
        Assert.Equal(1, Level(levels, "johnsons", "johnson"));
        Assert.Equal(2, Level(levels, "kim", "tim"));
        Assert.Equal(3, Level(levels, "dixon", "dicksonx"));
        Assert.Equal(4, Level(levels, "smith", "brown"));
    }

    [Fact]
    public void Levels_are_symmetric_and_equal_those_measured_alone() => Law.Holds(random =>
    {
        string[] levels = [.. Conditions.Where(_ => random.Next(4) == 0).OrderBy(_ => random.Next()), "else"];
        string left = RandomValues.Any(random);
        string right = random.Next(2) == 0 ? RandomValues.Any(random) : RandomValues.Damage(random, left);
        byte level = Level(levels, left, right);
        Assert.Equal(level, Level(levels, right, left));
        // A measurement that several levels share must not leak from one into another.
        int first = Array.FindIndex(levels, condition => condition == "else" || Level([condition, "else"], left, right) == 0);
        Assert.Equal(first, level == PairComparer.Missing ? levels.Length - 1 : level);
    });

    [Fact]
    public void Long_values_are_measured_too()
    {
        string value = string.Concat(Enumerable.Repeat("é", 3000));
        Assert.Equal(0, Level(["levenshtein <= 1", "else"], value, value + "x"));
        Assert.Equal(1, Level(["nickname", "else"], value, value + "x"));
    }

    private static byte Level(string[] conditions, string left, string right)
    {
        FieldTable table = TestTable.Of(("f", [left, right]));
        var comparison = new CompiledComparison(new Comparison { Field = "f", Levels = [.. conditions.Select(condition => new ComparisonLevel(condition))] }, table);
        return comparison.CreateEvaluator().Level(table["f"].Codes[0], table["f"].Codes[1]);
    }
}
