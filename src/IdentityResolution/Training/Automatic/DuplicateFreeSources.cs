using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>Finds, when sources are linked, those that hold no customer twice: links then go one to one.</summary>
internal static class DuplicateFreeSources
{
    // A pair counts as sure from this probability on.
    private const double Sure = 0.99;

    // A source is free of duplicates when fewer of its records than this share have a better partner within it than their best one across.
    private const double MostWithin = 0.05;

    // Things of one make resemble each other more than two shops' words for one thing: there only (nearly) equal records tell of duplicates.
    private const double MostAlike = 0.02;

    /// <summary>The sources without duplicates, by what the trained model finds within them and across.</summary>
    public static List<string> Find(IdentityModel model, FieldTable table, Workers workers, List<string> decisions)
    {
        var everything = new PairFilter(table.Keys, linkOnly: false, []);
        CandidatePairs candidates = CandidatePairs.Build(table, model.BlockingRules, everything, workers);
        var compiled = new CompiledModel(model with { MatchProbabilityThreshold = Sure }, table);
        List<RecordLink> sure = PairScorer.Score(compiled, candidates, workers, static (_, _) => { }).Links;
        (long[] within, long[] across) = CountPartners(table.Keys, sure);
        long[]? alike = DescribesThings(model) ? CountAlike(compiled, table.Keys, sure) : null;
        var free = new List<string>();
        foreach (int source in Enumerable.Range(0, within.Length).OrderBy(source => table.Keys.Sources[source], StringComparer.Ordinal))
        {
            if (free.Count == ModelValidator.MaxUniqueSources)
            {
                break;
            }
            string name = table.Keys.Sources[source];
            if (across[source] > 0 && within[source] < MostWithin * across[source])
            {
                free.Add(name);
                decisions.Add(string.Create(CultureInfo.InvariantCulture,
                    $"Source {name} seems to hold no customer twice (of {across[source]:N0} records with a sure partner across, {within[source]:N0} have as good a one within): each of its records is linked to one customer of its own."));
            }
            else if (alike is not null && alike[source] < MostAlike * SizeOf(table.Keys, source))
            {
                free.Add(name);
                decisions.Add(string.Create(CultureInfo.InvariantCulture,
                    $"Source {name} seems to hold nothing twice ({alike[source]:N0} of its records have a nearly equal one within): each of its records is linked to one thing of its own."));
            }
        }
        return free;
    }

    // Per source: records with a mutually best partner in another source, and those of them with as good a partner within.
    private static (long[] Within, long[] Across) CountPartners(RecordKeyIndex keys, List<RecordLink> links)
    {
        var bestWithin = new Dictionary<int, int>();
        var bestAcross = new Dictionary<int, RecordLink>();
        foreach (RecordLink link in links)
        {
            bool isWithin = keys.SourceOf(link.Left) == keys.SourceOf(link.Right);
            foreach (int record in (ReadOnlySpan<int>)[link.Left, link.Right])
            {
                if (isWithin)
                {
                    bestWithin[record] = Math.Max(bestWithin.GetValueOrDefault(record, int.MinValue), link.Weight);
                }
                else if (!bestAcross.TryGetValue(record, out RecordLink best) || IsBetter(keys, link, best))
                {
                    bestAcross[record] = link;
                }
            }
        }
        var within = new long[keys.Sources.Count];
        var across = new long[within.Length];
        foreach ((int record, RecordLink best) in bestAcross)
        {
            int partner = best.Left == record ? best.Right : best.Left;
            if (bestAcross[partner] == best)
            {
                int source = keys.SourceOf(record);
                across[source]++;
                within[source] += bestWithin.GetValueOrDefault(record, int.MinValue) >= best.Weight ? 1 : 0;
            }
        }
        return (within, across);
    }

    private static bool IsBetter(RecordKeyIndex keys, RecordLink link, RecordLink than) => link.Weight != than.Weight
        ? link.Weight > than.Weight
        : PairHash.Of(keys, link.Left, link.Right) < PairHash.Of(keys, than.Left, than.Right);

    private static bool DescribesThings(IdentityModel model) => model.Comparisons.All(comparison =>
        model.Fields.First(field => string.Equals(field.Name, comparison.Field, StringComparison.Ordinal)).Kind
            is FieldKind.Text or FieldKind.Category or FieldKind.Number or FieldKind.Year);

    // Per source: records that have a partner within that is equal in something, and at the first or second level of all else that both hold.
    private static long[] CountAlike(CompiledModel compiled, RecordKeyIndex keys, List<RecordLink> links)
    {
        var comparer = new PairComparer(compiled);
        Span<byte> levels = stackalloc byte[compiled.Comparisons.Length];
        var alike = new HashSet<int>();
        foreach (RecordLink link in links)
        {
            if (keys.SourceOf(link.Left) == keys.SourceOf(link.Right))
            {
                comparer.Compare(link.Left, link.Right, levels);
                if (levels.Contains((byte)0) && !levels.ContainsAnyInRange((byte)2, (byte)(PairComparer.Missing - 1)))
                {
                    alike.Add(link.Left);
                    alike.Add(link.Right);
                }
            }
        }
        var counts = new long[keys.Sources.Count];
        foreach (int record in alike)
        {
            counts[keys.SourceOf(record)]++;
        }
        return counts;
    }

    private static long SizeOf(RecordKeyIndex keys, int source)
    {
        long size = 0;
        for (int record = 0; record < keys.Count; record++)
        {
            size += keys.SourceOf(record) == source ? 1 : 0;
        }
        return size;
    }
}
