using System.Text;
using IdentityResolution.Identity;

namespace IdentityResolution.Tests.Identity;

public class EntityIdCodeTests
{
    [Theory]
    [InlineData(0UL, "C0000000000000")]
    [InlineData(31UL, "C000000000000Z")]
    [InlineData(32UL, "C0000000000010")]
    [InlineData(ulong.MaxValue, "CFZZZZZZZZZZZZ")]
    public void A_number_and_its_text_correspond(ulong number, string text)
    {
        Assert.Equal(text, EntityIdCode.ToText(number));
        Assert.True(EntityIdCode.TryRead(Encoding.ASCII.GetBytes(text), out ulong read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("C000000000000")]
    [InlineData("C00000000000000")]
    [InlineData("D0000000000000")]
    [InlineData("C000000000000z")]
    [InlineData("C000000000000U")]
    [InlineData("CG000000000000")]
    public void Other_text_is_no_id_of_ours(string text) =>
        Assert.False(EntityIdCode.TryRead(Encoding.ASCII.GetBytes(text), out _));
}
