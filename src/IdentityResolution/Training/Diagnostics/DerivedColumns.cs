using IdentityResolution.Fields;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>A comparison that another one tells.</summary>
/// <param name="Derived">The comparison that is told, by position.</param>
/// <param name="From">The one that tells it.</param>
/// <param name="Reason">How that was seen, in words.</param>
/// <param name="Share">How much of its weight it keeps, in [0, 1].</param>
internal sealed record DerivedColumn(int Derived, int From, string Reason, double Share);

/// <summary>Finds comparisons whose field is derived from another one's, by the columns themselves: then what both say together is what one says.</summary>
/// <remarks>
/// Nothing here depends on which pairs are taken for matches: classes that were learned from weights counted twice would answer for themselves.
/// That two comparisons agree and disagree together among likely matches is not enough (<see cref="SameEvidence"/> warns of it): people of one household do.
/// </remarks>
internal static class DerivedColumns
{
    // Pairs equal in one field that it takes to tell whether another follows from it.
    private const double LeastPairs = 100;

    // Matches must differ in a field now and then, or else it can't be told that it never differs without the other.
    private const double LeastDamage = 0.03;

    // Equality of values that strangers have so often in common says little.
    private const double MostCommon = 0.1;

    // A comparison that keeps more than this is left as it is.
    private const double MostShare = 0.9;

    /// <summary>What was found, each comparison once: with the one that leaves it least.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The records.</param>
    /// <param name="dependence">Which fields tell others.</param>
    /// <param name="m">P(level | match); per comparison and level.</param>
    /// <param name="sessions">The pairs of each blocking rule.</param>
    /// <param name="shares">How the pairs of each rule fall into classes.</param>
    public static List<DerivedColumn> Find(IdentityModel model, FieldTable table, ColumnDependence dependence, double[][] m, BlockSession[] sessions, SessionShares[] shares)
    {
        var found = new List<DerivedColumn>();
        for (int i = 0; i < model.Comparisons.Count; i++)
        {
            for (int j = i + 1; j < model.Comparisons.Count; j++)
            {
                (int Derived, int From, string Reason)? relation = Relate(i, j, model, table, dependence, m, sessions);
                if (relation is var (derived, from, reason) && model.Comparisons[derived].EvidenceShare is null
                    && ConditionalEvidence.Share(from, derived, m, sessions, shares) is var share && share <= MostShare)
                {
                    found.Add(new DerivedColumn(derived, from, reason, share));
                }
            }
        }
        return [.. found.GroupBy(item => item.Derived).Select(group => group.MinBy(item => item.Share)!).OrderBy(item => item.Derived)];
    }

    /// <summary>The pairs of blocking rules, where a rule on a field says nothing about what is derived from it, nor the other way round.</summary>
    /// <param name="sessions">The pairs of each blocking rule.</param>
    /// <param name="derived">What was found.</param>
    /// <param name="u">P(level | no match); per comparison and level.</param>
    public static BlockSession[] Tie(BlockSession[] sessions, List<DerivedColumn> derived, double[][] u) => [.. sessions.Select(session =>
    {
        bool[] conditioned = [.. session.Conditioned];
        // Copies of copies need a second look.
        foreach (DerivedColumn item in derived.Concat(derived))
        {
            conditioned[item.Derived] |= conditioned[item.From];
            // Equal sex says little about the given name that tells it.
            conditioned[item.From] |= conditioned[item.Derived] && u[item.Derived][0] < MostCommon;
        }
        return session with { Conditioned = conditioned };
    })];

    private static (int Derived, int From, string Reason)? Relate(
        int i, int j, IdentityModel model, FieldTable table, ColumnDependence dependence, double[][] m, BlockSession[] sessions)
    {
        FieldColumn first = table[model.Comparisons[i].Field];
        FieldColumn second = table[model.Comparisons[j].Field];
        if (dependence.AreCopies(first, second))
        {
            // The better filled one stays; of equal ones that which stands first.
            return CountPresent(second) > CountPresent(first) ? (i, j, "they hold the same values") : (j, i, "they hold the same values");
        }
        if (Follows(j, i, m, sessions))
        {
            return (j, i, $"the value of '{first.Name}' tells that of '{second.Name}'");
        }
        return Follows(i, j, m, sessions) ? (i, j, $"the value of '{second.Name}' tells that of '{first.Name}'") : null;
    }

    private static int CountPresent(FieldColumn column) => column.Codes.Length - column.Codes.Span.Count(-1);

    // Matches differ in the field now and then, but hardly a pair does that is equal in the other.
    private static bool Follows(int derived, int from, double[][] m, BlockSession[] sessions)
    {
        double damage = 1 - m[derived][0];
        double equal = 0;
        double differing = 0;
        foreach (BlockSession session in sessions)
        {
            if (session.Conditioned[derived] || session.Conditioned[from])
            {
                continue;
            }
            foreach (Pattern pattern in session.Patterns)
            {
                if (pattern.Levels[from] == 0 && pattern.Levels[derived] != PairComparer.Missing)
                {
                    equal += pattern.Count;
                    differing += pattern.Levels[derived] == 0 ? 0 : pattern.Count;
                }
            }
        }
        return damage >= LeastDamage && equal >= LeastPairs && differing <= equal * damage / 10;
    }
}
