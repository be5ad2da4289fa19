using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class PresentMatchesTests
{
    private const byte Missing = 15;

    [Fact]
    public void Matches_may_have_a_value_more_often_than_pairs_at_large()
    {
        // A rule on the first field: 900 matches, all with the second value, of which pairs at large have one in a hundred.
        BlockSession session = Session([true, false], new Pattern([0, 0], 1, 900), new Pattern([0, Missing], 1, 5000));
        SessionShares shares = Shares(session, 1, 0);
        double[] present = PresentMatches.Shares([session], [shares], [1, 0.01]);
        Assert.InRange(present[1], 0.98, 1);
    }

    [Fact]
    public void A_rule_says_nothing_of_the_fields_it_is_made_of()
    {
        BlockSession session = Session([true, false], new Pattern([0, 0], 1, 900));
        double[] present = PresentMatches.Shares([session], [Shares(session, 1)], [0.3, 0.3]);
        Assert.Equal(0.3, present[0], 12);
    }

    [Fact]
    public void A_pair_of_several_rules_counts_once_and_a_sample_for_all()
    {
        // Of 100 matches two rules both find the half without the value; each of them also finds 25 others that have it.
        BlockSession first = Session([false], new Pattern([Missing], 0b11, 50), new Pattern([0], 0b01, 25));
        BlockSession second = Session([false], new Pattern([Missing], 0b11, 5000), new Pattern([0], 0b10, 2500)) with { SampledPairs = 7500, AllPairs = 75 };
        double[] present = PresentMatches.Shares([first, second], [Shares(first, 1, 1), Shares(second, 1, 1)], [0.5]);
        Assert.Equal(0.5, present[0], 9);
    }

    [Fact]
    public void Without_matches_it_is_the_share_at_large()
    {
        BlockSession session = Session([false], new Pattern([0], 1, 900));
        Assert.Equal(0.2, PresentMatches.Shares([session], [Shares(session, 0)], [0.2])[0], 12);
        Assert.Equal([0.2], PresentMatches.Shares([], [], [0.2]));
    }

    private static BlockSession Session(bool[] conditioned, params Pattern[] patterns) =>
        new(0, conditioned, patterns, patterns.Sum(pattern => pattern.Count), patterns.Sum(pattern => pattern.Count));

    private static SessionShares Shares(BlockSession session, params double[] matchOf)
    {
        var shares = new SessionShares(session, [], withRelatives: false);
        matchOf.CopyTo(shares.MatchOf, 0);
        return shares;
    }
}
