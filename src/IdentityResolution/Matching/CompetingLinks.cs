using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>Scored links that can't all be true, because a source holds no customer twice, and what was decided between them.</summary>
/// <param name="Won">Links with at least an even chance against their rivals and against staying alone.</param>
/// <param name="Lost">The others.</param>
internal sealed record CompetingLinks(IReadOnlyList<RecordLink> Won, IReadOnlyList<RecordLink> Lost)
{
    private const double EvenChance = 0.5;

    /// <summary>Decides between links; where no source is unique all win.</summary>
    /// <param name="keys">The records.</param>
    /// <param name="links">Links from the threshold on.</param>
    /// <param name="model">Names the unique sources; its threshold is the even chance of a link without rivals.</param>
    /// <param name="compiled">The same model, ready for the records: tells rivals of one weight apart; null = they stay equal.</param>
    public static CompetingLinks Decide(RecordKeyIndex keys, List<RecordLink> links, IdentityModel model, CompiledModel? compiled = null)
    {
        if (model.UniqueSources.Count == 0)
        {
            return new CompetingLinks(links, []);
        }
        double[] chances = new LinkCompetition(keys, links, model.UniqueSources)
            .Chances(compiled is null ? links : TiedRivals.Part(keys, links, model.UniqueSources, compiled), MatchWeights.FromProbability(model.MatchProbabilityThreshold));
        ILookup<bool, RecordLink> won = links.Select((link, i) => (link, i)).ToLookup(item => chances[item.i] >= EvenChance, item => item.link);
        return new CompetingLinks([.. won[true]], [.. won[false]]);
    }
}
