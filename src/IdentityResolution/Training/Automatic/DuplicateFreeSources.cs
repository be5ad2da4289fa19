using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Finds, when sources are linked, those that hold no customer twice: links then go one to one.</summary>
internal static class DuplicateFreeSources
{
    // A pair counts as sure from this probability on.
    private const double Sure = 0.99;

    // A source is free of duplicates when it has fewer sure pairs within than this share of its sure pairs across.
    private const double MostWithin = 0.05;

    /// <summary>The sources without duplicates, by how many sure pairs the trained model finds within them and across.</summary>
    public static List<string> Find(IdentityModel model, FieldTable table, Workers workers, List<string> decisions)
    {
        var everything = new PairFilter(table.Keys, linkOnly: false, []);
        CandidatePairs candidates = CandidatePairs.Build(table, model.BlockingRules, everything, workers);
        ScoredPairs sure = PairScorer.Score(
            new CompiledModel(model with { MatchProbabilityThreshold = Sure }, table), candidates, workers, static (_, _) => { });
        var within = new long[table.Keys.Sources.Count];
        var across = new long[within.Length];
        foreach (RecordLink link in sure.Links)
        {
            int left = table.Keys.SourceOf(link.Left);
            int right = table.Keys.SourceOf(link.Right);
            if (left == right)
            {
                within[left]++;
            }
            else
            {
                across[left]++;
                across[right]++;
            }
        }
        var free = new List<string>();
        for (int source = 0; source < within.Length && free.Count < ModelValidator.MaxUniqueSources; source++)
        {
            if (across[source] > 0 && within[source] < MostWithin * across[source])
            {
                free.Add(table.Keys.Sources[source]);
                decisions.Add(string.Create(CultureInfo.InvariantCulture,
                    $"Source {table.Keys.Sources[source]} seems to hold no customer twice ({within[source]:N0} sure pairs within, {across[source]:N0} across): each of its records is linked to one customer of its own."));
            }
        }
        return free;
    }
}
