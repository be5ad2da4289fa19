using IdentityResolution.Features;

namespace IdentityResolution.Tests.Features;

public class FeatureExpressionTests
{
    [Theory]
    [InlineData("surname", "surname", "")]
    [InlineData("surname.soundex", "surname", "Soundex 0")]
    [InlineData("email.local.prefix:4", "email", "Local 0, Prefix 4")]
    [InlineData("birth_date.month_day", "birth_date", "MonthDay 0")]
    [InlineData("phone.suffix:100", "phone", "Suffix 100")]
    public void Expressions_are_read_and_written(string text, string field, string steps)
    {
        FeatureExpression expression = Assert.IsType<FeatureExpression>(FeatureExpression.Parse(text, out string error));
        Assert.Empty(error);
        Assert.Equal(field, expression.Field);
        Assert.Equal(steps, string.Join(", ", expression.Steps.Select(step => $"{step.Transform} {step.Argument}")));
        Assert.Equal(text, expression.ToString());
    }

    [Theory]
    [InlineData("", "names no field.")]
    [InlineData(".soundex", "names no field.")]
    [InlineData("surname.", "'' is no transform; known are prefix, ")]
    [InlineData("surname.Soundex", "'Soundex' is no transform; ")]
    [InlineData("surname.prefix", "'prefix' takes a number from 1 to 100, as in 'prefix:4'.")]
    [InlineData("surname.prefix:", "'prefix' takes a number from 1 to 100, ")]
    [InlineData("surname.prefix:0", "'prefix' takes a number from 1 to 100, ")]
    [InlineData("surname.prefix:101", "'prefix' takes a number from 1 to 100, ")]
    [InlineData("surname.suffix:+4", "'suffix' takes a number from 1 to 100, as in 'suffix:4'.")]
    [InlineData("surname.suffix:1e1", "'suffix' takes a number from 1 to 100, ")]
    [InlineData("surname.initial:1", "'initial' takes no number.")]
    public void What_is_wrong_with_an_expression_is_told(string text, string message)
    {
        Assert.Null(FeatureExpression.Parse(text, out string error));
        Assert.StartsWith(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_transform_has_a_name_of_its_own() => Assert.Equal(
        Enum.GetValues<Transform>(),
        TransformNames.All.Split(", ").Select(name => TransformNames.TryParse(name, out Transform transform) ? transform : (Transform)(-1)));
}
