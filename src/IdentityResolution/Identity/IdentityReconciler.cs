using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Identity;

/// <summary>Gives every cluster of a run its lasting id, keeping the ids that were given before.</summary>
/// <remarks>
/// A pure function: the numbers of records and of clusters do not matter, only which records stand together, and the store's state.
/// O(records + rows) besides putting keys in order. docs/identity.md states the rules in plain words.
/// </remarks>
internal static class IdentityReconciler
{
    private const int None = -1;

    // The places of so many ids are asked for before the first of them is looked up.
    private const int IdsAtOnce = 64;

    /// <summary>Decides the ids.</summary>
    /// <param name="keys">The keys of the run's records.</param>
    /// <param name="clusterOf">The cluster of each record, in [0, <paramref name="clusterCount"/>); length: records.</param>
    /// <param name="clusterCount">How many cluster numbers there are; a number without a record is allowed.</param>
    /// <param name="previous">The store before the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="evidence">What links each record.</param>
    /// <param name="order">The records in order of their keys; null = not known yet.</param>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A cluster number is out of range.</exception>
    public static IdentityPlan Reconcile(
        RecordKeyIndex keys, int[] clusterOf, int clusterCount, IdentityState previous, RunStamp run, RecordEvidence evidence, int[]? order = null) =>
        Choose(keys, clusterOf, clusterCount, previous, order).ToPlan(run, evidence);

    /// <summary>Decides who has which id; what links the records need not be known yet.</summary>
    /// <inheritdoc cref="Reconcile"/>
    public static IdentityChoice Choose(RecordKeyIndex keys, int[] clusterOf, int clusterCount, IdentityState previous, int[]? order = null)
    {
        Check(keys, clusterOf, clusterCount);
        order ??= RecordKeyOrder.Sort(keys);
        // An empty store knows no record: lists of nothing are as long as the others, and are not made.
        bool isFirst = previous.RowCount == 0 && previous.Entities.Count == 0;
        int[] rowOf = isFirst ? [] : FindRows(keys, previous);
        int[] previousOf = PreviousEntities(rowOf, previous);
        EntityClaims claims = EntityClaims.Decide(order, clusterOf, clusterCount, previousOf, previous);
        ulong[] newIds = GiveNewIds(keys, order, clusterOf, claims.KeptBy, previous);

        int[] entityOf = GC.AllocateUninitializedArray<int>(keys.Count);
        for (int record = 0; record < entityOf.Length; record++)
        {
            entityOf[record] = claims.KeptBy[clusterOf[record]];
        }
        return new IdentityChoice(keys, order, rowOf, previousOf, entityOf, newIds, Redirect(claims, previous.Entities), previous);
    }

    /// <summary>The id of each record in the store, current; -1 = the store does not know the record.</summary>
    public static int[] PreviousEntities(RecordKeyIndex keys, IdentityState previous) => PreviousEntities(FindRows(keys, previous), previous);

    private static void Check(RecordKeyIndex keys, int[] clusterOf, int clusterCount)
    {
        if (clusterOf.Length != keys.Count)
        {
            throw new ArgumentException($"There are {keys.Count} records and {clusterOf.Length} cluster numbers.", nameof(clusterOf));
        }
        foreach (int cluster in clusterOf)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cluster, nameof(clusterOf));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cluster, clusterCount, nameof(clusterOf));
        }
    }

    // The store's row of each record, or -1.
    private static int[] FindRows(RecordKeyIndex keys, IdentityState previous)
    {
        var rowOf = new int[keys.Count];
        Array.Fill(rowOf, None);
        int[] sources = [.. previous.Keys.Sources.Select(keys.FindSource)];
        for (int row = 0; row < previous.RowCount; row++)
        {
            int source = sources[previous.Keys.SourceOf(row)];
            int record = source == None ? None : keys.Find(source, previous.Keys.Id(row));
            if (record != None)
            {
                rowOf[record] = row;
            }
        }
        return rowOf;
    }

    private static int[] PreviousEntities(int[] rowOf, IdentityState previous)
    {
        var previousOf = new int[rowOf.Length];
        for (int record = 0; record < rowOf.Length; record++)
        {
            previousOf[record] = rowOf[record] == None ? None : previous.Entities.Current(previous.EntityOf(rowOf[record]));
        }
        return previousOf;
    }

    // Clusters without an id get one in order of their smallest record key, which also decides what the id is.
    private static ulong[] GiveNewIds(
        RecordKeyIndex keys, int[] order, int[] clusterOf, int[] keptBy, IdentityState state)
    {
        EntityDirectory previous = state.Entities;
        var given = new NumberSet(previous.Count + keptBy.Length);
        for (int entity = 0; entity < previous.Count; entity++)
        {
            if (EntityIdCode.TryRead(previous.Id(entity), out ulong number))
            {
                given.Add(number);
            }
        }
        // The record that each new id is made from.
        int[] firsts = GC.AllocateUninitializedArray<int>(keptBy.AsSpan().Count(None));
        int count = 0;
        for (int i = 0; i < order.Length && count < firsts.Length; i++)
        {
            // Records in order of keys stand anywhere in the order of arrival.
            Ahead.Fetch(clusterOf, order[Math.Min(i + (2 * Ahead.Distance), order.Length - 1)]);
            Ahead.Fetch(keptBy, clusterOf[order[Math.Min(i + Ahead.Distance, order.Length - 1)]]);
            int record = order[i];
            ref int entity = ref keptBy[clusterOf[record]];
            if (entity == None)
            {
                entity = previous.Count + count;
                firsts[count++] = record;
            }
        }
        // A cluster number without a record needs no id.
        ulong[] newIds = GC.AllocateUninitializedArray<ulong>(count);
        for (int start = 0; start < newIds.Length; start += IdsAtOnce)
        {
            Span<ulong> some = newIds.AsSpan(start, Math.Min(IdsAtOnce, newIds.Length - start));
            for (int i = 0; i < some.Length; i++)
            {
                some[i] = keys.Hash(firsts[start + i]);
                given.Fetch(some[i]);
            }
            foreach (ref ulong number in some)
            {
                ulong hash = number;
                for (ulong attempt = 1; !given.Add(number) || state.IsGivenElsewhere?.Invoke(number) == true; attempt++)
                {
                    number = StableHash.Combine(hash, attempt);
                }
            }
        }
        return newIds;
    }

    private static int[] Redirect(EntityClaims claims, EntityDirectory previous)
    {
        var successors = new int[previous.Count];
        for (int entity = 0; entity < successors.Length; entity++)
        {
            int cluster = claims.ClusterOf[entity];
            successors[entity] = cluster != None && claims.KeptBy[cluster] != entity ? claims.KeptBy[cluster] : previous.Successor(entity);
        }
        // Ids retired earlier follow their successor when it is retired now. One step is enough: what is kept by a cluster is current.
        for (int entity = 0; entity < successors.Length; entity++)
        {
            if (successors[entity] != None && successors[successors[entity]] != None)
            {
                successors[entity] = successors[successors[entity]];
            }
        }
        return successors;
    }
}
