using System.Globalization;
using System.Text;
using IdentityResolution.Blocking;
using IdentityResolution.Clustering;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Training;

namespace IdentityResolution.Review;

/// <summary>Finds the records of labels, and makes labelled pairs of them.</summary>
internal sealed class LabelResolver(RecordKeyIndex keys)
{
    private const string Labels = "labels";
    private Dictionary<string, int>? _byId;

    /// <summary>The labelled pairs that may match, each once, in a fixed order.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="candidates">The candidate pairs.</param>
    /// <param name="seed">Chooses a sample where true clusters label too many pairs.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="decisions">Receives what was found.</param>
    /// <exception cref="InvalidRecordException">A label has no source, and several sources have its record id.</exception>
    public List<PairLabel> Resolve(TrainingLabels labels, CandidatePairs candidates, ulong seed, Workers workers, List<string> decisions)
    {
        var answers = new Dictionary<(int, int), bool>();
        long unknown = 0;
        if (labels.Clusters.Count > 0)
        {
            foreach (PairLabel label in ClusterLabels.Collect(ClusterOf(labels.Clusters, ref unknown), candidates, keys, seed, workers))
            {
                answers[(label.Left, label.Right)] = label.IsMatch;
            }
        }
        List<PairLabel> judged = ResolvePairs(labels.Pairs, candidates.Filter, out int unknownPairs);
        foreach (PairLabel label in judged)
        {
            answers[(label.Left, label.Right)] = label.IsMatch;
        }
        unknown += unknownPairs;
        int same = answers.Values.Count(isMatch => isMatch);
        decisions.Add(string.Create(CultureInfo.InvariantCulture, $"Learned from {answers.Count:N0} labelled pairs: {same:N0} the same, {answers.Count - same:N0} different."));
        if (unknown > 0)
        {
            decisions.Add(string.Create(CultureInfo.InvariantCulture, $"{unknown:N0} labels name records that are not among the inputs: they were left out."));
        }
        return Sort(answers);
    }

    /// <summary>The judged pairs that may match and whose judgement says yes or no, each once, in a fixed order.</summary>
    public List<PairLabel> ResolvePairs(IReadOnlyList<Judgement> judgements, PairFilter filter, out int unknown)
    {
        var answers = new Dictionary<(int, int), bool>();
        unknown = 0;
        foreach (Judgement judgement in Latest(judgements))
        {
            (int left, int right) = (Find(judgement.Left), Find(judgement.Right));
            if (left < 0 || right < 0 || left == right)
            {
                unknown++;
            }
            else if (judgement.Decision != JudgementDecision.Unsure && filter.Allows(left, right))
            {
                answers[(Math.Min(left, right), Math.Max(left, right))] = judgement.Decision == JudgementDecision.Same;
            }
        }
        return Sort(answers);
    }

    private List<PairLabel> Sort(Dictionary<(int Left, int Right), bool> answers) =>
        [.. answers.Select(answer => new PairLabel(answer.Key.Left, answer.Key.Right, answer.Value)).OrderBy(label => PairHash.Of(keys, label.Left, label.Right))];

    private int[] ClusterOf(IReadOnlyDictionary<RecordKey, string> clusters, ref long unknown)
    {
        int[] clusterOf = new int[keys.Count];
        Array.Fill(clusterOf, -1);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((RecordKey record, string cluster) in clusters)
        {
            if (!numbers.TryGetValue(cluster, out int number))
            {
                number = numbers.Count;
                numbers.Add(cluster, number);
            }
            if (Find(record) is var index and >= 0)
            {
                clusterOf[index] = number;
            }
            else
            {
                unknown++;
            }
        }
        return clusterOf;
    }

    private static IEnumerable<Judgement> Latest(IReadOnlyList<Judgement> judgements) => judgements
        .GroupBy(judgement => judgement.Left <= judgement.Right ? (judgement.Left, judgement.Right) : (judgement.Right, judgement.Left))
        .Select(pair => pair.OrderByDescending(judgement => judgement.JudgedAt ?? DateTimeOffset.MinValue).ThenBy(Caution).First());

    // A false merge costs more than a missed one.
    private static int Caution(Judgement judgement) => judgement.Decision switch
    {
        JudgementDecision.Different => 0,
        JudgementDecision.Unsure => 1,
        _ => 2,
    };

    private int Find(RecordKey key) => key.Source.Length > 0 ? keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id)) : FindById(key.Id);

    private int FindById(string id)
    {
        const int Several = -2;
        if (_byId is null)
        {
            _byId = new Dictionary<string, int>(keys.Count, StringComparer.Ordinal);
            for (int record = 0; record < keys.Count; record++)
            {
                string own = Encoding.UTF8.GetString(keys.Id(record));
                _byId[own] = _byId.ContainsKey(own) ? Several : record;
            }
        }
        int found = _byId.GetValueOrDefault(id, -1);
        return found != Several
            ? found
            : throw new InvalidRecordException(Labels, 0, "the labels do not name the sources of their records, and record ids repeat between sources.");
    }
}
