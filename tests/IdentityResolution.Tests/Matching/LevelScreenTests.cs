using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Matching;

public class LevelScreenTests
{
    private static readonly string[][] Comparisons =
    [
        ["exact", "nickname", "jaro_winkler >= 0.92", "initial", "contained", "jaro_winkler >= 0.8"],
        ["exact", "osa <= 1", "day_month_swapped", "two_parts_equal", "osa <= 2", "same year"],
        ["exact", "same local", "jaro_winkler >= 0.92", "same domain"],
        ["same soundex", "exact", "levenshtein <= 3"],
        ["jaro >= 0.7"], ["jaro >= 0"], ["jaro_winkler >= 0.71"], ["levenshtein_ratio >= 0.5"], ["levenshtein_ratio >= 1"], ["osa <= 2"], ["levenshtein <= 1"],
        ["nickname"], ["initial"], ["contained"], ["two_parts_equal"], ["day_month_swapped"], ["same prefix:3"], ["exact"],
        ["same year", "day_month_swapped", "osa <= 1"], ["nickname", "same soundex", "contained", "exact"],
    ];

    [Fact]
    public void Values_that_a_glance_puts_at_the_last_level_are_at_it_when_measured() => Law.Holds(random =>
    {
        string[] conditions = Comparisons[random.Next(Comparisons.Length)];
        FieldTable table = TestTable.Of(("x", [.. Enumerable.Range(0, 30).Select(_ => random.Next(3) == 0 ? Long(random) : RandomValues.Damage(random, RandomValues.Any(random)))]));
        var comparison = new CompiledComparison(Untrained(conditions), table);
        LevelEvaluator screened = comparison.CreateEvaluator();
        LevelCondition[] parsed = [.. conditions.Append("else").Select(condition => LevelCondition.Parse(condition, out _)!)];
        var measured = new LevelEvaluator(comparison.Column, parsed, table.Words("x"), null, table.Nicknames, screen: null);
        for (int left = 0; left < comparison.Column.Values.Count; left++)
        {
            for (int right = 0; right < comparison.Column.Values.Count; right++)
            {
                byte level = measured.Level(left, right);
                Assert.Equal(level, screened.Level(left, right));
                if (left != right && comparison.Screen!.IsElse(left, right))
                {
                    Assert.Equal(conditions.Length, level);
                }
            }
        }
    });

    [Theory]
    [InlineData("jaro_winkler >= 0.9", "margaret", "john", true)]
    [InlineData("jaro_winkler >= 0.9", "margaret", "margret", false)]
    [InlineData("jaro_winkler >= 0.9", "margaret", "zoë", false)]
    [InlineData("osa <= 2", "07889008691", "07100678242", true)]
    [InlineData("osa <= 2", "07889008691", "07889008619", false)]
    [InlineData("two_parts_equal", "1980-03-04", "1981-04-04", true)]
    [InlineData("two_parts_equal", "1980-03-04", "1980-04-04", false)]
    [InlineData("day_month_swapped", "1980-03-04", "1981-04-03", true)]
    [InlineData("day_month_swapped", "1980-03-04", "1980-04-03", false)]
    [InlineData("same local", "ann@a.com", "bob@a.com", true)]
    [InlineData("same local", "ann@a.com", "ann@b.com", false)]
    [InlineData("nickname", "robert", "zzyx", true)]
    [InlineData("nickname", "robert", "bob", false)]
    [InlineData("initial", "r", "bob", true)]
    [InlineData("initial", "b", "bob", false)]
    [InlineData("contained", "ann", "maria", true)]
    [InlineData("contained", "ann", "ann maria", false)]
    public void A_glance_tells_the_clear_cases_and_leaves_the_others(string condition, string left, string right, bool isElse)
    {
        var comparison = new CompiledComparison(Untrained([condition]), TestTable.Of(("x", [left, right])));
        Assert.Equal(isElse, comparison.Screen!.IsElse(0, 1));
        Assert.Equal(isElse, comparison.Screen.IsElse(1, 0));
    }

    [Theory]
    [InlineData("words >= 0.5")]
    [InlineData("days <= 3")]
    [InlineData("percent <= 5")]
    public void What_only_the_values_tell_has_no_screen(string condition) =>
        Assert.Null(new CompiledComparison(Untrained(["exact", condition]), TestTable.Of(("x", ["a", "b"]))).Screen);

    [Fact]
    public void Values_have_at_most_as_much_in_common_as_their_traits_say() => Law.Holds(random =>
    {
        (string left, string right) = (Long(random), RandomValues.Any(random));
        (ValueGlance one, ValueGlance other) = (ValueGlance.Of(Encoding.UTF8.GetBytes(left)), ValueGlance.Of(Encoding.UTF8.GetBytes(right)));
        if (one.IsPlain && other.IsPlain)
        {
            int common = left.Distinct().Sum(letter => Math.Min(left.Count(unit => unit == letter), right.Count(unit => unit == letter)));
            Assert.InRange(ValueGlance.MostCommon(in one, in other), common, Math.Min(left.Length, right.Length));
            Assert.Equal(left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Take(4).Count(), ValueGlance.CommonStart(in one, in other));
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("müller")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    public void Values_that_traits_do_not_describe_are_not_plain(string value) => Assert.False(ValueGlance.Of(Encoding.UTF8.GetBytes(value)).IsPlain);

    private static Comparison Untrained(string[] conditions) =>
        new() { Field = "x", Levels = [.. conditions.Append("else").Select(condition => new ComparisonLevel(condition, 0.5, 0.5))] };

    private static string Long(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => "abcdefgh019 -"[random.Next(13)])).Trim() is { Length: > 0 } text ? text : "a";
}
