using System.Collections;
using IdentityResolution.Evaluation;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>The scored pairs of a run with their keys, made when they are read; in order of keys.</summary>
internal sealed class ScoredPairList : IReadOnlyList<ScoredPair>
{
    private readonly RecordKeyIndex _keys;
    private readonly RecordLink[] _pairs;

    public ScoredPairList(RecordKeyIndex keys, RecordLink[] pairs)
    {
        _keys = keys;
        _pairs = [.. pairs.Select(pair => keys.Compare(pair.Left, pair.Right) <= 0 ? pair : pair with { Left = pair.Right, Right = pair.Left })];
        Array.Sort(_pairs, (x, y) =>
        {
            int byLeft = keys.Compare(x.Left, y.Left);
            int byRight = byLeft != 0 ? byLeft : keys.Compare(x.Right, y.Right);
            return byRight != 0 ? byRight : x.Rule.CompareTo(y.Rule);
        });
    }

    public int Count => _pairs.Length;

    public ScoredPair this[int index]
    {
        get
        {
            RecordLink pair = _pairs[index];
            return new ScoredPair(_keys.Key(pair.Left), _keys.Key(pair.Right), pair.Rule == RecordLink.ByScore ? pair.Weight : ScoredPair.RuleWeight);
        }
    }

    public IEnumerator<ScoredPair> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
