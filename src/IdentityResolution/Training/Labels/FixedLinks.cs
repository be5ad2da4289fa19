using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Candidate pairs whose class is known, for training where candidates compete: a labelled match wins over all its rivals.</summary>
internal sealed class FixedLinks
{
    // Odds of 2^40: whatever the rivals weigh together, it is less.
    private const int Certain = 40_000;
    private readonly List<(int Pair, bool IsMatch)> _known = [];

    /// <summary>Finds the labelled pairs among the candidates.</summary>
    public FixedLinks(IReadOnlyList<PairLabel> labels, IReadOnlyList<RecordLink> links)
    {
        Dictionary<(int, int), bool> answers = labels.ToDictionary(label => (label.Left, label.Right), label => label.IsMatch);
        for (int pair = 0; pair < links.Count; pair++)
        {
            if (answers.TryGetValue((links[pair].Left, links[pair].Right), out bool isMatch))
            {
                _known.Add((pair, isMatch));
            }
        }
    }

    /// <summary>Gives the labelled pairs a weight that leaves no doubt.</summary>
    /// <param name="links">The candidates in the order given before; changed.</param>
    public RecordLink[] Fix(RecordLink[] links)
    {
        foreach ((int pair, bool isMatch) in _known)
        {
            links[pair] = links[pair] with { Weight = isMatch ? Certain : -Certain };
        }
        return links;
    }
}
