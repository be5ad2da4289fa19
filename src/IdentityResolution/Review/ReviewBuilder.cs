using System.Globalization;
using System.Text;
using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Review;

/// <summary>Lists what is in doubt after a run, most in doubt first; does not depend on the order of records or links.</summary>
internal sealed class ReviewBuilder(IdentityModel model, FieldTable table, RecordClusters clusters, JudgementSet judged, ReviewOptions options)
{
    // A guard against a link: one of the two is wrong. Sources without duplicates refuse second-best links all the time.
    private const double RefusedDegree = 0.9;
    private const double SecondBestDegree = 0.5;

    private readonly int _threshold = MatchWeights.FromProbability(model.MatchProbabilityThreshold);
    private readonly RecordKeyIndex _keys = table.Keys;

    /// <summary>Makes the queue.</summary>
    /// <param name="links">The links that were followed.</param>
    /// <param name="below">Pairs below the threshold; those in the band are listed.</param>
    /// <param name="suggested">Pairs that match rules suggest.</param>
    /// <param name="customerOf">The customer id of a record.</param>
    public ReviewList Build(LargeArray<RecordLink> links, IReadOnlyList<RecordLink> below, IReadOnlyList<SuggestedPair> suggested, Func<int, string> customerOf)
    {
        int band = (int)(options.BandBits * 1000);
        var doubts = new List<Doubt>();
        foreach (Judgement judgement in judged.Overruled)
        {
            int left = _keys.Find(judgement.Left.Source, Encoding.UTF8.GetBytes(judgement.Left.Id));
            int right = _keys.Find(judgement.Right.Source, Encoding.UTF8.GetBytes(judgement.Right.Id));
            if (left >= 0 && right >= 0)
            {
                doubts.Add(new Doubt(left, right, ReviewKind.Contradiction, 1, null, (int)judgement.Decision));
            }
        }
        doubts.AddRange(suggested.Select(pair => new Doubt(pair.Left, pair.Right, ReviewKind.Suggestion, 1, pair.Weight, pair.Rule)));
        doubts.AddRange(clusters.RefusedLinks.Select(refused => new Doubt(
            refused.Link.Left, refused.Link.Right, ReviewKind.RefusedLink,
            (refused.Guard is Guard.UniqueSource or Guard.Rival ? SecondBestDegree : RefusedDegree) * refused.Link.Probability,
            refused.Link.Rule == RecordLink.ByScore ? refused.Link.Weight : null, refused.Detail, refused.Guard)));
        doubts.AddRange(below.Where(link => link.Weight >= _threshold - band).Select(link => new Doubt(link.Left, link.Right, ReviewKind.PossibleMatch, Near(link.Weight), link.Weight)));
        doubts.AddRange(WeakLinks.Find(clusters, links, _threshold + band).Select(weak => new Doubt(
            weak.Link.Left, weak.Link.Right, ReviewKind.WeakLink, Near(weak.Link.Weight), weak.Link.Weight, weak.OnOneSide)));
        List<Doubt> open = OnePerQuestion(doubts);
        open.Sort((x, y) => y.Degree.CompareTo(x.Degree) is var order and not 0 ? order : CompareKeys(x, y));
        return new ReviewList([.. open.Take(options.MaxItems).Select(doubt => Describe(doubt, customerOf))], open.Count);
    }

    // Half at one bit from the threshold, a quarter at two.
    private double Near(int weight) => Math.Pow(2, -Math.Abs(weight - _threshold) / 1000.0);

    // One answer about two customers settles what the other pairs between them ask. What somebody has judged is not asked again.
    private List<Doubt> OnePerQuestion(List<Doubt> doubts)
    {
        var settled = new HashSet<(int, int)>();
        foreach ((int left, int right) in judged.Judged)
        {
            settled.Add(Clusters(left, right));
        }
        doubts.Sort((x, y) =>
        {
            int order = x.Kind.CompareTo(y.Kind);
            order = order != 0 ? order : y.Degree.CompareTo(x.Degree);
            return order != 0 ? order : CompareKeys(x, y);
        });
        var open = new List<Doubt>();
        foreach (Doubt doubt in doubts)
        {
            bool within = clusters.ClusterOf[doubt.Left] == clusters.ClusterOf[doubt.Right];
            bool asks = doubt.Kind switch
            {
                ReviewKind.Contradiction => true,
                ReviewKind.WeakLink => !judged.Judged.Contains((doubt.Left, doubt.Right)),
                _ => !within && settled.Add(Clusters(doubt.Left, doubt.Right)),
            };
            if (asks)
            {
                open.Add(doubt);
            }
        }
        return open;
    }

    private (int, int) Clusters(int left, int right)
    {
        (int one, int other) = (clusters.ClusterOf[left], clusters.ClusterOf[right]);
        return (Math.Min(one, other), Math.Max(one, other));
    }

    private ReviewItem Describe(Doubt doubt, Func<int, string> customerOf)
    {
        (int first, int second) = Ends(doubt);
        ReviewField[] fields = [.. model.Fields.Select(field => new ReviewField(field.Name, Value(field.Name, first), Value(field.Name, second)))];
        return new ReviewItem(_keys.Key(first), _keys.Key(second), doubt.Kind, Reason(doubt), doubt.Degree, customerOf(first), customerOf(second), fields)
        {
            MatchWeight = doubt.Weight / 1000.0,
        };
    }

    private string? Value(string field, int record) => table[field] is var column && column.Codes[record] is var code and >= 0 ? ValueSets.Describe(column.Values.GetString(code)) : null;

    private string Reason(Doubt doubt) => doubt.Kind switch
    {
        ReviewKind.Contradiction => $"judged {((JudgementDecision)doubt.Detail).ToString().ToLowerInvariant()}, against another judgement that is later or keeps records apart",
        ReviewKind.Suggestion => $"suggested by match rule '{model.MatchRules[doubt.Detail].Name}'",
        ReviewKind.RefusedLink => doubt.Guard switch
        {
            Guard.Judgement => "linked, but would join two records that somebody judged to be different",
            Guard.UniqueSource => $"linked, but would give a customer two records of source {model.UniqueSources[doubt.Detail]}, which holds no duplicates",
            Guard.Rule => $"linked, but would join records that match rule '{model.MatchRules[doubt.Detail].Name}' keeps apart",
            Guard.Rival => "likely, but another record of the same source is as likely, and that source holds no duplicates",
            Guard.Cohesion => "linked, but the records around them contradict each other more than they agree",
            _ => string.Create(CultureInfo.InvariantCulture, $"linked, but would give a customer more than {model.MaxClusterSize} records"),
        },
        ReviewKind.PossibleMatch => "the match weight is just below the threshold",
        _ => string.Create(CultureInfo.InvariantCulture, $"the only link that joins {doubt.Detail} {(doubt.Detail == 1 ? "record" : "records")} with the rest of the customer, just above the threshold"),
    };

    private (int First, int Second) Ends(Doubt doubt) => _keys.Compare(doubt.Left, doubt.Right) <= 0 ? (doubt.Left, doubt.Right) : (doubt.Right, doubt.Left);

    private int CompareKeys(Doubt x, Doubt y)
    {
        (int xFirst, int xSecond) = Ends(x);
        (int yFirst, int ySecond) = Ends(y);
        int order = _keys.Compare(xFirst, yFirst);
        order = order != 0 ? order : _keys.Compare(xSecond, ySecond);
        return order != 0 ? order : x.Kind.CompareTo(y.Kind);
    }
}
