namespace IdentityResolution.Tests.Model;

public class LevelExpressionTests
{
    private static readonly string[] Tests =
    [
        "exact", "nickname", "initial", "same metaphone", "same prefix:3", "jaro_winkler >= 0.95", "osa <= 1", "common >= 2", "common_share >= 0.5",
        "birth_date: exact", "birth_date: same year", "email: domain_typo", "within email", "swapped with given_name", "equals phone", "given_name: within email",
    ];

    [Fact]
    public void What_is_printed_is_read_as_the_same_condition() => Law.Holds(
        random =>
        {
            LevelExpression expression = Draw(random, 3);
            LevelCondition read = LevelCondition.Parse(expression.ToString(), out string error)!;
            Assert.Empty(error);
            Assert.Equal(expression.ToString(), read.ToString());
            Assert.Equal(expression, read.Expression ?? LevelExpression.Of(read, null));
        },
        tests: 1000);

    [Fact]
    public void Bracketing_everything_changes_nothing() => Law.Holds(
        random =>
        {
            LevelExpression expression = Draw(random, 3);
            Assert.Equal(LevelCondition.Parse(expression.ToString(), out _), LevelCondition.Parse(Bracketed(expression), out _));
        },
        tests: 1000);

    [Theory]
    [InlineData("exact or initial and nickname", "exact or initial and nickname")]
    [InlineData("(exact or initial) and nickname", "(exact or initial) and nickname")]
    [InlineData("exact or (initial and nickname)", "exact or initial and nickname")]
    [InlineData("((exact))", "exact")]
    [InlineData("(exact and (initial and nickname)) or (contained or jaro>=", null)]
    [InlineData(" birth_date:  same   year and(surname: exact)", "birth_date: same year and surname: exact")]
    public void And_binds_closer_than_or_and_brackets_that_change_nothing_are_dropped(string text, string? printed) =>
        Assert.Equal(printed, LevelCondition.Parse(text, out _)?.ToString());

    [Theory]
    [InlineData("exact and", "a test is missing at the end.")]
    [InlineData("and exact", "a test is missing before 'and'.")]
    [InlineData("exact or or initial", "a test is missing before 'or'.")]
    [InlineData("(exact", "a bracket is not closed.")]
    [InlineData("exact)", "')' closes no bracket.")]
    [InlineData("()", "a test is missing before ')'.")]
    [InlineData("exact (initial)", "'and' or 'or' is missing between 'exact' and a bracket.")]
    [InlineData("(exact) initial", "'and' or 'or' is missing before 'initial'.")]
    [InlineData("birth_date:", "a test is missing behind 'birth_date:'.")]
    [InlineData("birth_date: else", "'else' stands alone.")]
    [InlineData("exact or else", "'else' stands alone.")]
    [InlineData("exact and jaro <= 1", "'jaro' is compared with '>=', as in 'jaro >= 0.9'.")]
    [InlineData("common >= 0", "'0' must be a whole number of at least 1.")]
    [InlineData("common >= 1.5", "'1.5' must be a whole number of at least 1.")]
    [InlineData("((((((((((((((((((exact))))))))))))))))))", "brackets stand more than 16 deep.")]
    public void What_is_wrong_with_a_combination_is_told(string text, string message)
    {
        Assert.Null(LevelCondition.Parse(text, out string error));
        Assert.Equal(message, error);
    }

    private static LevelExpression Draw(Random random, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            LevelCondition test = LevelCondition.Parse(Tests[random.Next(Tests.Length)], out _)!;
            return test.Expression ?? LevelExpression.Of(test, null);
        }
        return LevelExpression.Of(
            random.Next(2) == 0 ? LevelJoin.All : LevelJoin.Any, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Draw(random, depth - 1))]);
    }

    private static string Bracketed(LevelExpression expression) => expression.Join == LevelJoin.Test
        ? $"({expression})"
        : $"({string.Join(expression.Join == LevelJoin.All ? " and " : " or ", expression.Parts.Select(Bracketed))})";
}
