namespace IdentityResolution.Evaluation;

/// <summary>Estimates precision and recall over all scored pairs from a labelled stratified sample.</summary>
/// <remarks>
/// Each label stands for as many pairs as its stratum has per label (Horvitz and Thompson 1952, "A Generalization of Sampling Without Replacement
/// from a Finite Universe", JASA 47(260)). Precision and recall are ratios of two such totals; their variance is that of the combined ratio
/// estimator with the correction for finite strata (Cochran 1977, "Sampling Techniques", 3rd edition, section 6.11). The interval is Wilson's, with
/// the effective number of labels in place of the number (after Korn and Graubard 1998, "Confidence Intervals for Proportions with Small Expected
/// Number of Positive Counts Estimated from Survey Data", Survey Methodology 24(2)). Strata in which all labels agree still have a variance: half a
/// match and half a non-match are added to each for it (the prior of Jeffreys), and not for the estimate. A single stratum gives Wilson's interval.
/// </remarks>
public static class SampleEvaluator
{
    /// <summary>Estimates the figures.</summary>
    /// <param name="predicted">The predicted cluster of each record; each record once. A labelled record that is missing here stands alone.</param>
    /// <param name="labels">The labels. Pairs that were not decided are taken for a loss at random within their stratum.</param>
    /// <param name="confidence">How sure the intervals are to hold the true values, in (0, 1). Default 0.95.</param>
    /// <returns>The estimates.</returns>
    /// <exception cref="ArgumentException">
    /// There are no labels, a stratum has none, or more than it has pairs; labels disagree on a stratum's size; a pair is labelled twice or holds one
    /// record twice; a record occurs twice in the prediction.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not in (0, 1).</exception>
    public static SampleEvaluationResult Evaluate(IEnumerable<ClusterMember> predicted, IEnumerable<SampleLabel> labels, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(labels);
        Estimate.NormalQuantile(confidence);
        Dictionary<RecordKey, int> clusterOf = AlignedRecords.NumberClusters(predicted, new AlignedRecords.Numbers());
        List<StratumCounts> strata = Count(labels, clusterOf, out HashSet<RecordKey> records);
        long evaluated = records.LongCount(clusterOf.ContainsKey);
        return new SampleEvaluationResult(
            Ratio(strata, StratumCounts.IsJoined, confidence),
            Ratio(strata, StratumCounts.IsMatch, confidence),
            strata.Sum(stratum => stratum.Decided),
            strata.Sum(stratum => stratum.Undecided),
            strata.Sum(stratum => stratum.Pairs),
            new CoverageCounts(evaluated, clusterOf.Count - evaluated, records.Count - evaluated));
    }

    private static List<StratumCounts> Count(IEnumerable<SampleLabel> labels, Dictionary<RecordKey, int> clusterOf, out HashSet<RecordKey> records)
    {
        records = [];
        var strata = new SortedDictionary<int, StratumCounts>();
        var seen = new HashSet<(RecordKey, RecordKey)>();
        foreach (SampleLabel label in labels)
        {
            int order = label.Left.CompareTo(label.Right);
            if (order == 0)
            {
                throw new ArgumentException("A label pairs a record with itself.", nameof(labels));
            }
            if (!seen.Add(order < 0 ? (label.Left, label.Right) : (label.Right, label.Left)))
            {
                throw new ArgumentException("A pair is labelled twice.", nameof(labels));
            }
            if (!strata.TryGetValue(label.Stratum, out StratumCounts? stratum))
            {
                strata.Add(label.Stratum, stratum = new StratumCounts(label.StratumPairs));
            }
            if (stratum.Pairs != label.StratumPairs)
            {
                throw new ArgumentException($"The labels of stratum {label.Stratum} disagree on how many pairs it has.", nameof(labels));
            }
            bool joined = clusterOf.TryGetValue(label.Left, out int left) && clusterOf.TryGetValue(label.Right, out int right) && left == right;
            stratum.Add(label.IsMatch, joined);
            records.Add(label.Left);
            records.Add(label.Right);
        }
        foreach ((int number, StratumCounts stratum) in strata)
        {
            if (stratum.Decided == 0)
            {
                throw new ArgumentException($"No pair of stratum {number} is decided, so nothing is known of it.", nameof(labels));
            }
            if (stratum.Decided + stratum.Undecided > stratum.Pairs)
            {
                throw new ArgumentException($"Stratum {number} has more labels than pairs.", nameof(labels));
            }
        }
        return strata.Count > 0 ? [.. strata.Values] : throw new ArgumentException("There are no labels.", nameof(labels));
    }

    /// <summary>The share of pairs of a kind (joined, or matches) that are joined matches.</summary>
    private static Estimate Ratio(List<StratumCounts> strata, Func<bool, bool, bool> isCounted, double confidence)
    {
        double whole = strata.Sum(stratum => stratum.Pairs * stratum.Mean(isCounted, isSmoothed: false));
        if (whole == 0)
        {
            return new Estimate(1, 0, 1); // nothing of the kind was seen: a share of nothing is 1, and nothing is known
        }
        double share = strata.Sum(stratum => stratum.Pairs * stratum.Mean(StratumCounts.IsBoth, isSmoothed: false)) / whole;

        double smoothWhole = strata.Sum(stratum => stratum.Pairs * stratum.Mean(isCounted, isSmoothed: true));
        double smooth = strata.Sum(stratum => stratum.Pairs * stratum.Mean(StratumCounts.IsBoth, isSmoothed: true)) / smoothWhole;
        double variance = strata.Sum(stratum => stratum.VarianceOfTotal(isCounted, smooth)) / (smoothWhole * smoothWhole);
        double size = variance > 0 ? smooth * (1 - smooth) / variance : double.PositiveInfinity;
        return size > 0 ? Estimate.Wilson(Math.Clamp(share, 0, 1), size, confidence) : new Estimate(share, 0, 1);
    }
}
