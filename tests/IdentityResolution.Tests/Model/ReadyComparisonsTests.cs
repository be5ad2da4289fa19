namespace IdentityResolution.Tests.Model;

public class ReadyComparisonsTests
{
    public static TheoryData<FieldKind> Kinds => [.. Enum.GetValues<FieldKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_field_has_a_valid_comparison(FieldKind kind)
    {
        Comparison comparison = ReadyComparisons.For("field", kind);
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "field", Kind = kind }],
            BlockingRules = [new BlockingRule { Keys = ["field"] }],
            Comparisons = [comparison],
        };
        Assert.Empty(ModelValidator.Validate(model));
        Assert.Equal("exact", comparison.Levels[0].When);
        Assert.Equal("else", comparison.Levels[^1].When);
        Assert.All(comparison.Levels, level => Assert.Null(level.MProbability));
        Assert.Equal(comparison.Levels.Count, comparison.Levels.Select(level => level.When).Distinct(StringComparer.Ordinal).Count());
        Assert.False(model.IsTrained);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void By_sound_only_names_have_a_level_more(FieldKind kind)
    {
        string[] ready = [.. ReadyComparisons.For("field", kind).Levels.Select(level => level.When)];
        string[] bySound = [.. ReadyComparisons.BySound("field", kind).Levels.Select(level => level.When)];
        bool isName = kind is FieldKind.GivenName or FieldKind.Surname;
        Assert.Equal(isName, bySound.Contains("same metaphone"));
        Assert.Equal(ready, bySound.Where(when => when != "same metaphone"));
        Assert.True(!isName || bySound[Array.IndexOf(bySound, "same metaphone") - 1] == "contained");
    }

    [Fact]
    public void No_other_kind_has_one() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReadyComparisons.For("field", (FieldKind)Enum.GetValues<FieldKind>().Length));
}
