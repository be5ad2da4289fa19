using System.Text;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Clustering;

/// <summary>The judgements that hold in a run, without contradictions.</summary>
/// <param name="Links">Pairs of records that are the same.</param>
/// <param name="Apart">Pairs of records that are different; with <paramref name="Links"/> they tell all others.</param>
/// <param name="Overruled">Judgements that contradict later ones, in order of keys.</param>
/// <param name="Judged">Every pair that somebody has judged.</param>
/// <param name="UnknownCount">Judgements that name a record which is not in the run.</param>
internal sealed record JudgementSet(
    IReadOnlyList<RecordLink> Links,
    IReadOnlyList<(int Left, int Right)> Apart,
    IReadOnlyList<Judgement> Overruled,
    HashSet<(int Left, int Right)> Judged,
    int UnknownCount)
{
    /// <summary>No judgements.</summary>
    public static JudgementSet Empty => new([], [], [], [], 0);

    /// <summary>Works out which judgements hold; their order does not matter.</summary>
    public static JudgementSet Resolve(RecordKeyIndex keys, IReadOnlyList<Judgement> judgements)
    {
        if (judgements.Count == 0)
        {
            return Empty;
        }
        var groups = new JudgedGroups();
        var overruled = new List<Judgement>();
        var same = new List<Judgement>();
        var different = new List<Judgement>();
        foreach (Judgement judgement in Latest(judgements, overruled))
        {
            switch (judgement.Decision)
            {
                case JudgementDecision.Same when groups.TryJoin(judgement.Left, judgement.Right):
                    same.Add(judgement);
                    break;
                case JudgementDecision.Different when groups.TryPart(judgement.Left, judgement.Right):
                    different.Add(judgement);
                    break;
                case JudgementDecision.Unsure:
                    break;
                default:
                    overruled.Add(judgement);
                    break;
            }
        }
        HashSet<(int, int)> judged = [.. judgements.Select(judgement => Find(keys, judgement)).Where(pair => pair.Left >= 0)];
        return new JudgementSet(
            FindLinks(keys, same, groups),
            FindApart(keys, different, groups),
            [.. overruled.OrderBy(judgement => First(judgement)).ThenBy(judgement => Second(judgement)).ThenBy(judgement => judgement.Decision)],
            judged,
            judgements.Count(judgement => Find(keys, judgement).Left < 0));
    }

    // Of each pair the judgement that counts, the latest first.
    private static List<Judgement> Latest(IReadOnlyList<Judgement> judgements, List<Judgement> overruled)
    {
        var latest = new List<Judgement>();
        foreach (IGrouping<(RecordKey, RecordKey), Judgement> pair in judgements.GroupBy(judgement => (First(judgement), Second(judgement))))
        {
            Judgement[] order = [.. pair.OrderByDescending(Time).ThenBy(judgement => Caution(judgement.Decision))];
            latest.Add(order[0]);
            overruled.AddRange(order.Skip(1).Where(judgement => Time(judgement) == Time(order[0]) && judgement.Decision != order[0].Decision).DistinctBy(judgement => judgement.Decision));
        }
        return [.. latest.OrderByDescending(Time).ThenBy(judgement => Caution(judgement.Decision)).ThenBy(First).ThenBy(Second)];
    }

    private static DateTimeOffset Time(Judgement judgement) => judgement.JudgedAt ?? DateTimeOffset.MinValue;

    // A false merge costs more than a missed one.
    private static int Caution(JudgementDecision decision) => decision switch
    {
        JudgementDecision.Different => 0,
        JudgementDecision.Unsure => 1,
        _ => 2,
    };

    private static RecordKey First(Judgement judgement) => judgement.Left <= judgement.Right ? judgement.Left : judgement.Right;

    private static RecordKey Second(Judgement judgement) => judgement.Left <= judgement.Right ? judgement.Right : judgement.Left;

    // The pairs as judged, and a chain through the records that are the same by way of one that is not in the run.
    private static List<RecordLink> FindLinks(RecordKeyIndex keys, List<Judgement> same, JudgedGroups groups)
    {
        var pairs = new HashSet<(int Left, int Right)>();
        foreach (Judgement judgement in same)
        {
            if (Find(keys, judgement) is { Left: >= 0 } pair)
            {
                pairs.Add(pair);
            }
        }
        foreach (IReadOnlyList<RecordKey> group in groups.All())
        {
            int[] known = [.. group.Select(key => Find(keys, key)).Where(record => record >= 0)];
            for (int i = 1; i < known.Length && known.Length < group.Count; i++)
            {
                pairs.Add((Math.Min(known[i - 1], known[i]), Math.Max(known[i - 1], known[i])));
            }
        }
        return [.. pairs.Select(pair => new RecordLink(pair.Left, pair.Right, RecordLink.RuleWeight, RecordLink.ByJudgement))];
    }

    // One record of each group stands for all.
    private static List<(int Left, int Right)> FindApart(RecordKeyIndex keys, List<Judgement> different, JudgedGroups groups)
    {
        var pairs = new List<(int Left, int Right)>();
        foreach (Judgement judgement in different)
        {
            int left = groups.Of(judgement.Left).Select(key => Find(keys, key)).FirstOrDefault(record => record >= 0, -1);
            int right = groups.Of(judgement.Right).Select(key => Find(keys, key)).FirstOrDefault(record => record >= 0, -1);
            if (left >= 0 && right >= 0)
            {
                pairs.Add((Math.Min(left, right), Math.Max(left, right)));
            }
        }
        return pairs;
    }

    private static (int Left, int Right) Find(RecordKeyIndex keys, Judgement judgement)
    {
        int left = Find(keys, judgement.Left);
        int right = Find(keys, judgement.Right);
        return left < 0 || right < 0 ? (-1, -1) : (Math.Min(left, right), Math.Max(left, right));
    }

    private static int Find(RecordKeyIndex keys, RecordKey key) => keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id));
}
