using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Internals;

public class ScratchTests
{
    private const int Long = 1 << 18;

    [Fact]
    public void What_was_given_back_is_lent_again()
    {
        long[] first = Scratch.Rent<long>(Long);
        Scratch.Return(first);

        Assert.Same(first, Scratch.Rent<long>(Long - 1));
        GC.KeepAlive(first);
    }

    [Fact]
    public void What_is_lent_is_lent_to_nobody_else()
    {
        double[] first = Scratch.Rent<double>(Long);
        double[] second = Scratch.Rent<double>(Long);

        Assert.NotSame(first, second);
        Scratch.Return(first);
        Scratch.Return(second);
        Assert.NotSame(Scratch.Rent<double>(Long), Scratch.Rent<double>(Long));
    }

    [Fact]
    public void The_shortest_array_that_fits_is_lent()
    {
        short[] large = Scratch.Rent<short>(Long + (Long / 2));
        short[] small = Scratch.Rent<short>(Long);
        Scratch.Return(large);
        Scratch.Return(small);

        Assert.Same(small, Scratch.Rent<short>(Long));
        GC.KeepAlive(large);
    }

    [Fact]
    public void An_array_much_too_long_is_kept_for_others()
    {
        float[] large = Scratch.Rent<float>(4 * Long);
        Scratch.Return(large);

        Assert.NotSame(large, Scratch.Rent<float>(Long));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 16)]
    [InlineData((1 << 16) + 1)]
    public void An_array_is_as_long_as_asked(int length) => Assert.True(Scratch.Rent<byte>(length).Length >= length);
}
