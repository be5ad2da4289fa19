using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Identity;
using IdentityResolution.Reference.Identity;

namespace IdentityResolution.Tests.Identity;

/// <summary>The promises about ids, over random histories: each run clusters a random part of thirty records at random.</summary>
public class IdentityLawTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_261_121UL, 77UL);

    // A run is one cluster number per record; 0 = the record is absent. Few clusters make large merges and splits, many make small ones.
    private static readonly Arbitrary<int[][]> Histories = (
        from runs in Gen.Choose(1, 6)
        from history in Gen.ArrayOf(
            from clusters in Gen.Elements(3, 6, 30)
            from run in Gen.ArrayOf(Gen.Choose(0, clusters), 30)
            select run, runs)
        select history).ToArbitrary();

    [Fact]
    public void Each_record_has_one_row_and_clusters_and_ids_correspond() => Check(world =>
    {
        LookupRow[] rows = [.. new LookupTable(world.LastPlan)];
        Assert.Equal(world.LastPlan.Keys.Count, rows.DistinctBy(row => row.Key).Count());
        foreach ((string left, int leftCluster) in world.LastRun)
        {
            foreach ((string right, int rightCluster) in world.LastRun)
            {
                Assert.Equal(leftCluster == rightCluster, string.Equals(world.Ids[left], world.Ids[right], StringComparison.Ordinal));
            }
        }
    });

    [Fact]
    public void Running_again_changes_nothing() => Check(world =>
    {
        IdentityPlan again = IdentityWorld.Plan(world.LastRun, 31, world.State);
        Assert.Empty(again.Changes);
        Assert.Empty(again.NewIds);
        Assert.Empty(again.Redirected);
        Assert.Empty(again.ChangedRecords);
        Assert.Empty(again.FollowingRows);
    });

    [Fact]
    public void Order_of_records_and_numbers_of_clusters_do_not_matter() => Check(world =>
    {
        var random = new Random(world.LastRun.Count);
        (string Id, int Cluster)[] shuffled = [.. world.LastRun.Select(record => (record.Id, (record.Cluster * 7) % 31))];
        random.Shuffle(shuffled);
        var other = new IdentityWorld(world.Before).Run(shuffled, 31, runId: world.LastPlan.Run.RunId);
        Assert.Equal(world.LastCommit.Rows, other.LastCommit.Rows);
        Assert.Equal(world.LastCommit.Entities, other.LastCommit.Entities);
        Assert.Equal(world.LastCommit.Changes, other.LastCommit.Changes);
    });

    [Fact]
    public void No_id_is_given_twice() => Check(world =>
    {
        HashSet<string> given = [.. world.Before.Entities.Select(entity => entity.EntityId)];
        foreach (EntityChange change in world.LastCommit.Changes)
        {
            if (change.Kind is EntityChangeKind.Created or EntityChangeKind.Split)
            {
                Assert.True(given.Add(change.EntityId));
            }
        }
        Assert.Equal(given.Count, world.State.Entities.Count);
        Assert.Equal(world.State.Entities.Count, world.State.Entities.Select(entity => entity.CreatedSequence).Distinct().Count());
    });

    [Fact]
    public void Every_retired_id_leads_to_a_current_one_and_stays_retired() => Check(world =>
    {
        Dictionary<string, EntityState> entities = world.State.Entities.ToDictionary(entity => entity.EntityId, StringComparer.Ordinal);
        Assert.All(entities.Values, entity => Assert.True(entity.SuccessorId is null || entities[entity.SuccessorId].SuccessorId is null));
        Assert.All(world.Before.Entities, entity => Assert.True(entity.SuccessorId is null || entities[entity.EntityId].SuccessorId is not null));
        Assert.All(world.State.Rows, row => Assert.Null(entities[row.EntityId].SuccessorId));
    });

    [Fact]
    public void Ids_are_those_of_the_reference() => Check(world =>
    {
        string[][] clusters = [.. world.LastRun.GroupBy(record => record.Cluster).Select(cluster => cluster.Select(record => record.Id).ToArray())];
        ReferencePlan expected = ReferenceReconciler.Reconcile(
            clusters,
            world.Before.Rows.ToDictionary(row => row.Key.Id, row => row.EntityId, StringComparer.Ordinal),
            world.Before.Entities.ToDictionary(entity => entity.EntityId, entity => entity.CreatedSequence, StringComparer.Ordinal));
        HashSet<string> old = [.. world.Before.Entities.Select(entity => entity.EntityId)];
        for (int cluster = 0; cluster < clusters.Length; cluster++)
        {
            string id = world.Ids[clusters[cluster][0]];
            Assert.Equal(expected.Kept[cluster], old.Contains(id) ? id : null);
        }
        var merged = world.LastCommit.Changes.Where(change => change.Kind == EntityChangeKind.Merged)
            .ToDictionary(change => change.EntityId, change => change.RelatedEntityId!, StringComparer.Ordinal);
        Assert.Equal(expected.Successors.ToHashSet(), merged.ToHashSet());
    });

    [Fact]
    public void A_split_keeps_the_larger_part() => Check(world =>
    {
        Dictionary<string, string> before = world.Before.Rows.ToDictionary(row => row.Key.Id, row => row.EntityId, StringComparer.Ordinal);
        foreach (EntityChange split in world.LastCommit.Changes.Where(change => change.Kind == EntityChangeKind.Split))
        {
            string origin = split.RelatedEntityId!;
            int PartOf(string id) => world.LastRun.Count(record => before.GetValueOrDefault(record.Id) == origin && world.Ids[record.Id] == id);
            Assert.True(PartOf(world.Resolve(origin)) >= PartOf(split.EntityId));
        }
    });

    [Fact]
    public void An_id_whose_cluster_survives_is_kept() => Check(world =>
    {
        ILookup<string, string> before = world.Before.Rows.ToLookup(row => row.EntityId, row => row.Key.Id, StringComparer.Ordinal);
        foreach (IGrouping<int, (string Id, int Cluster)> cluster in world.LastRun.GroupBy(record => record.Cluster))
        {
            HashSet<string> records = [.. cluster.Select(record => record.Id)];
            IGrouping<string, string>? same = before.FirstOrDefault(ids => records.SetEquals(ids));
            Assert.True(same is null || records.All(record => string.Equals(world.Ids[record], same.Key, StringComparison.Ordinal)));
        }
    });

    [Fact]
    public void Adding_a_record_changes_no_id_except_by_a_merge() => Check(world =>
    {
        // The new record joins none, one or several of the clusters that stand.
        int[] clusters = [.. world.LastRun.Select(record => record.Cluster).Distinct()];
        for (int joined = 0; joined <= Math.Min(3, clusters.Length); joined++)
        {
            HashSet<int> chosen = [.. clusters.Take(joined)];
            List<(string Id, int Cluster)> records = [.. world.LastRun.Select(record => (record.Id, chosen.Contains(record.Cluster) ? 31 : record.Cluster))];
            records.Add(("new", 31));
            var after = new IdentityWorld(world.State).Run(records, 32);
            foreach ((string record, string id) in world.Ids)
            {
                Assert.Equal(after.Resolve(id), after.Ids[record]);
            }
            Assert.Equal(Math.Max(0, joined - 1), after.LastPlan.CountOf(EntityChangeKind.Merged));
            Assert.Equal(joined == 0 ? 1 : 0, after.LastPlan.NewIds.Length);
            Assert.Equal(0, after.LastPlan.CountOf(EntityChangeKind.Moved));
        }
    });

    [Fact]
    public void The_history_tells_every_new_id_every_move_and_every_merge() => Check(world =>
    {
        Dictionary<string, string> ids = world.Before.Rows.ToDictionary(row => row.Key.Id, row => row.EntityId, StringComparer.Ordinal);
        // What the history says of a record that the store had, or that joined, is where the record stands.
        foreach (EntityChange change in world.LastCommit.Changes)
        {
            switch (change.Kind)
            {
                case EntityChangeKind.Joined:
                    Assert.True(ids.TryAdd(change.Record!.Value.Id, change.EntityId));
                    break;
                case EntityChangeKind.Moved:
                    Assert.Equal(change.RelatedEntityId, ids[change.Record!.Value.Id]);
                    ids[change.Record!.Value.Id] = change.EntityId;
                    break;
                default:
                    break;
            }
        }
        foreach ((string record, string id) in ids)
        {
            Assert.Equal(world.Resolve(id), world.Ids[record]);
        }
    });

    // The world after each run of each history must pass.
    private static void Check(Action<IdentityWorld> holds) => FsCheck.Check.One(Thorough, Prop.ForAll(Histories, history =>
    {
        var world = new IdentityWorld();
        foreach (int[] run in history)
        {
            world.Run([.. run.Select((cluster, record) => ($"r{record:00}", cluster)).Where(record => record.cluster > 0)], 31);
            holds(world);
        }
    }));
}
