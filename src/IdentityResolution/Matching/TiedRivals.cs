using System.Runtime.InteropServices;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>Tells apart rivals that weigh the same: levels are coarse, and of two candidates at the same levels the one that is more alike is likelier.</summary>
internal static class TiedRivals
{
    // What a rival loses per unit of likeness that another one of the same weight is more alike.
    private const double MillibitsPerLikeness = 3_000;

    /// <summary>The links with less weight where a rival of the same weight is more alike.</summary>
    /// <param name="keys">The records.</param>
    /// <param name="links">Scored links, in any order.</param>
    /// <param name="uniqueSources">Sources that hold no customer twice.</param>
    /// <param name="compiled">The comparisons.</param>
    /// <returns>The links in the same order; the most alike of equal rivals keep their weight.</returns>
    public static RecordLink[] Part(RecordKeyIndex keys, IReadOnlyList<RecordLink> links, IReadOnlyCollection<string> uniqueSources, CompiledModel compiled)
    {
        bool[] unique = [.. keys.Sources.Select(source => uniqueSources.Contains(source, StringComparer.Ordinal))];
        var rivals = new Dictionary<(int Record, int Source, int Weight), List<int>>();
        for (int i = 0; i < links.Count; i++)
        {
            Add(links[i].Left, links[i].Right, i);
            Add(links[i].Right, links[i].Left, i);
        }
        RecordLink[] parted = [.. links];
        foreach (List<int> tied in rivals.Values)
        {
            if (tied.Count == 1)
            {
                continue;
            }
            double[] likeness = [.. tied.Select(i => PairLikeness.Of(compiled, links[i].Left, links[i].Right))];
            double most = likeness.Max();
            for (int i = 0; i < likeness.Length; i++)
            {
                int weight = links[tied[i]].Weight - (int)Math.Round(MillibitsPerLikeness * (most - likeness[i]));
                parted[tied[i]] = parted[tied[i]] with { Weight = Math.Min(parted[tied[i]].Weight, weight) };
            }
        }
        return parted;

        void Add(int record, int other, int link)
        {
            if (unique[keys.SourceOf(other)])
            {
                ref List<int>? tied = ref CollectionsMarshal.GetValueRefOrAddDefault(rivals, (record, keys.SourceOf(other), links[link].Weight), out _);
                (tied ??= []).Add(link);
            }
        }
    }
}
