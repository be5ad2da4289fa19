using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Clustering;

/// <summary>Orders links from the strongest to the weakest: judgements, match rules by precedence, then heavier scores.</summary>
/// <remarks>
/// Of equal ones, first those between the more trusted sources, then by a hash of the two keys, and then by the keys: so the order in which
/// records and links come does not matter.
/// </remarks>
internal sealed class LinkStrength : IComparer<RecordLink>
{
    private readonly RecordKeyIndex _keys;
    private readonly int[] _rankOfSource;

    public LinkStrength(RecordKeyIndex keys, IReadOnlyList<string> sourcePrecedence)
    {
        _keys = keys;
        _rankOfSource = new int[keys.Sources.Count];
        for (int source = 0; source < _rankOfSource.Length; source++)
        {
            int rank = 0;
            while (rank < sourcePrecedence.Count && !string.Equals(sourcePrecedence[rank], keys.Sources[source], StringComparison.Ordinal))
            {
                rank++;
            }
            _rankOfSource[source] = rank;
        }
    }

    public int Compare(RecordLink x, RecordLink y)
    {
        int order = x.Rule.CompareTo(y.Rule);
        order = order != 0 ? order : y.Weight.CompareTo(x.Weight);
        order = order != 0 ? order : RankOf(x).CompareTo(RankOf(y));
        order = order != 0 ? order : PairHash.Of(_keys, x.Left, x.Right).CompareTo(PairHash.Of(_keys, y.Left, y.Right));
        return order != 0 ? order : CompareKeys(x, y);
    }

    // The less trusted of the two sources decides, then the other.
    private (int Worse, int Better) RankOf(RecordLink link)
    {
        int left = _rankOfSource[_keys.SourceOf(link.Left)];
        int right = _rankOfSource[_keys.SourceOf(link.Right)];
        return (Math.Max(left, right), Math.Min(left, right));
    }

    private int CompareKeys(RecordLink x, RecordLink y)
    {
        (int xFirst, int xSecond) = _keys.Compare(x.Left, x.Right) <= 0 ? (x.Left, x.Right) : (x.Right, x.Left);
        (int yFirst, int ySecond) = _keys.Compare(y.Left, y.Right) <= 0 ? (y.Left, y.Right) : (y.Right, y.Left);
        int byFirst = _keys.Compare(xFirst, yFirst);
        return byFirst != 0 ? byFirst : _keys.Compare(xSecond, ySecond);
    }
}
