using IdentityResolution.Lookup;

namespace IdentityResolution.Tests.Lookup;

public sealed class StoredNamesTests
{
    [Fact]
    public void Every_kind_of_change_comes_back_from_its_name() =>
        Assert.All(Enum.GetValues<EntityChangeKind>(), kind => Assert.Equal(kind, StoredNames.ChangeKind(StoredNames.Of(kind), "store")));

    [Fact]
    public void Every_decision_comes_back_from_its_name() =>
        Assert.All(Enum.GetValues<JudgementDecision>(), decision => Assert.Equal(decision, StoredNames.Decision(StoredNames.Of(decision), "store")));

    [Theory]
    [InlineData("Merged")]
    [InlineData("")]
    [InlineData("joined ")]
    public void An_unknown_name_is_refused(string name)
    {
        Assert.Throws<LookupFormatException>(() => StoredNames.ChangeKind(name, "store"));
        Assert.Throws<LookupFormatException>(() => StoredNames.Decision(name, "store"));
    }
}
