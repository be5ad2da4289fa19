using IdentityResolution.Internals;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class ExpectationMaximizationTests
{
    private static readonly double[][] U = [[0.02, 0.08, 0.9], [0.1, 0.2, 0.7], [0.05, 0.95], [0.3, 0.7], [0.01, 0.04, 0.95]];
    private static readonly double[][] M = [[0.85, 0.1, 0.05], [0.7, 0.25, 0.05], [0.9, 0.1], [0.95, 0.05], [0.75, 0.15, 0.1]];
    private static readonly double[][] R = [[0.02, 0.08, 0.9], [0.85, 0.1, 0.05], [0.92, 0.08], [0.9, 0.1], [0.01, 0.04, 0.95]];
    private static readonly FieldRole[] Roles = [FieldRole.Personal, FieldRole.Shared, FieldRole.Shared, FieldRole.Shared, FieldRole.Personal];

    [Theory]
    [InlineData(0.3, 0.01, 0.02)]
    [InlineData(0.05, 0.01, 0.04)]
    [InlineData(0.7, 0.01, 0.02)]
    public void The_share_of_matches_and_m_that_made_the_pairs_are_found_again(double share, double shareError, double mError)
    {
        EmResult result = Learn(null, Session(matchShare: share, relatedShare: 0, missing: 0.1));
        Assert.InRange(result.Sessions[0].Match, share - shareError, share + shareError);
        Assert.Equal(0, result.Sessions[0].Related);
        AssertClose(M, result.M, mError);
    }

    [Fact]
    public void Relatives_are_told_from_matches()
    {
        BlockSession session = Session(matchShare: 0.2, relatedShare: 0.3, missing: 0.05);
        EmResult result = Learn(Roles, session);
        Assert.InRange(result.Sessions[0].Match, 0.19, 0.21);
        Assert.InRange(result.Sessions[0].Related, 0.28, 0.32);
        AssertClose(M, result.M, 0.03);
        AssertClose([.. R.Where((_, i) => Roles[i] != FieldRole.Personal)], [.. result.R!.Where((_, i) => Roles[i] != FieldRole.Personal)], 0.03);
        Assert.True(result.LogLikelihood > Learn(null, session).LogLikelihood + 1000);
    }

    [Fact]
    public void Where_there_are_no_relatives_hardly_any_are_found()
    {
        EmResult result = Learn(Roles, Session(matchShare: 0.2, relatedShare: 0, missing: 0));
        Assert.InRange(result.Sessions[0].Related, 0, 0.02);
        Assert.InRange(result.Sessions[0].Match, 0.19, 0.21);
    }

    [Fact]
    public void What_the_blocks_fix_is_left_out()
    {
        BlockSession session = Session(matchShare: 0.3, relatedShare: 0, missing: 0) with { Conditioned = [true, false, false, false, false] };
        EmResult result = Learn(null, session);
        // The levels of the first comparison may be anything: the outcome is the same.
        BlockSession other = session with { Patterns = [.. session.Patterns.Select(pattern => pattern with { Levels = [0, .. pattern.Levels[1..]] })] };
        Assert.Equal(result.Sessions[0].MatchOf, Learn(null, other).Sessions[0].MatchOf);
        AssertClose([ExpectationMaximization.StartMatch(3)], [result.M[0]], 1e-9);
    }

    [Fact]
    public void Rules_share_m_and_keep_their_own_shares()
    {
        BlockSession first = Session(matchShare: 0.1, relatedShare: 0, missing: 0) with { Conditioned = [true, false, false, false, false] };
        BlockSession second = Session(matchShare: 0.6, relatedShare: 0, missing: 0) with { Conditioned = [false, false, true, false, false] };
        EmResult result = Learn(null, first, second);
        Assert.InRange(result.Sessions[0].Match, 0.085, 0.115);
        Assert.InRange(result.Sessions[1].Match, 0.59, 0.61);
        // Each comparison is learned from the rule that leaves it open.
        AssertClose(M, result.M, 0.03);
    }

    [Fact]
    public void Without_pairs_nothing_is_learned()
    {
        EmResult result = Learn(Roles, new BlockSession(0, new bool[5], [], 0, 0));
        Assert.Equal((0, 0, 0.0), (result.Sessions[0].MatchOf.Length, result.Sessions[0].RelatedOf.Length, result.LogLikelihood));
        AssertClose([.. M.Select(levels => ExpectationMaximization.StartMatch(levels.Length))], result.M, 1e-9);
    }

    [Theory]
    [InlineData(0, 1, 0.05)] // nothing seen: what the class starts with
    [InlineData(96, 1, 0.03)] // the rule of three
    [InlineData(96, 0.01, 0.01)] // never for the class
    [InlineData(1_000_000, 1, 0.004)]
    public void Few_pairs_can_not_show_that_a_level_is_impossible(double pairs, double u, double least) =>
        Assert.Equal(least, ExpectationMaximization.Least(pairs, [0.85, 0.05, 0.05, 0.05], 3, u), 12);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(15)]
    public void The_first_m_is_a_distribution_that_expects_agreement(int levels)
    {
        double[] m = ExpectationMaximization.StartMatch(levels);
        Assert.Equal(levels, m.Length);
        Assert.Equal(1, m.Sum(), 12);
        Assert.All(m, probability => Assert.InRange(probability, 0.001, 1));
        Assert.Equal(m.Max(), m[0]);
    }

    private static EmResult Learn(FieldRole[]? roles, params BlockSession[] sessions) =>
        new ExpectationMaximization(sessions, U, roles, ownStrangers: false, new Workers(1, CancellationToken.None)).Run();

    // Pairs drawn from a mixture of matches, relatives and strangers.
    private static BlockSession Session(double matchShare, double relatedShare, double missing)
    {
        var random = new Random(11);
        var counts = new PatternCounts();
        var levels = new byte[M.Length];
        const int Pairs = 60_000;
        for (int pair = 0; pair < Pairs; pair++)
        {
            double kind = random.NextDouble();
            double[][] probabilities = kind < matchShare ? M : kind < matchShare + relatedShare ? R : U;
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = random.NextDouble() < missing ? (byte)15 : Draw(random, probabilities[i]);
            }
            counts.Add(PatternKey.Pack(levels, 1, 0));
        }
        return new BlockSession(0, new bool[M.Length], counts.ToSortedArray(M.Length), Pairs, Pairs);
    }

    private static byte Draw(Random random, double[] probabilities)
    {
        double draw = random.NextDouble();
        byte level = 0;
        for (; level < probabilities.Length - 1 && draw >= probabilities[level]; level++)
        {
            draw -= probabilities[level];
        }
        return level;
    }

    private static void AssertClose(double[][] expected, double[][] actual, double error)
    {
        for (int comparison = 0; comparison < expected.Length; comparison++)
        {
            for (int level = 0; level < expected[comparison].Length; level++)
            {
                Assert.InRange(actual[comparison][level], expected[comparison][level] - error, expected[comparison][level] + error);
            }
        }
    }
}
