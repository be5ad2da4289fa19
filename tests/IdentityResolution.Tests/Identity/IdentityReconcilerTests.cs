using IdentityResolution.Identity;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Identity;

public class IdentityReconcilerTests
{
    [Fact]
    public void The_first_run_gives_every_cluster_an_id_of_fourteen_symbols()
    {
        IdentityWorld world = new IdentityWorld().Run("a b|c");

        Assert.Equal(world.Ids["a"], world.Ids["b"]);
        AssertDiffer(world.Ids["a"], world.Ids["c"]);
        Assert.All(world.Ids.Values, id => Assert.Matches("^C[0-9A-HJKMNP-TV-Z]{13}$", id));
    }

    [Fact]
    public void Ids_do_not_move_between_versions_of_the_library() =>
        Assert.Equal(ApprovedId, new IdentityWorld().Run("a").Ids["a"]);

    [Fact]
    public void Running_unchanged_data_again_changes_nothing()
    {
        IdentityWorld world = new IdentityWorld().Run("a b|c|d e f").Run("a b|c|d e f");

        Assert.Empty(world.LastCommit.Rows);
        Assert.Empty(world.LastCommit.Entities);
        Assert.Empty(world.LastCommit.Changes);
    }

    [Fact]
    public void Order_of_records_and_numbers_of_clusters_do_not_matter()
    {
        IdentityWorld world = new IdentityWorld().Run("a b|c|d e f");
        IdentityWorld other = new IdentityWorld().Run("f d e||c|b a");

        Assert.Equal(world.Ids, other.Ids);
        Assert.Equal(world.LastCommit.Rows, other.LastCommit.Rows);
        Assert.Equal(world.LastCommit.Entities, other.LastCommit.Entities);
        Assert.Equal(world.LastCommit.Changes, other.LastCommit.Changes);
    }

    [Fact]
    public void A_new_record_joins_an_id_that_exists()
    {
        IdentityWorld world = new IdentityWorld().Run("b c|d");
        string before = world.Ids["b"];
        world.Run("a b c|d");

        Assert.Equal(before, world.Ids["a"]);
        Assert.Equal(before, world.Ids["b"]);
        Assert.Equal([$"Joined {before}  a"], world.ChangeLines());
        Assert.Equal("email", Assert.Single(world.LastCommit.Changes).Reason);
    }

    [Fact]
    public void A_merge_keeps_the_oldest_id_and_redirects_the_other()
    {
        IdentityWorld world = new IdentityWorld().Run("m").Run("m|a b c");
        string old = world.Ids["m"];
        string young = world.Ids["a"];
        world.Run("a b c m");

        Assert.All(world.Ids.Values, id => Assert.Equal(old, id));
        Assert.Equal(old, world.Resolve(young));
        Assert.Equal([$"Merged {young} {old}"], world.ChangeLines());
    }

    [Fact]
    public void Of_ids_of_one_age_a_merge_keeps_the_one_with_most_records_and_then_the_smallest()
    {
        var state = new LookupState(
            [Row("a", "X1"), Row("b", "X2"), Row("c", "X2"), Row("d", "X3"), Row("e", "X4")],
            [new("X1", 1, null), new("X2", 1, null), new("X3", 1, null), new("X4", 1, null)]);

        IdentityPlan plan = IdentityWorld.Plan([("a", 0), ("b", 0), ("c", 0), ("e", 1), ("d", 1)], 2, state);

        Assert.Equal("X2 X2 X2 X3 X3", string.Join(" ", plan.EntityOf.Select(plan.EntityId)));
    }

    [Fact]
    public void Chains_of_redirects_are_compressed()
    {
        IdentityWorld world = new IdentityWorld().Run("a").Run("a|b").Run("a|b|c");
        (string first, string second, string third) = (world.Ids["a"], world.Ids["b"], world.Ids["c"]);
        world.Run("a|b c").Run("a b c");

        Assert.Equal(first, world.Resolve(third));
        Assert.Equal([new(second, 2, first), new EntityState(third, 3, first)], world.LastCommit.Entities);
        Assert.Equal([$"Merged {second} {first}"], world.ChangeLines());
    }

