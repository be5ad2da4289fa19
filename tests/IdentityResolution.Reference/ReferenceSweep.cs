using IdentityResolution.Reference.Clustering;

namespace IdentityResolution.Reference;

/// <summary>Figures at thresholds by looking at everything anew for each. Arrays hold one entry per record; the last records may be unknown to the truth.</summary>
public static class ReferenceSweep
{
    /// <summary>True and false pairs among the links of at least a weight, and within the chains that these make.</summary>
    /// <param name="person">True person of each known record; records from its length on are unknown.</param>
    /// <param name="source">Source of each known record.</param>
    /// <param name="records">How many records there are, unknown ones included.</param>
    /// <param name="pairs">Scored pairs.</param>
    /// <param name="weight">The threshold.</param>
    /// <param name="across">Whether pairs within a source count nowhere.</param>
    public static (long LinksTrue, long LinksFalse, long ChainsTrue, long ChainsFalse) At(
        int[] person, int[] source, int records, (int Left, int Right, int Weight)[] pairs, int weight, bool across)
    {
        (int Left, int Right)[] links = [.. pairs.Where(p => p.Weight >= weight).Select(p => (Math.Min(p.Left, p.Right), Math.Max(p.Left, p.Right))).Distinct()];
        int[] chains = ReferenceComponents.Label(records, links);
        (long linksTrue, long linksFalse, long chainsTrue, long chainsFalse) = (0, 0, 0, 0);
        for (int i = 0; i < person.Length; i++)
        {
            for (int j = i + 1; j < person.Length; j++)
            {
                if (across && source[i] == source[j])
                {
                    continue;
                }
                bool same = person[i] == person[j];
                bool linked = links.Contains((i, j));
                bool chained = chains[i] == chains[j];
                linksTrue += linked && same ? 1 : 0;
                linksFalse += linked && !same ? 1 : 0;
                chainsTrue += chained && same ? 1 : 0;
                chainsFalse += chained && !same ? 1 : 0;
            }
        }
        return (linksTrue, linksFalse, chainsTrue, chainsFalse);
    }

    /// <summary>How often a match weighs more than a non-match, by comparing each with each; equal weights count half.</summary>
    public static double RocArea(int[] matches, int[] others) =>
        matches.Average(match => others.Average(other => match > other ? 1 : match == other ? 0.5 : 0));
}
