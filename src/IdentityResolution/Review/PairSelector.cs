using IdentityResolution.Clustering;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Training;

namespace IdentityResolution.Review;

/// <summary>Chooses the pairs about which an answer says most.</summary>
/// <remarks>
/// Pairs that compare alike and are about as likely make a group, and its answer speaks for all of it. A group is worth the square root of its pairs
/// times the entropy of what is expected of it, less the more of it has been answered; of a comparison pattern one pair is asked about at a time,
/// the one with the least hash of keys and seed. So what is rare and in great doubt is asked about, and what is common and in a little doubt too.
/// Sources: Lewis and Gale (1994), "A Sequential Algorithm for Training Text Classifiers", SIGIR; Settles and Craven (2008), "An Analysis of Active
/// Learning Strategies for Sequence Labeling Tasks", EMNLP (information density).
/// </remarks>
internal static class PairSelector
{
    // Groups of one pattern are this wide, in millibits.
    private const int GroupWidth = 2000;

    // An expected entropy below this is no doubt.
    private const double NoDoubt = 1e-3;

    /// <summary>The pairs to ask about, most informative first.</summary>
    /// <param name="keys">The records.</param>
    /// <param name="weighed">The candidate pairs.</param>
    /// <param name="calibration">What the answers so far show about the weights.</param>
    /// <param name="answers">Pairs that have an answer; null = unsure.</param>
    /// <param name="groups">Records that are the same by the answers.</param>
    /// <param name="count">Most pairs.</param>
    /// <param name="seed">Chooses within groups.</param>
    /// <returns>Positions in <paramref name="weighed"/>, with the number of pairs in the group.</returns>
    public static List<(int Pair, int Similar)> Select(
        RecordKeyIndex keys,
        WeighedPairs weighed,
        Calibration calibration,
        IReadOnlyDictionary<(int Left, int Right), bool?> answers,
        JudgedGroups groups,
        int count,
        ulong seed)
    {
        var chosen = new List<(int Pair, int Similar)>();
        var patterns = new HashSet<ulong>();
        foreach (Group group in Collect(keys, weighed, calibration, answers, seed)
            .Where(group => group.Pair >= 0)
            .Select(group => (Group: group, Value: Worth(group)))
            .Where(item => item.Value > NoDoubt)
            .OrderByDescending(item => item.Value)
            .ThenBy(item => item.Group.Hash)
            .Select(item => item.Group))
        {
            if (chosen.Count == count)
            {
                break;
            }
            RecordLink link = weighed.Pairs.Links[group.Pair];
            if (!patterns.Contains(group.Pattern) && !groups.Of(keys.Key(link.Left)).Contains(keys.Key(link.Right)))
            {
                patterns.Add(group.Pattern);
                chosen.Add((group.Pair, group.Count));
            }
        }
        return chosen;
    }

    private static Dictionary<(ulong, int), Group>.ValueCollection Collect(
        RecordKeyIndex keys, WeighedPairs weighed, Calibration calibration, IReadOnlyDictionary<(int, int), bool?> answers, ulong seed)
    {
        var groups = new Dictionary<(ulong, int), Group>();
        for (int pair = 0; pair < weighed.Odds.Length; pair++)
        {
            RecordLink link = weighed.Pairs.Links[pair];
            ulong pattern = PatternKey.Pack(weighed.Pairs.LevelsOf(pair), 0, 0).Levels;
            int slice = (int)Math.Floor((double)weighed.Odds[pair] / GroupWidth);
            if (!groups.TryGetValue((pattern, slice), out Group? group))
            {
                group = new Group(pattern, calibration.Probability((slice + 0.5) * GroupWidth));
                groups.Add((pattern, slice), group);
            }
            group.Count++;
            if (answers.TryGetValue((link.Left, link.Right), out bool? answer))
            {
                group.Answered++;
                group.Same += answer == true ? 1 : 0;
                group.Different += answer == false ? 1 : 0;
                continue;
            }
            ulong hash = StableHash.Of(PairHash.Of(keys, link.Left, link.Right), seed);
            if (group.Pair < 0 || hash < group.Hash)
            {
                (group.Pair, group.Hash) = (pair, hash);
            }
        }
        return groups.Values;
    }

    private static double Worth(Group group)
    {
        double p = ((PatternLabels.ModelPairs * group.Probability) + group.Same) / (PatternLabels.ModelPairs + group.Same + group.Different);
        double entropy = p is <= 0 or >= 1 ? 0 : -((p * Math.Log2(p)) + ((1 - p) * Math.Log2(1 - p)));
        return Math.Sqrt(group.Count) * entropy / (1 + group.Answered);
    }

    private sealed class Group(ulong pattern, double probability)
    {
        public ulong Pattern { get; } = pattern;

        public double Probability { get; } = probability;

        public int Count { get; set; }

        public int Answered { get; set; }

        public int Same { get; set; }

        public int Different { get; set; }

        public int Pair { get; set; } = -1;

        public ulong Hash { get; set; }
    }
}