    [Fact]
    public void A_split_keeps_the_id_with_the_larger_part()
    {
        IdentityWorld world = new IdentityWorld().Run("a b c");
        string old = world.Ids["a"];
        world.Run("a|b c");

        Assert.Equal(old, world.Ids["b"]);
        Assert.Equal(old, world.Ids["c"]);
        AssertDiffer(old, world.Ids["a"]);
        Assert.Equal([$"Split {world.Ids["a"]} {old}", $"Moved {world.Ids["a"]} {old} a"], world.ChangeLines());
    }

    [Fact]
    public void Of_equal_parts_a_split_keeps_the_id_with_the_part_of_the_smallest_record_key()
    {
        IdentityWorld world = new IdentityWorld().Run("a b c d");
        string old = world.Ids["a"];
        world.Run("d b|c a");

        Assert.Equal(old, world.Ids["a"]);
        Assert.Equal(old, world.Ids["c"]);
        AssertDiffer(old, world.Ids["b"]);
    }

    [Fact]
    public void A_part_that_goes_to_another_id_moves_there()
    {
        IdentityWorld world = new IdentityWorld().Run("a b c|x y");
        (string first, string second) = (world.Ids["a"], world.Ids["x"]);
        world.Run("a b|c x y");

        Assert.Equal(first, world.Ids["a"]);
        Assert.Equal(second, world.Ids["c"]);
        Assert.Equal([$"Moved {second} {first} c"], world.ChangeLines());
    }

    [Fact]
    public void An_id_whose_larger_part_goes_to_a_better_id_is_retired_into_it()
    {
        IdentityWorld world = new IdentityWorld().Run("m").Run("m|a b c");
        (string old, string young) = (world.Ids["m"], world.Ids["a"]);
        world.Run("m b c|a");

        Assert.Equal(old, world.Ids["b"]);
        Assert.Equal(old, world.Resolve(young));
        AssertDiffer(old, world.Ids["a"]);
        AssertDiffer(young, world.Ids["a"]);
        Assert.Equal(
            [$"Split {world.Ids["a"]} {young}", $"Moved {world.Ids["a"]} {young} a", $"Merged {young} {old}"], world.ChangeLines());
    }

    [Fact]
    public void A_retired_id_is_never_given_again()
    {
        // The second id comes from record b. Once b stands alone again its id would be the same, had it not been given before.
        IdentityWorld world = new IdentityWorld().Run("a|b");
        string retired = world.Ids["b"];
        world.Run("a b").Run("a|b");

        AssertDiffer(retired, world.Ids["b"]);
        Assert.Equal(world.Ids["a"], world.Resolve(retired));
    }

    [Fact]
    public void Records_absent_from_a_run_keep_their_id()
    {
        IdentityWorld world = new IdentityWorld().Run("a b|c");
        Dictionary<string, string> before = world.Ids;
        world.Run("a");

        Assert.Equal(before, world.Ids);
        Assert.Empty(world.LastCommit.Changes);
    }

    [Fact]
    public void Records_absent_from_a_run_follow_a_merge()
    {
        IdentityWorld world = new IdentityWorld().Run("a|b c");
        string old = world.Ids["a"];
        world.Run("a b");

        Assert.Equal(old, world.Ids["c"]);
    }

    [Fact]
    public void Records_absent_from_a_run_stay_with_an_id_that_splits()
    {
        IdentityWorld world = new IdentityWorld().Run("a b c d");
        string old = world.Ids["a"];
        world.Run("a|b c");

        Assert.Equal(old, world.Ids["d"]);
        Assert.Equal(old, world.Ids["b"]);
    }

    [Fact]
    public void New_evidence_rewrites_the_row_and_leaves_the_history_alone()
    {
        IdentityWorld world = new IdentityWorld().Run("a b");
        var evidence = new RecordEvidence(2, ["email", "score"]);
        evidence.Offer(0, new LinkEvidence(1, 12_345, 998_700));
        evidence.Offer(1, new LinkEvidence(0, LinkEvidence.NoWeight, 1_000_000));
        world.Run([("a", 0), ("b", 0)], 1, evidence);

        LookupRow row = Assert.Single(world.LastCommit.Rows);
        Assert.Equal(new LookupRow(new RecordKey("s", "a"), world.Ids["a"], "score", 0.9987), row);
        Assert.Empty(world.LastCommit.Changes);
    }

