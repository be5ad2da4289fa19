using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>Pairs of records that a person has told apart.</summary>
internal sealed class CannotLinkConstraint : ClusterConstraint
{
    private readonly IReadOnlyList<(int Left, int Right)> _pairs;

    // By representative: the clusters that must stay separate from it, by their representatives.
    private readonly HashSet<int>?[] _apart;

    public CannotLinkConstraint(int records, IReadOnlyList<(int Left, int Right)> pairs)
        : base(Guard.Judgement, 0, RecordLink.ByJudgement)
    {
        _pairs = pairs;
        _apart = new HashSet<int>?[records];
        foreach ((int left, int right) in pairs)
        {
            (_apart[left] ??= []).Add(right);
            (_apart[right] ??= []).Add(left);
        }
    }

    public override void Mark(ReadOnlySpan<int> componentOf, Span<bool> marked)
    {
        foreach ((int left, int right) in _pairs)
        {
            marked[componentOf[left]] |= componentOf[left] == componentOf[right];
        }
    }

    public override bool Separates(int left, int right) => _apart[left]?.Contains(right) == true;

    public override void Join(int winner, int loser)
    {
        if (_apart[loser] is not { } apart)
        {
            return;
        }
        HashSet<int> own = _apart[winner] ??= [];
        foreach (int other in apart)
        {
            _apart[other]!.Remove(loser);
            _apart[other]!.Add(winner);
            own.Add(other);
        }
        _apart[loser] = null;
    }
}
