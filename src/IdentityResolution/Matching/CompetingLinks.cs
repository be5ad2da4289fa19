using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>Decides between scored links that can't all be true, because a source holds no customer twice.</summary>
internal static class CompetingLinks
{
    private const double EvenChance = 0.5;

    /// <summary>The links with at least an even chance against their rivals and against staying alone; all, where no source is unique.</summary>
    /// <param name="keys">The records.</param>
    /// <param name="links">Links from the threshold on.</param>
    /// <param name="model">Names the unique sources; its threshold is the even chance of a link without rivals.</param>
    public static IReadOnlyList<RecordLink> Winners(RecordKeyIndex keys, List<RecordLink> links, IdentityModel model)
    {
        if (model.UniqueSources.Count == 0)
        {
            return links;
        }
        double[] chances = new LinkCompetition(keys, links, model.UniqueSources)
            .Chances(links, MatchWeights.FromProbability(model.MatchProbabilityThreshold));
        return [.. links.Where((_, i) => chances[i] >= EvenChance)];
    }
}
