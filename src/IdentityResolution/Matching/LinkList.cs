using System.Collections;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>The links of a run with their keys, made when they are read; in order of keys, then of precedence.</summary>
internal sealed class LinkList : IReadOnlyList<Link>
{
    private readonly RecordKeyIndex _keys;
    private readonly LargeArray<RecordLink> _links;
    private readonly IReadOnlyList<MatchRule> _rules;
    private readonly Lazy<int[]> _rankOf;
    private readonly Lazy<int[]> _order;

    /// <summary>Takes the links; their order is made when it is first asked for.</summary>
    /// <param name="keys">The keys of all records.</param>
    /// <param name="links">The links, in any order.</param>
    /// <param name="rules">The match rules that links name.</param>
    /// <param name="recordOrder">All records in order of keys; null = not known yet.</param>
    public LinkList(RecordKeyIndex keys, LargeArray<RecordLink> links, IReadOnlyList<MatchRule> rules, int[]? recordOrder = null)
    {
        _keys = keys;
        _links = links;
        _rules = rules;
        _rankOf = new Lazy<int[]>(() => Ranks(recordOrder));
        _order = new Lazy<int[]>(Order);
    }

    public int Count => _links.Length;

    public Link this[int index]
    {
        get
        {
            RecordLink link = _links[_order.Value[index]];
            (int first, int second) = Ends(link);
            bool scored = link.Rule == RecordLink.ByScore;
            return new Link(
                _keys.Key(first), _keys.Key(second), NameOf(link.Rule), link.Probability, scored ? link.Weight / 1000.0 : null);
        }
    }

    public IEnumerator<Link> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string NameOf(int rule) => rule switch
    {
        RecordLink.ByScore => Link.ScoreName,
        RecordLink.ByJudgement => Link.JudgementName,
        _ => _rules[rule].Name,
    };

    /// <summary>Where the first link of each pair stands in the list: of several the one that is first in precedence.</summary>
    public int[] PlacesOfPairs()
    {
        int[] order = _order.Value;
        var places = new List<int>(order.Length);
        for (int i = 0; i < order.Length; i++)
        {
            if (i == 0 || (_links[order[i]].Left, _links[order[i]].Right) != (_links[order[i - 1]].Left, _links[order[i - 1]].Right))
            {
                places.Add(i);
            }
        }
        return [.. places];
    }

    private (int First, int Second) Ends(RecordLink link) =>
        _rankOf.Value[link.Left] < _rankOf.Value[link.Right] ? (link.Left, link.Right) : (link.Right, link.Left);

    private int[] Ranks(int[]? recordOrder)
    {
        if (recordOrder is null)
        {
            recordOrder = [.. Enumerable.Range(0, _keys.Count)];
            Array.Sort(recordOrder, _keys.Compare);
        }
        var rankOf = new int[recordOrder.Length];
        for (int rank = 0; rank < recordOrder.Length; rank++)
        {
            rankOf[recordOrder[rank]] = rank;
        }
        return rankOf;
    }

    private int[] Order()
    {
        int[] rankOf = _rankOf.Value;
        int[] order = [.. Enumerable.Range(0, _links.Length)];
        var pairs = new ulong[_links.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            (int left, int right) = (rankOf[_links[i].Left], rankOf[_links[i].Right]);
            pairs[i] = ((ulong)(uint)Math.Min(left, right) << 32) | (uint)Math.Max(left, right);
        }
        RadixSort.Sort(pairs, order);
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && pairs[end] == pairs[start];)
            {
                end++;
            }
            if (end - start > 1)
            {
                order.AsSpan(start, end - start).Sort((x, y) => _links[x].Rule.CompareTo(_links[y].Rule));
            }
        }
        return order;
    }
}
