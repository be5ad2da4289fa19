using IdentityResolution.Records;

namespace IdentityResolution.Identity;

/// <summary>Who has which id after a run, before it is told what links the records.</summary>
/// <param name="Keys">The keys of the run's records.</param>
/// <param name="Order">The records in order of their keys.</param>
/// <param name="RowOf">The store's row of each record, or -1. Empty when the store is.</param>
/// <param name="PreviousOf">The id of each record in the store, current; -1 = the store does not know it. Empty when the store is.</param>
/// <param name="EntityOf">The entity of each record.</param>
/// <param name="NewIds">The numbers that the new ids spell, oldest first.</param>
/// <param name="Successors">The successor of each id of the store after the run; -1 = current.</param>
/// <param name="Previous">The store before the run.</param>
internal sealed record IdentityChoice(
    RecordKeyIndex Keys, int[] Order, int[] RowOf, int[] PreviousOf, int[] EntityOf, ulong[] NewIds, int[] Successors, IdentityState Previous)
{
    private const int None = -1;

    /// <summary>The plan of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="evidence">What links each record.</param>
    /// <exception cref="ArgumentException">The evidence is that of another number of records.</exception>
    public IdentityPlan ToPlan(RunStamp run, RecordEvidence evidence)
    {
        if (evidence.Count != Keys.Count)
        {
            throw new ArgumentException($"There are {Keys.Count} records and evidence of {evidence.Count}.", nameof(evidence));
        }
        return new IdentityPlan
        {
            Keys = Keys,
            Order = Order,
            EntityOf = EntityOf,
            Evidence = evidence,
            Previous = Previous,
            Run = run,
            NewIds = NewIds,
            Successors = Successors,
            Redirected = Redirected(Successors, Previous.Entities),
            ChangedRecords = ChangedRecords(Order, EntityOf, RowOf, Previous, evidence),
            FollowingRows = FollowingRows(Keys, Successors, RowOf, Previous),
            History = new Lazy<PlannedChange[]>(() => IdentityHistory.Of(Order, EntityOf, PreviousOf, Successors, Previous.Entities, NewIds.Length, evidence)),
        };
    }

    private static int[] Redirected(int[] successors, EntityDirectory previous)
    {
        var redirected = new List<int>();
        for (int entity = 0; entity < successors.Length; entity++)
        {
            if (successors[entity] != previous.Successor(entity))
            {
                redirected.Add(entity);
            }
        }
        redirected.Sort((left, right) => EntityAge.Compare(previous, left, right));
        return [.. redirected];
    }

    private static int[] ChangedRecords(int[] order, int[] entityOf, int[] rowOf, IdentityState previous, RecordEvidence evidence)
    {
        if (previous.RowCount == 0)
        {
            return order;
        }
        // Names are compared as numbers of the store; -2 = a name that no row of the store has.
        int[] nameOf = [.. evidence.Rules.Select(rule => IndexOf(previous.Names, rule))];
        int noName = IndexOf(previous.Names, string.Empty);
        var changed = new List<int>();
        foreach (int record in order)
        {
            int row = rowOf[record];
            LinkEvidence link = evidence[record];
            if (row == None
                || previous.EntityOf(row) != entityOf[record]
                || previous.ProbabilityOf(row) != link.ProbabilityMillionths
                || previous.NameOf(row) != (link.IsNone ? noName : nameOf[link.Rule]))
            {
                changed.Add(record);
            }
        }
        return [.. changed];

        static int IndexOf(IReadOnlyList<string> names, string name)
        {
            for (int i = 0; i < names.Count; i++)
            {
                if (string.Equals(names[i], name, StringComparison.Ordinal))
                {
                    return i;
                }
            }
            return None;
        }
    }

    private static int[] FollowingRows(RecordKeyIndex keys, int[] successors, int[] rowOf, IdentityState previous)
    {
        var present = new bool[previous.RowCount];
        foreach (int row in rowOf)
        {
            if (row != None)
            {
                present[row] = true;
            }
        }
        var following = new List<int>();
        for (int row = 0; row < present.Length; row++)
        {
            if (!present[row] && successors[previous.EntityOf(row)] != None)
            {
                following.Add(row);
            }
        }
        following.Sort(previous.Keys.Compare);
        return [.. following];
    }
}
