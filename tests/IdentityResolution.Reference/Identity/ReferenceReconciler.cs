namespace IdentityResolution.Reference.Identity;

/// <summary>The rules of lasting ids, said plainly over strings and dictionaries.</summary>
public static class ReferenceReconciler
{
    /// <summary>Decides which id each cluster keeps and which ids are retired.</summary>
    /// <param name="clusters">The record keys of each cluster.</param>
    /// <param name="idOf">The current id of each record in the store.</param>
    /// <param name="ageOf">The age of every id; smaller = older.</param>
    public static ReferencePlan Reconcile(
        IReadOnlyList<IReadOnlyCollection<string>> clusters, IReadOnlyDictionary<string, string> idOf, IReadOnlyDictionary<string, long> ageOf)
    {
        var candidates = clusters.Select(_ => new List<string>()).ToList();
        foreach (string id in idOf.Values.Distinct(StringComparer.Ordinal))
        {
            (int Cluster, int Size, string Smallest)[] parts =
            [
                .. clusters
                    .Select((records, cluster) => (cluster, Own: records.Where(record => Has(record, id)).ToArray()))
                    .Where(part => part.Own.Length > 0)
                    .Select(part => (part.cluster, part.Own.Length, part.Own.Min(StringComparer.Ordinal)!)),
            ];
            if (parts.Length > 0)
            {
                int winner = parts.OrderByDescending(part => part.Size).ThenBy(part => part.Smallest, StringComparer.Ordinal).First().Cluster;
                candidates[winner].Add(id);
            }
        }
        string?[] kept = [.. candidates.Select(ids => ids.MinBy(id => ageOf[id]))];
        var successors = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int cluster = 0; cluster < kept.Length; cluster++)
        {
            foreach (string id in candidates[cluster].Where(id => !string.Equals(id, kept[cluster], StringComparison.Ordinal)))
            {
                successors[id] = kept[cluster]!;
            }
        }
        return new ReferencePlan(kept, successors);

        bool Has(string record, string id) => idOf.TryGetValue(record, out string? own) && string.Equals(own, id, StringComparison.Ordinal);
    }
}

/// <summary>What is decided.</summary>
/// <param name="Kept">The id each cluster keeps; null = it gets a new one.</param>
/// <param name="Successors">Retired ids and the ids they lead to.</param>
public sealed record ReferencePlan(IReadOnlyList<string?> Kept, IReadOnlyDictionary<string, string> Successors);
