using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>Joins the records of some components again, link by link from the strongest to the weakest, as far as the guards allow.</summary>
/// <remarks>
/// A weaker link never joins what a stronger one has made impossible to join. Constraints hold for whole clusters: no cluster holds a pair that is
/// forbidden, through however many links it would be reached. Each component is worked on by itself.
/// </remarks>
internal static class GuardedComponents
{
    private const int LinksPerPiece = 20_000;

    /// <summary>Splits the marked components into guarded clusters.</summary>
    /// <param name="componentOf">The component of each record; receives a number of its own for each guarded cluster, above all components.</param>
    /// <param name="marked">The components to work on.</param>
    /// <param name="links">All links.</param>
    /// <param name="guards">What no cluster may violate.</param>
    /// <param name="workers">Threads.</param>
    /// <returns>The links that were not followed, in an order that does not depend on the number of threads.</returns>
    public static List<RefusedLink> Rejoin(int[] componentOf, bool[] marked, LargeArray<RecordLink> links, ClusterGuards guards, Workers workers)
    {
        ClusterLinks ofMarked = ClusterLinks.Group(componentOf, marked, links);
        var sets = new DisjointSets(componentOf.Length);
        List<(int First, int End)> pieces = ofMarked.Cut(LinksPerPiece);
        var refused = new List<RefusedLink>[pieces.Count];
        workers.Run(pieces.Count, piece =>
        {
            refused[piece] = [];
            for (int component = pieces[piece].First; component < pieces[piece].End; component++)
            {
                Span<RecordLink> own = ofMarked[component];
                own.Sort(guards.Strength);
                Join(sets, own, guards.Constraints, refused[piece]);
            }
        });
        for (int record = 0; record < componentOf.Length; record++)
        {
            if (marked[componentOf[record]])
            {
                componentOf[record] = marked.Length + sets.Find(record);
            }
        }
        return [.. refused.SelectMany(list => list)];
    }

    private static void Join(DisjointSets sets, ReadOnlySpan<RecordLink> links, IReadOnlyList<ClusterConstraint> constraints, List<RefusedLink> refused)
    {
        foreach (RecordLink link in links)
        {
            int left = sets.Find(link.Left);
            int right = sets.Find(link.Right);
            if (left == right)
            {
                continue;
            }
            if (FindSeparating(constraints, link, left, right) is { } separating)
            {
                refused.Add(new RefusedLink(link, separating.Guard, separating.Detail(left, right)));
                continue;
            }
            int winner = sets.Union(left, right);
            foreach (ClusterConstraint constraint in constraints)
            {
                constraint.Join(winner, winner == left ? right : left);
            }
        }
    }

    private static ClusterConstraint? FindSeparating(IReadOnlyList<ClusterConstraint> constraints, RecordLink link, int left, int right)
    {
        for (int i = 0; i < constraints.Count; i++)
        {
            if (constraints[i].Precedence < link.Rule && constraints[i].Separates(left, right))
            {
                return constraints[i];
            }
        }
        return null;
    }
}
