using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Identity;

/// <summary>The history rows of a run, in an order that does not depend on the order of records.</summary>
/// <remarks>New ids in order of age (created or split), then records that joined or moved in order of key, then retired ids by age.</remarks>
internal static class IdentityHistory
{
    private const int None = -1;

    /// <summary>Lists the changes.</summary>
    /// <param name="order">The records in order of their keys.</param>
    /// <param name="entityOf">The entity of each record.</param>
    /// <param name="previousOf">The id of each record in the store, -1 when it is new. Empty when the store has no ids.</param>
    /// <param name="successors">The successor of each id of the store after the run, or -1.</param>
    /// <param name="previous">The ids of the store.</param>
    /// <param name="newCount">How many ids are new.</param>
    /// <param name="evidence">What links each record.</param>
    public static PlannedChange[] Of(
        int[] order, int[] entityOf, int[] previousOf, int[] successors, EntityDirectory previous, int newCount, RecordEvidence evidence)
    {
        PlannedChange[] newIds = NewIds(order, entityOf, previousOf, previous.Count, newCount, evidence);
        if (previous.Count == 0)
        {
            return newIds;
        }
        var changes = new List<PlannedChange>(newIds);
        foreach (int record in order)
        {
            int entity = entityOf[record];
            int origin = previousOf[record];
            if (origin == None)
            {
                if (entity < previous.Count)
                {
                    changes.Add(new PlannedChange(EntityChangeKind.Joined, entity, None, record, evidence[record]));
                }
            }
            else if (origin != entity && successors[origin] != entity)
            {
                changes.Add(new PlannedChange(EntityChangeKind.Moved, entity, origin, record, evidence[record]));
            }
        }
        AddMerges(changes, entityOf, previousOf, successors, previous, evidence);
        return [.. changes];
    }

    private static PlannedChange[] NewIds(
        int[] order, int[] entityOf, int[] previousOf, int previousCount, int newCount, RecordEvidence evidence)
    {
        if (newCount == 0)
        {
            return [];
        }
        var strongest = new LinkEvidence[newCount];
        Array.Fill(strongest, LinkEvidence.None);
        var origins = new Dictionary<(int New, int Origin), int>();
        for (int record = 0; record < entityOf.Length; record++)
        {
            Ahead.Fetch(strongest, entityOf[Math.Min(record + Ahead.Distance, entityOf.Length - 1)] - previousCount);
            int index = entityOf[record] - previousCount;
            if (index < 0)
            {
                continue;
            }
            ref readonly LinkEvidence own = ref evidence[record];
            if (own.IsStrongerThan(in strongest[index]))
            {
                strongest[index] = own;
            }
            if (previousOf.Length > 0 && previousOf[record] != None)
            {
                origins[(index, previousOf[record])] = origins.GetValueOrDefault((index, previousOf[record])) + 1;
            }
        }
        int[] originOf = LargestOrigins(order, entityOf, previousOf, previousCount, newCount, origins);
        PlannedChange[] changes = GC.AllocateUninitializedArray<PlannedChange>(newCount);
        for (int index = 0; index < newCount; index++)
        {
            EntityChangeKind kind = originOf[index] == None ? EntityChangeKind.Created : EntityChangeKind.Split;
            changes[index] = new PlannedChange(kind, previousCount + index, originOf[index], None, strongest[index]);
        }
        return changes;
    }

    // The id that gave a new id most records; of equals, the one that gave the record with the smallest key.
    private static int[] LargestOrigins(
        int[] order, int[] entityOf, int[] previousOf, int previousCount, int newCount, Dictionary<(int New, int Origin), int> origins)
    {
        var originOf = new int[newCount];
        Array.Fill(originOf, None);
        if (origins.Count == 0)
        {
            return originOf;
        }
        var largest = new int[newCount];
        foreach (int record in order)
        {
            int index = entityOf[record] - previousCount;
            if (index >= 0 && previousOf[record] != None && origins[(index, previousOf[record])] > largest[index])
            {
                largest[index] = origins[(index, previousOf[record])];
                originOf[index] = previousOf[record];
            }
        }
        return originOf;
    }

    private static void AddMerges(
        List<PlannedChange> changes, int[] entityOf, int[] previousOf, int[] successors, EntityDirectory previous, RecordEvidence evidence)
    {
        var retired = new List<int>();
        for (int entity = 0; entity < successors.Length; entity++)
        {
            if (successors[entity] != None && previous.Successor(entity) == None)
            {
                retired.Add(entity);
            }
        }
        if (retired.Count == 0)
        {
            return;
        }
        retired.Sort((left, right) => EntityAge.Compare(previous, left, right));
        var reasons = new Dictionary<int, LinkEvidence>();
        foreach (int entity in retired)
        {
            reasons[entity] = LinkEvidence.None;
        }
        if (evidence.Links is not { Length: > 0 })
        {
            OfferRecords(reasons, entityOf, previousOf, successors, evidence);
        }
        else
        {
            OfferLinks(reasons, entityOf, previousOf, evidence);
        }
        foreach (int entity in retired)
        {
            changes.Add(new PlannedChange(EntityChangeKind.Merged, entity, successors[entity], None, reasons[entity]));
        }
    }

    // Without links, the best that can be told is how the records of the retired id are linked.
    private static void OfferRecords(
        Dictionary<int, LinkEvidence> reasons, int[] entityOf, int[] previousOf, int[] successors, RecordEvidence evidence)
    {
        for (int record = 0; record < entityOf.Length; record++)
        {
            if (previousOf[record] != None && successors[previousOf[record]] == entityOf[record])
            {
                Offer(reasons, previousOf[record], evidence[record]);
            }
        }
    }

    // The strongest link that ties a record of the retired id to one that was not of that id.
    private static void OfferLinks(
        Dictionary<int, LinkEvidence> reasons, int[] entityOf, int[] previousOf, RecordEvidence evidence)
    {
        foreach (ref readonly RecordLink link in evidence.Links!.Span)
        {
            if (entityOf[link.Left] == entityOf[link.Right] && previousOf[link.Left] != previousOf[link.Right])
            {
                Offer(reasons, previousOf[link.Left], evidence.Of(in link));
                Offer(reasons, previousOf[link.Right], evidence.Of(in link));
            }
        }
    }

    private static void Offer(Dictionary<int, LinkEvidence> reasons, int entity, LinkEvidence evidence)
    {
        if (reasons.TryGetValue(entity, out LinkEvidence known) && evidence.IsStrongerThan(known))
        {
            reasons[entity] = evidence;
        }
    }
}
