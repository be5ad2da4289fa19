using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>A rule that forbids by several conditions at once: every record of one cluster is checked with every record of the other.</summary>
/// <remarks>Time grows with the product of the clusters' sizes; the other constraints need none of it.</remarks>
internal sealed class PairConstraint : ClusterConstraint
{
    private readonly RuleConditions _conditions;

    // The records of a cluster as a ring: each points at the next.
    private readonly int[] _next;

    public PairConstraint(int rule, RuleConditions conditions, int records)
        : base(Guard.Rule, rule, rule)
    {
        _conditions = conditions;
        _next = new int[records];
        for (int record = 0; record < records; record++)
        {
            _next[record] = record;
        }
    }

    public override void Mark(ReadOnlySpan<int> componentOf, Span<bool> marked)
    {
        // Two records at least, and where values have to differ two values at least.
        if (_conditions.Different.Length > 0)
        {
            new DifferentConstraint(0, _conditions.Different[0], componentOf.Length).Mark(componentOf, marked);
            return;
        }
        var seen = new bool[marked.Length];
        foreach (int component in componentOf)
        {
            marked[component] |= seen[component];
            seen[component] = true;
        }
    }

    public override bool Separates(int left, int right)
    {
        int one = left;
        do
        {
            int other = right;
            do
            {
                if (_conditions.Hold(one, other))
                {
                    return true;
                }
                other = _next[other];
            }
            while (other != right);
            one = _next[one];
        }
        while (one != left);
        return false;
    }

    public override void Join(int winner, int loser) => (_next[winner], _next[loser]) = (_next[loser], _next[winner]);
}
