namespace IdentityResolution.Evaluation;

/// <summary>What was decided about some pairs of records: joined or kept apart, and whether a person is asked.</summary>
/// <param name="Joined">Pairs in one predicted cluster; those in review among them.</param>
/// <param name="JoinedInReview">Pairs in one predicted cluster that stand in the review queue.</param>
/// <param name="Apart">Pairs in two predicted clusters; those in review among them.</param>
/// <param name="ApartInReview">Pairs in two predicted clusters that stand in the review queue.</param>
public readonly record struct DecisionCounts(long Joined, long JoinedInReview, long Apart, long ApartInReview)
{
    /// <summary>Counts what was decided about pairs.</summary>
    /// <param name="predicted">The predicted cluster of each record; each record once. A record that is missing here stands alone.</param>
    /// <param name="pairs">The pairs; a pair that is repeated or turned round counts once.</param>
    /// <param name="review">The pairs that a person is asked about, either way round.</param>
    /// <returns>The counts; the same for any order.</returns>
    /// <exception cref="ArgumentException">A record occurs twice in the prediction.</exception>
    public static DecisionCounts Of(
        IEnumerable<ClusterMember> predicted, IEnumerable<(RecordKey Left, RecordKey Right)> pairs, IEnumerable<(RecordKey Left, RecordKey Right)> review)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(review);
        Dictionary<RecordKey, int> clusterOf = AlignedRecords.NumberClusters(predicted, new AlignedRecords.Numbers());
        HashSet<(RecordKey, RecordKey)> asked = [.. review.Select(Ordered)];
        var counts = default(DecisionCounts);
        foreach ((RecordKey left, RecordKey right) in pairs.Select(Ordered).Distinct())
        {
            bool joined = clusterOf.TryGetValue(left, out int leftCluster) && clusterOf.TryGetValue(right, out int rightCluster) && leftCluster == rightCluster;
            int inReview = asked.Contains((left, right)) ? 1 : 0;
            counts = joined
                ? counts with { Joined = counts.Joined + 1, JoinedInReview = counts.JoinedInReview + inReview }
                : counts with { Apart = counts.Apart + 1, ApartInReview = counts.ApartInReview + inReview };
        }
        return counts;
    }

    private static (RecordKey Left, RecordKey Right) Ordered((RecordKey Left, RecordKey Right) pair) =>
        pair.Left.CompareTo(pair.Right) <= 0 ? pair : (pair.Right, pair.Left);
}
