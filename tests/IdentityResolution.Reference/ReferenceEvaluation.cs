namespace IdentityResolution.Reference;

/// <summary>Evaluation by looking at every pair of records. Arrays hold one entry per record.</summary>
public static class ReferenceEvaluation
{
    /// <summary>Pairs that are together in both, only in the prediction, and only in the truth.</summary>
    public static (long Both, long OnlyPredicted, long OnlyTrue) Pairs(int[] cluster, int[] person, int[] source, bool across)
    {
        long both = 0;
        long onlyPredicted = 0;
        long onlyTrue = 0;
        for (int i = 0; i < cluster.Length; i++)
        {
            for (int j = i + 1; j < cluster.Length; j++)
            {
                if (across && source[i] == source[j])
                {
                    continue;
                }
                bool predicted = cluster[i] == cluster[j];
                bool same = person[i] == person[j];
                both += predicted && same ? 1 : 0;
                onlyPredicted += predicted && !same ? 1 : 0;
                onlyTrue += !predicted && same ? 1 : 0;
            }
        }
        return (both, onlyPredicted, onlyTrue);
    }

    /// <summary>B-cubed precision and recall.</summary>
    public static (double Precision, double Recall) BCubed(int[] cluster, int[] person, int[] source, bool across)
    {
        double precision = 0;
        double recall = 0;
        for (int i = 0; i < cluster.Length; i++)
        {
            int[] visible = [.. Enumerable.Range(0, cluster.Length).Where(j => j == i || !across || source[i] != source[j])];
            int both = visible.Count(j => cluster[i] == cluster[j] && person[i] == person[j]);
            precision += (double)both / visible.Count(j => cluster[i] == cluster[j]);
            recall += (double)both / visible.Count(j => person[i] == person[j]);
        }
        return cluster.Length == 0 ? (1, 1) : (precision / cluster.Length, recall / cluster.Length);
    }

    /// <summary>Clusters that are exactly one person, that hold several people, and people in several clusters.</summary>
    public static (int Exact, int OverMerged, int OverSplit) Clusters(int[] cluster, int[] person)
    {
        int[] records = [.. Enumerable.Range(0, cluster.Length)];
        int exact = person.Distinct().Count(p => cluster.Distinct().Any(c =>
            records.Where(i => person[i] == p).SequenceEqual(records.Where(i => cluster[i] == c))));
        int overMerged = cluster.Distinct().Count(c => records.Where(i => cluster[i] == c).Select(i => person[i]).Distinct().Count() > 1);
        int overSplit = person.Distinct().Count(p => records.Where(i => person[i] == p).Select(i => cluster[i]).Distinct().Count() > 1);
        return (exact, overMerged, overSplit);
    }

    /// <summary>Predicted pairs that hold a wanted record, found by looking at every pair.</summary>
    public static long PredictedPairsWith(bool[] wanted, int[] cluster, int[] source, bool across)
    {
        long pairs = 0;
        for (int i = 0; i < cluster.Length; i++)
        {
            for (int j = i + 1; j < cluster.Length; j++)
            {
                pairs += (wanted[i] || wanted[j]) && cluster[i] == cluster[j] && !(across && source[i] == source[j]) ? 1 : 0;
            }
        }
        return pairs;
    }
}
