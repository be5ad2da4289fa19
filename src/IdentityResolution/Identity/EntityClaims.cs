using IdentityResolution.Records;

namespace IdentityResolution.Identity;

/// <summary>Which cluster each id of the store goes to, and which id each cluster keeps.</summary>
/// <remarks>
/// An id goes to the cluster with most of its records (then to the one that holds the smallest of its record keys). A cluster keeps the
/// oldest of the ids that go to it (then the one with most rows in the store, then the smallest); the others are retired into that one.
/// </remarks>
internal sealed class EntityClaims
{
    private const int None = -1;

    private EntityClaims(int entityCount, int clusterCount)
    {
        ClusterOf = new int[entityCount];
        KeptBy = new int[clusterCount];
        Array.Fill(ClusterOf, None);
        Array.Fill(KeptBy, None);
    }

    /// <summary>The cluster that each id goes to; -1 when none of its records is in the run.</summary>
    public int[] ClusterOf { get; }

    /// <summary>The id that each cluster keeps; -1 when no id goes to it.</summary>
    public int[] KeptBy { get; }

    /// <summary>Decides.</summary>
    /// <param name="order">The records in order of their keys.</param>
    /// <param name="clusterOf">The cluster of each record.</param>
    /// <param name="clusterCount">How many clusters there are.</param>
    /// <param name="previousOf">The id that each record has in the store; -1 when it is new. Empty when all are.</param>
    /// <param name="state">The store.</param>
    public static EntityClaims Decide(
        ReadOnlySpan<int> order, ReadOnlySpan<int> clusterOf, int clusterCount, ReadOnlySpan<int> previousOf, IdentityState state)
    {
        var claims = new EntityClaims(state.Entities.Count, clusterCount);
        if (!previousOf.IsEmpty)
        {
            claims.ChooseClusters(order, clusterOf, previousOf);
            claims.ChooseIds(state);
        }
        return claims;
    }

    private void ChooseClusters(ReadOnlySpan<int> order, ReadOnlySpan<int> clusterOf, ReadOnlySpan<int> previousOf)
    {
        // Nearly every id stays whole: parts are counted only for the others.
        Dictionary<(int Entity, int Cluster), int>? parts = null;
        var isSplit = new bool[ClusterOf.Length];
        foreach (int record in order)
        {
            int entity = previousOf[record];
            if (entity == None)
            {
                continue;
            }
            if (ClusterOf[entity] == None)
            {
                ClusterOf[entity] = clusterOf[record];
            }
            else if (ClusterOf[entity] != clusterOf[record])
            {
                isSplit[entity] = true;
                parts ??= [];
            }
        }
        if (parts is null)
        {
            return;
        }
        var largest = new Dictionary<int, int>();
        foreach (int record in order)
        {
            int entity = previousOf[record];
            if (entity != None && isSplit[entity])
            {
                parts[(entity, clusterOf[record])] = parts.GetValueOrDefault((entity, clusterOf[record])) + 1;
            }
        }
        // In order of keys, the first part that reaches the largest size is the one with the smallest key.
        foreach (int record in order)
        {
            int entity = previousOf[record];
            if (entity != None && isSplit[entity])
            {
                int size = parts[(entity, clusterOf[record])];
                if (size > largest.GetValueOrDefault(entity))
                {
                    largest[entity] = size;
                    ClusterOf[entity] = clusterOf[record];
                }
            }
        }
    }

    private void ChooseIds(IdentityState state)
    {
        var rowCounts = new int[ClusterOf.Length];
        for (int row = 0; row < state.RowCount; row++)
        {
            rowCounts[state.Entities.Current(state.EntityOf(row))]++;
        }
        for (int entity = 0; entity < ClusterOf.Length; entity++)
        {
            int cluster = ClusterOf[entity];
            if (cluster != None && (KeptBy[cluster] == None || IsBetter(entity, KeptBy[cluster])))
            {
                KeptBy[cluster] = entity;
            }
        }

        bool IsBetter(int entity, int other)
        {
            EntityDirectory ids = state.Entities;
            if (ids.Sequence(entity) != ids.Sequence(other))
            {
                return ids.Sequence(entity) < ids.Sequence(other);
            }
            return rowCounts[entity] != rowCounts[other]
                ? rowCounts[entity] > rowCounts[other]
                : ids.Id(entity).SequenceCompareTo(ids.Id(other)) < 0;
        }
    }
}
