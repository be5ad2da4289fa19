using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class NicknamesTests
{
    [Theory]
    [InlineData("bob", "robert")]
    [InlineData("bob", "rob")]
    [InlineData("bill", "william")]
    [InlineData("peggy", "margaret")]
    [InlineData("kate", "catherine")]
    [InlineData("ted", "theodore")]
    [InlineData("hans", "johannes")]
    [InlineData("sepp", "josef")]
    [InlineData("manu", "emmanuel")]
    [InlineData("paco", "francisco")]
    [InlineData("beppe", "giuseppe")]
    [InlineData("kees", "cornelis")]
    [InlineData("kasia", "katarzyna")]
    [InlineData("sasha", "aleksandr")]
    [InlineData("mohamed", "muhammad")]
    [InlineData("mhd", "muhammed")]
    [InlineData("geo", "george")]
    [InlineData("richd", "richard")]
    [InlineData("eliz", "elizabeth")]
    [InlineData("anna", "anna")]
    public void Variants_of_one_name_are_found_both_ways(string left, string right)
    {
        Assert.True(Nicknames.AreVariants(left, right));
        Assert.True(Nicknames.AreVariants(right, left));
    }

    [Theory]
    [InlineData("bob", "william")]
    [InlineData("john", "mary")]
    [InlineData("zzyx", "zzyy")]
    [InlineData("", "")]
    public void Other_names_are_no_variants(string left, string right) => Assert.False(Nicknames.AreVariants(left, right));

    [Theory]
    [InlineData("bob", "robert")]
    [InlineData("robert", "robert")]
    [InlineData("zzyx", "zzyx")]
    [InlineData("maria", "maria")]
    public void A_name_has_a_canonical_one(string name, string canonical) => Assert.Equal(canonical, Nicknames.Canonical(name).ToString());

    [Fact]
    public void Every_formal_name_is_its_own_canonical_name()
    {
        NicknameTable table = NicknameTable.Default;
        for (int group = 0; group < table.GroupCount; group++)
        {
            Assert.Equal(table.FormalName(group), table.Canonical(table.FormalName(group)).ToString());
            Assert.True(table.TryGetGroups(table.FormalName(group), out ReadOnlySpan<int> groups));
            Assert.True(groups.Contains(group));
        }
    }

    [Fact]
    public void A_name_may_stand_in_several_groups()
    {
        Assert.True(Nicknames.TryGetGroups("alex", out ReadOnlySpan<int> groups));
        Assert.True(groups.Length > 1);
        Assert.True(Nicknames.AreVariants("alex", "alexander"));
        Assert.True(Nicknames.AreVariants("alex", "alexandra"));
        Assert.False(Nicknames.TryGetGroups("zzyx", out _));
    }

    [Fact]
    public void Users_add_groups_to_a_new_table()
    {
        NicknameTable table = NicknameTable.Default.With("Zebulon: Zebby Zèb");
        Assert.True(table.AreVariants("zebby", "zeb"));
        Assert.True(table.AreVariants("bob", "robert"));
        Assert.False(NicknameTable.Default.AreVariants("zebby", "zebulon"));
        Assert.Throws<FormatException>(() => NicknameTable.Default.With("no colon"));
    }

    [Fact]
    public void Names_of_the_table_are_standard_forms()
    {
        IStandardizer standardizer = Standardizers.For(FieldKind.GivenName);
        NicknameTable table = NicknameTable.Default;
        for (int group = 0; group < table.GroupCount; group++)
        {
            Assert.Equal(table.FormalName(group), Standard.Of(standardizer, table.FormalName(group)).Form);
        }
    }
}
