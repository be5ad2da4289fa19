using System.Runtime.InteropServices;
using IdentityResolution.Internals;

namespace IdentityResolution.Identity;

/// <summary>Sums up what a plan does to customers.</summary>
internal static class ImpactCounter
{
    private const int None = -1;
    private const int RecordsPerExample = 3;

    /// <summary>Counts, and picks examples.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="examplesPerKind">Most examples of each kind of change.</param>
    public static RunImpact Count(IdentityPlan plan, int examplesPerKind)
    {
        int[] previousOf = IdentityReconciler.PreviousEntities(plan.Keys, plan.Previous);
        (long before, long after) = CountCustomers(plan, previousOf);
        return new RunImpact
        {
            CustomersBefore = before,
            CustomersAfter = after,
            Created = plan.CountOf(EntityChangeKind.Created),
            Joined = plan.CountOf(EntityChangeKind.Joined),
            Moved = plan.CountOf(EntityChangeKind.Moved),
            Merged = plan.CountOf(EntityChangeKind.Merged),
            Split = plan.CountOf(EntityChangeKind.Split),
            Retired = plan.CountOf(EntityChangeKind.Merged) + plan.CountOf(EntityChangeKind.Retired),
            Sources = CountSources(plan, previousOf),
            Examples = PickExamples(plan, previousOf, examplesPerKind),
        };
    }

    private static (long Before, long After) CountCustomers(IdentityPlan plan, int[] previousOf)
    {
        var before = new HashSet<int>();
        var after = new HashSet<int>(plan.EntityOf);
        var inRun = new Dictionary<int, int>();
        foreach (int entity in previousOf)
        {
            if (entity != None)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(inRun, entity, out _)++;
            }
        }
        var rows = new Dictionary<int, int>();
        for (int row = 0; row < plan.Previous.RowCount; row++)
        {
            int entity = plan.Previous.Entities.Current(plan.Previous.EntityOf(row));
            before.Add(entity);
            CollectionsMarshal.GetValueRefOrAddDefault(rows, entity, out _)++;
        }
        // Rows without a record in the run stay with their id, or follow it.
        foreach ((int entity, int count) in rows)
        {
            if (count > inRun.GetValueOrDefault(entity))
            {
                after.Add(plan.Successors[entity] == None ? entity : plan.Successors[entity]);
            }
        }
        return (before.Count, after.Count);
    }

    private static SourceImpact[] CountSources(IdentityPlan plan, int[] previousOf)
    {
        bool[] isSplit = new bool[plan.NewIds.Length];
        foreach (PlannedChange change in plan.Changes)
        {
            if (change.Kind == EntityChangeKind.Split)
            {
                isSplit[change.Entity - plan.PreviousEntityCount] = true;
            }
        }
        var counts = new Dictionary<string, long[]>(StringComparer.Ordinal);
        for (int record = 0; record < previousOf.Length; record++)
        {
            int before = previousOf[record];
            int now = plan.EntityOf[record];
            bool isNew = now >= plan.PreviousEntityCount;
            EntityChangeKind? fate = before == None
                ? isNew && !isSplit[now - plan.PreviousEntityCount] ? EntityChangeKind.Created : EntityChangeKind.Joined
                : before == now ? null
                : plan.Successors[before] == now ? EntityChangeKind.Merged
                : isNew ? EntityChangeKind.Split : EntityChangeKind.Moved;
            Add(counts, plan.Keys.Sources[plan.Keys.SourceOf(record)], fate);
        }
        foreach (int row in plan.FollowingRows)
        {
            Add(counts, plan.Previous.Keys.Sources[plan.Previous.Keys.SourceOf(row)], EntityChangeKind.Merged);
        }
        return [.. counts
            .OrderBy(source => source.Key, Comparer<string>.Create(CodePointOrder.Compare))
            .Select(source => (source.Key, Of: source.Value))
            .Select(source => new SourceImpact(
                source.Key, source.Of[^1], source.Of[(int)EntityChangeKind.Created], source.Of[(int)EntityChangeKind.Joined], source.Of[(int)EntityChangeKind.Moved],
                source.Of[(int)EntityChangeKind.Merged], source.Of[(int)EntityChangeKind.Split]))];
    }

    // By kind of change; those that nothing happens to come last.
    private static void Add(Dictionary<string, long[]> counts, string source, EntityChangeKind? fate)
    {
        ref long[]? own = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, source, out _);
        own ??= new long[(int)EntityChangeKind.Split + 2];
        own[fate is { } kind ? (int)kind : own.Length - 1]++;
    }

    private static ImpactExample[] PickExamples(IdentityPlan plan, int[] previousOf, int examplesPerKind)
    {
        var picked = new List<PlannedChange>();
        var taken = new Dictionary<EntityChangeKind, int>();
        foreach (PlannedChange change in plan.Changes)
        {
            ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(taken, change.Kind, out _);
            if (count < examplesPerKind)
            {
                count++;
                picked.Add(change);
            }
        }
        // A retired id has the records that were its own; every other id those that are now.
        Dictionary<int, List<RecordKey>> recordsOf = picked
            .Where(change => change.Record == None)
            .Select(change => change.Entity)
            .Distinct()
            .ToDictionary(entity => entity, _ => new List<RecordKey>());
        var retired = picked.Where(change => change.Kind == EntityChangeKind.Merged).Select(change => change.Entity).ToHashSet();
        foreach (int record in plan.Order)
        {
            if (previousOf[record] != None && retired.Contains(previousOf[record]))
            {
                Show(previousOf[record], record);
            }
            Show(plan.EntityOf[record], record);
        }
        return [.. picked.Select(change => new ImpactExample(
            change.Kind,
            plan.EntityId(change.Entity),
            change.Related < 0 ? null : plan.EntityId(change.Related),
            change.Record < 0 ? recordsOf[change.Entity] : [plan.Keys.Key(change.Record)],
            plan.Evidence.Describe(change.Evidence)))];

        void Show(int entity, int record)
        {
            if (recordsOf.TryGetValue(entity, out List<RecordKey>? own) && own.Count < RecordsPerExample)
            {
                own.Add(plan.Keys.Key(record));
            }
        }
    }
}
