using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class MatchCountTests
{
    // 10,000 matches; the first rule finds 60 % of them, the second 80 %, independently; each also has 5,000 pairs of strangers.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Matches_are_counted_by_capture_and_recapture(long sampledOneIn)
    {
        BlockSession first = Session(0, [true, false], [(0b11, 4800), (0b01, 1200)], 5000, sampledOneIn);
        BlockSession second = Session(1, [false, true], [(0b11, 4800), (0b10, 3200)], 5000, sampledOneIn);
        double[][] posteriors = [[1, 1, 0], [1, 1, 0]];
        double matches = MatchCount.Estimate([first, second], [6000.0 / 11_000, 8000.0 / 13_000], posteriors, 1_000_000);
        Assert.InRange(matches, 9900, 10_100);
    }

    [Fact]
    public void Rules_on_the_same_field_do_not_vouch_for_each_other_and_count_as_finding_half()
    {
        BlockSession first = Session(0, [true, false], [(0b11, 6000)], 0, 1);
        BlockSession second = Session(1, [true, true], [(0b11, 6000)], 0, 1);
        Assert.Equal(12_000, MatchCount.Estimate([first, second], [1, 1], [[1], [1]], 1_000_000), 0);
    }

    [Fact]
    public void No_fewer_matches_than_found_no_more_than_half_of_all_pairs_and_no_fewer_than_one()
    {
        BlockSession first = Session(0, [true, false], [(0b01, 900)], 0, 1);
        BlockSession second = Session(1, [false, true], [(0b10, 10)], 0, 1);
        Assert.InRange(MatchCount.Estimate([first, second], [1, 1], [[1], [1]], 1_000_000), 900, 500_000);
        Assert.Equal(500, MatchCount.Estimate([first, second], [1, 1], [[1], [1]], 1000));
        Assert.Equal(1, MatchCount.Estimate([], [], [], 1000));
        Assert.Equal(1, MatchCount.Estimate([], [], [], 0));
    }

    private static BlockSession Session(int rule, bool[] conditioned, (ulong Rules, long Pairs)[] matches, long strangers, long sampledOneIn)
    {
        Pattern[] patterns = [.. matches.Select(match => new Pattern([0, 0], match.Rules, match.Pairs / sampledOneIn)), new Pattern([1, 1], 1UL << rule, strangers / sampledOneIn)];
        patterns = strangers == 0 ? patterns[..^1] : patterns;
        long all = matches.Sum(match => match.Pairs) + strangers;
        return new BlockSession(rule, conditioned, patterns, all / sampledOneIn, all);
    }
}
