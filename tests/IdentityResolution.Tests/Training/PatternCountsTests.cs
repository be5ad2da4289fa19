using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class PatternCountsTests
{
    [Fact]
    public void Patterns_are_packed_without_loss() => Law.Holds(random =>
    {
        byte[] levels = [.. Enumerable.Range(0, random.Next(0, 17)).Select(_ => (byte)random.Next(16))];
        uint rules = (uint)random.NextInt64();
        uint swaps = (uint)random.NextInt64();
        PatternKey key = PatternKey.Pack(levels, rules, swaps);
        Assert.Equal(levels, key.Unpack(levels.Length));
        var pattern = new Pattern(levels, key.Flags, 1);
        for (int i = 0; i < 32; i++)
        {
            Assert.Equal(((rules >> i) & 1) != 0, pattern.HasRule(i));
            Assert.Equal(((swaps >> i) & 1) != 0, pattern.IsSwapped(i));
        }
    });

    [Fact]
    public void Counts_and_their_order_do_not_depend_on_the_order_of_pairs() => Law.Holds(random =>
    {
        PatternKey[] keys = [.. Enumerable.Range(0, random.Next(0, 60)).Select(_ => PatternKey.Pack([(byte)random.Next(3), (byte)random.Next(3)], (uint)random.Next(3), 0))];
        var one = new PatternCounts();
        foreach (PatternKey key in keys)
        {
            one.Add(key);
        }
        random.Shuffle(keys);
        var part = new PatternCounts();
        var other = new PatternCounts();
        foreach (PatternKey key in keys)
        {
            (random.Next(2) == 0 ? part : other).Add(key);
        }
        other.Add(part);
        Assert.Equal(keys.Length, one.Pairs);
        Assert.Equal(keys.Length, other.Pairs);
        Assert.Equal(one.ToSortedArray(2).Select(Describe), other.ToSortedArray(2).Select(Describe));
        Assert.Equal(keys.Distinct().Count(), one.ToSortedArray(2).Length);
    });

    private static string Describe(Pattern pattern) => $"{string.Join(',', pattern.Levels)} {pattern.Flags} {pattern.Count}";
}