    [Fact]
    public void The_reason_of_a_merge_is_the_strongest_link_between_the_two_ids()
    {
        IdentityWorld world = new IdentityWorld().Run("a b|c d");
        RecordLink[] links =
        [
            RecordLink.ByRule(0, 1, 0), RecordLink.ByRule(2, 3, 0), new(1, 2, 7_001, RecordLink.ByScore), new(0, 3, 9_250, RecordLink.ByScore),
        ];
        MatchRule[] rules = [new() { Name = "email", Keys = ["email"] }];
        world.Run([("a", 0), ("b", 0), ("c", 0), ("d", 0)], 1, RecordEvidence.FromLinks(4, rules, links));

        EntityChange change = Assert.Single(world.LastCommit.Changes);
        Assert.Equal(EntityChangeKind.Merged, change.Kind);
        Assert.Equal("score 9.250 bits", change.Reason);
    }

    [Fact]
    public void An_id_that_is_taken_is_not_given_to_another_record()
    {
        // A foreign store can hold the very id that record b would get.
        string wanted = new IdentityWorld().Run("b").Ids["b"];
        var state = new LookupState([Row("a", wanted)], [new(wanted, 1, null)]);

        IdentityPlan plan = IdentityWorld.Plan([("a", 0), ("b", 1)], 2, state);

        Assert.Equal(wanted, plan.EntityId(plan.EntityOf[0]));
        AssertDiffer(wanted, plan.EntityId(plan.EntityOf[1]));
    }

    [Fact]
    public void Ids_of_another_maker_are_kept()
    {
        var state = new LookupState([Row("a", "customer 7")], [new("customer 7", 1, null)]);

        IdentityPlan plan = IdentityWorld.Plan([("b", 0), ("a", 0)], 1, state);

        Assert.All(plan.EntityOf, entity => Assert.Equal("customer 7", plan.EntityId(entity)));
    }

    [Fact]
    public void Lengths_that_disagree_are_refused() => Assert.Throws<ArgumentException>(() => IdentityReconciler.Reconcile(
        IdentityWorld.Keys(("s", "a")), [0, 1], 2, IdentityResolution.Lookup.ColumnarState.Empty, default, new RecordEvidence(1, [])));

    [Fact]
    public void A_cluster_number_out_of_range_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => IdentityReconciler.Reconcile(
        IdentityWorld.Keys(("s", "a")), [1], 1, IdentityResolution.Lookup.ColumnarState.Empty, default, new RecordEvidence(1, [])));

    [Fact]
    public void Evidence_of_another_number_of_records_is_refused() => Assert.Throws<ArgumentException>(() => IdentityReconciler.Reconcile(
        IdentityWorld.Keys(("s", "a")), [0], 1, IdentityResolution.Lookup.ColumnarState.Empty, default, new RecordEvidence(2, [])));

    [Fact]
    public void Changes_are_counted_as_they_are_listed() => Law.Holds(random =>
    {
        var world = new IdentityWorld();
        for (int run = 0; run < 3; run++)
        {
            (string, int)[] records = [.. Enumerable.Range(0, random.Next(0, 12)).Select(id => ($"r{id}", random.Next(4)))];
            world.Run(records, 4);
            IdentityPlan plan = world.LastPlan;

            // Before the history is asked for.
            int[] counts = [.. Enum.GetValues<EntityChangeKind>().Select(plan.CountOf)];
            int count = plan.ChangeCount;

            Assert.Equal(plan.Changes.Length, count);
            Assert.Equal(Enum.GetValues<EntityChangeKind>().Select(kind => plan.Changes.Count(change => change.Kind == kind)), counts);
        }
    });

    private const string ApprovedId = "CC7G23G46YEG0G";

    private static void AssertDiffer(string left, string right) => Assert.False(string.Equals(left, right, StringComparison.Ordinal), left);

    private static LookupRow Row(string id, string entityId) => new(new RecordKey("s", id), entityId, string.Empty, null);
}
