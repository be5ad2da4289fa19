using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>Turns a plan into what is written to a store; rows are made when the store reads them.</summary>
internal static class LookupCommits
{
    /// <summary>The commit of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="modelHash">Hash of the model the run used, lower-case hexadecimal.</param>
    public static LookupCommit ToCommit(this IdentityPlan plan, string modelHash) => new(
        plan.Run.RunId,
        plan.Run.At,
        modelHash,
        Rows(plan),
        Entities(plan),
        Changes(plan))
    { ExpectedRunCount = plan.Previous.RunCount };

    private static LazyList<LookupRow> Rows(IdentityPlan plan)
    {
        int own = plan.ChangedRecords.Length;
        return new LazyList<LookupRow>(own + plan.FollowingRows.Length, index => index < own
            ? LookupTable.Row(plan, plan.ChangedRecords[index])
            : Follow(plan, plan.FollowingRows[index - own]));
    }

    // A row without a record in the run keeps its evidence and goes to the id that its own was retired into.
    private static LookupRow Follow(IdentityPlan plan, int row) =>
        plan.Previous.Row(row) with { EntityId = plan.EntityId(plan.Successors[plan.Previous.EntityOf(row)]) };

    private static LazyList<EntityState> Entities(IdentityPlan plan)
    {
        int created = plan.NewIds.Length;
        return new LazyList<EntityState>(created + plan.Redirected.Length, index =>
        {
            int entity = index < created ? plan.PreviousEntityCount + index : plan.Redirected[index - created];
            string? successor = index < created ? null : plan.EntityId(plan.Successors[entity]);
            return new EntityState(plan.EntityId(entity), plan.SequenceOf(entity), successor);
        });
    }

    private static LazyList<EntityChange> Changes(IdentityPlan plan) => new(plan.ChangeCount, index =>
    {
        PlannedChange change = plan.Changes[index];
        return new EntityChange(
            change.Kind,
            plan.EntityId(change.Entity),
            change.Related < 0 ? null : plan.EntityId(change.Related),
            change.Record < 0 ? null : plan.Keys.Key(change.Record),
            plan.Evidence.Describe(change.Evidence),
            plan.Run.RunId,
            plan.Run.At);
    });
}
