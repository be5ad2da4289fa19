using System.Runtime.InteropServices;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>What labelled pairs say about the pairs that compare as they do, for the estimation of m among all the others.</summary>
/// <remarks>
/// A label tells the class of its pair and speaks for the other pairs of its comparison pattern: the share of matches in a pattern is estimated from
/// the model, which counts as <see cref="ModelPairs"/> pairs, and from its labels (a beta prior); with few labels of either kind one weighs less than a pair. Counting levels among the labelled
/// matches instead would be wrong wherever pairs are labelled because they are in doubt: damaged matches would look like the rule. A share within a
/// pattern does not depend on which patterns were asked about.
/// Sources: Nigam, McCallum, Thrun and Mitchell (2000), "Text Classification from Labeled and Unlabeled Documents using EM", Machine Learning 39;
/// Larsen and Rubin (2001), "Iterative Automated Record Linkage Using Mixture Models", JASA 96(453).
/// </remarks>
internal sealed class PatternLabels
{
    /// <summary>What the model's own estimate of a pattern weighs, in labelled pairs.</summary>
    public const double ModelPairs = 2;

    /// <summary>Labels of either kind without which nothing is learned from them.</summary>
    /// <remarks>A handful of answers, nearly all of one kind, can push the estimate into another solution that is worse.</remarks>
    public const int Enough = 8;

    // Labels of the rarer kind at which a label weighs half a pair.
    private const double HalfTrust = 12;

    private readonly (int Pattern, double Same, double Different)[][] _sessions;
    private readonly List<(byte[] Levels, double Same)> _unblocked;

    private PatternLabels((int, double, double)[][] sessions, List<(byte[], double)> unblocked)
    {
        _sessions = sessions;
        _unblocked = unblocked;
    }

    /// <summary>Compares the labelled pairs and finds their patterns among the sampled ones.</summary>
    /// <param name="labels">The labels, each pair once; their order does not matter.</param>
    /// <param name="compiled">The comparisons.</param>
    /// <param name="sessions">The sampled pairs of each blocking rule.</param>
    /// <returns>What they say; null when they are too few.</returns>
    public static PatternLabels? Collect(IReadOnlyList<PairLabel> labels, CompiledModel compiled, BlockSession[] sessions)
    {
        double trust = Trust(labels);
        if (trust <= 0)
        {
            return null;
        }
        var comparer = new PairComparer(compiled);
        var levels = new byte[compiled.Comparisons.Length];
        var answers = new SortedDictionary<ulong, (int Same, int Different)>();
        foreach (PairLabel label in labels)
        {
            comparer.Compare(label.Left, label.Right, levels);
            ulong key = KeyOf(levels);
            (int same, int different) = answers.GetValueOrDefault(key);
            answers[key] = label.IsMatch ? (same + 1, different) : (same, different + 1);
        }
        var seen = new HashSet<ulong>();
        var bySession = new (int, double, double)[sessions.Length][];
        for (int session = 0; session < sessions.Length; session++)
        {
            var found = new List<(int, double, double)>();
            Pattern[] patterns = sessions[session].Patterns;
            for (int pattern = 0; pattern < patterns.Length; pattern++)
            {
                ulong key = KeyOf(patterns[pattern].Levels);
                if (answers.TryGetValue(key, out (int Same, int Different) answer))
                {
                    seen.Add(key);
                    found.Add((pattern, trust * answer.Same, trust * answer.Different));
                }
            }
            bySession[session] = [.. found];
        }
        List<(byte[], double)> unblocked = [.. answers
            .Where(answer => !seen.Contains(answer.Key) && answer.Value.Same > 0)
            .Select(answer => (new PatternKey(answer.Key, 0).Unpack(levels.Length), trust * answer.Value.Same))];
        return new PatternLabels(bySession, unblocked);
    }

    /// <summary>Moves the posteriors of a blocking rule's labelled patterns towards their labels.</summary>
    /// <remarks>What is no match is related or a stranger in the proportion that the model sees: who agrees as a household does, teaches kinship.</remarks>
    public void Apply(int session, SessionShares shares)
    {
        foreach ((int pattern, double same, double different) in _sessions[session])
        {
            double model = shares.MatchOf[pattern];
            double match = ((ModelPairs * model) + same) / (ModelPairs + same + different);
            shares.RelatedOf[pattern] *= model >= 1 ? 0 : (1 - match) / (1 - model);
            shares.MatchOf[pattern] = match;
        }
    }

    /// <summary>Adds the levels of labelled matches that no sampled pair compares like.</summary>
    public void AddUnblocked(int comparison, Span<double> counts)
    {
        foreach ((byte[] levels, double same) in CollectionsMarshal.AsSpan(_unblocked))
        {
            if (levels[comparison] != PairComparer.Missing)
            {
                counts[levels[comparison]] += same;
            }
        }
    }

    // What a label weighs, in pairs, in [0, 1).
    private static double Trust(IReadOnlyList<PairLabel> labels)
    {
        int same = labels.Count(label => label.IsMatch);
        int least = Math.Min(same, labels.Count - same);
        return least < Enough ? 0 : least / (least + HalfTrust);
    }

    private static ulong KeyOf(ReadOnlySpan<byte> levels) => PatternKey.Pack(levels, 0, 0).Levels;
}
