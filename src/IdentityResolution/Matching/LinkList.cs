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
    private readonly Lazy<int[]> _order;

    public LinkList(RecordKeyIndex keys, LargeArray<RecordLink> links, IReadOnlyList<MatchRule> rules)
    {
        _keys = keys;
        _links = links;
        _rules = rules;
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

    private (int First, int Second) Ends(RecordLink link) =>
        _keys.Compare(link.Left, link.Right) <= 0 ? (link.Left, link.Right) : (link.Right, link.Left);

    private int[] Order()
    {
        int[] order = [.. Enumerable.Range(0, _links.Length)];
        Array.Sort(order, (x, y) =>
        {
            (int xFirst, int xSecond) = Ends(_links[x]);
            (int yFirst, int ySecond) = Ends(_links[y]);
            int byFirst = _keys.Compare(xFirst, yFirst);
            if (byFirst != 0)
            {
                return byFirst;
            }
            int bySecond = _keys.Compare(xSecond, ySecond);
            return bySecond != 0 ? bySecond : _links[x].Rule.CompareTo(_links[y].Rule);
        });
        return order;
    }
}
