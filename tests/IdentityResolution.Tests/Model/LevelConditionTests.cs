using IdentityResolution.Features;

namespace IdentityResolution.Tests.Model;

public class LevelConditionTests
{
    [Theory]
    [InlineData("else", LevelFunction.Else, 0)]
    [InlineData("exact", LevelFunction.Exact, 0)]
    [InlineData("nickname", LevelFunction.Nickname, 0)]
    [InlineData("initial", LevelFunction.Initial, 0)]
    [InlineData("contained", LevelFunction.Contained, 0)]
    [InlineData("day_month_swapped", LevelFunction.DayMonthSwapped, 0)]
    [InlineData("two_parts_equal", LevelFunction.TwoPartsEqual, 0)]
    [InlineData("jaro >= 0.9", LevelFunction.Jaro, 0.9)]
    [InlineData("jaro_winkler >= 1", LevelFunction.JaroWinkler, 1)]
    [InlineData("levenshtein_ratio >= 0", LevelFunction.LevenshteinRatio, 0)]
    [InlineData("bigrams >= 0.5", LevelFunction.Bigrams, 0.5)]
    [InlineData("words >= 0.25", LevelFunction.Words, 0.25)]
    [InlineData("names >= 0.75", LevelFunction.Names, 0.75)]
    [InlineData("organizations >= 0.75", LevelFunction.Organizations, 0.75)]
    [InlineData("domain_typo", LevelFunction.DomainTypo, 0)]
    [InlineData("levenshtein <= 2", LevelFunction.Levenshtein, 2)]
    [InlineData("osa <= 1", LevelFunction.Osa, 1)]
    [InlineData("days <= 31", LevelFunction.Days, 31)]
    [InlineData("difference <= 1e3", LevelFunction.Difference, 1000)]
    [InlineData("percent <= 0.05", LevelFunction.Percent, 0.05)]
    [InlineData("  osa   <=  1 ", LevelFunction.Osa, 1)]
    internal void Conditions_are_read(string text, LevelFunction function, double limit)
    {
        LevelCondition? condition = LevelCondition.Parse(text, out string error);
        Assert.Equal(new LevelCondition(function, limit, default), condition);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("same soundex", Transform.Soundex, 0)]
    [InlineData("same prefix:3", Transform.Prefix, 3)]
    [InlineData("same month_day", Transform.MonthDay, 0)]
    internal void A_transform_may_have_to_be_the_same(string text, Transform transform, int argument) =>
        Assert.Equal(new LevelCondition(LevelFunction.Same, 0, new TransformStep(transform, argument)), LevelCondition.Parse(text, out _));

    [Theory]
    [InlineData("", "'' is no condition; known are else, exact, ")]
    [InlineData("Exact", "'Exact' is no condition; ")]
    [InlineData("same", "'same' is no condition; ")]
    [InlineData("same sound", "'sound' is no transform; known are prefix, ")]
    [InlineData("same prefix", "'prefix' takes a number from 1 to 100, as in 'prefix:4'.")]
    [InlineData("osa", "'osa' is no condition; ")]
    [InlineData("osa <=", "'osa <=' is no condition; ")]
    [InlineData("osa<=1", "'osa<=1' is no condition; ")]
    [InlineData("cosine >= 0.5", "'cosine >= 0.5' is no condition; ")]
    [InlineData("exact >= 0.5", "'exact >= 0.5' is no condition; ")]
    [InlineData("osa <= 1 2", "'osa <= 1 2' is no condition; ")]
    [InlineData("osa >= 1", "'osa' is compared with '<=', as in 'osa <= 2'.")]
    [InlineData("jaro <= 0.9", "'jaro' is compared with '>=', as in 'jaro >= 0.9'.")]
    [InlineData("jaro > 0.9", "'jaro' is compared with '>=', as in 'jaro >= 0.9'.")]
    [InlineData("jaro >= 1.1", "'1.1' must be a number in [0, 1].")]
    [InlineData("jaro >= -0.1", "'-0.1' must be a number in [0, 1].")]
    [InlineData("jaro >= NaN", "'NaN' must be a number in [0, 1].")]
    [InlineData("jaro >= 0,9", "'0,9' must be a number in [0, 1].")]
    [InlineData("osa <= -1", "'-1' must be a number of at least 0.")]
    [InlineData("days <= many", "'many' must be a number of at least 0.")]
    public void What_is_wrong_with_a_condition_is_told(string text, string message)
    {
        Assert.Null(LevelCondition.Parse(text, out string error));
        Assert.StartsWith(message, error, StringComparison.Ordinal);
    }
}
