using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>From links to clusters: guards, cohesion, competition. The same for all records of a run and for the few that a live change touches.</summary>
internal static class LinkedRecords
{
    /// <summary>Clusters records; what a component becomes depends on nothing outside of it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The records.</param>
    /// <param name="compiled">The model, ready for the table.</param>
    /// <param name="accepted">All links, those that won against their rivals among them.</param>
    /// <param name="competing">What was decided between rivals.</param>
    /// <param name="apart">Pairs of records that a person told apart.</param>
    /// <param name="workers">Threads.</param>
    public static RecordClusters Cluster(
        IdentityModel model,
        FieldTable table,
        CompiledModel compiled,
        LargeArray<RecordLink> accepted,
        CompetingLinks competing,
        IReadOnlyList<(int Left, int Right)> apart,
        Workers workers)
    {
        var guards = ClusterGuards.Create(model, table, apart);
        RecordClusters guarded = RecordClusters.Build(table.Count, accepted, guards, workers);
        RecordClusters cohesive = model.SplitOverMerged ? CohesionSplitter.Split(guarded, accepted, compiled, table.Keys, workers, IdentityProof.Create(model, compiled)) : guarded;
        return cohesive.Refuse(competing.Lost, Guard.Rival);
    }

    /// <summary>The links whose records came together: what a guard refused is no link, its two records are two customers.</summary>
    /// <remarks>The array that is given is that of the links that are handed back.</remarks>
    public static LargeArray<RecordLink> Followed(LargeArray<RecordLink> accepted, RecordClusters clusters)
    {
        if (clusters.RefusedLinks.Count == 0)
        {
            return accepted;
        }
        int followed = 0;
        Span<RecordLink> links = accepted.Span;
        for (int i = 0; i < links.Length; i++)
        {
            RecordLink later = links[Math.Min(i + Ahead.Distance, links.Length - 1)];
            Ahead.Fetch(clusters.ClusterOf, later.Left);
            Ahead.Fetch(clusters.ClusterOf, later.Right);
            RecordLink link = links[i];
            if (clusters.ClusterOf[link.Left] == clusters.ClusterOf[link.Right])
            {
                links[followed++] = link;
            }
        }
        accepted.Truncate(followed);
        return accepted;
    }
}
