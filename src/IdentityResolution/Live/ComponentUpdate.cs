using System.Text;
using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Live;

/// <summary>The components that a change touches, clustered anew.</summary>
/// <param name="State">The index.</param>
/// <param name="Affected">The present records of the components, by place.</param>
/// <param name="Gone">Records that are deleted, by place; their rows are still there.</param>
/// <param name="Customers">The current ids of the affected and of the deleted records.</param>
/// <param name="Keys">The keys of the affected records.</param>
/// <param name="Clusters">The clusters of the affected records, counted as in <paramref name="Affected"/>.</param>
/// <param name="Links">The links that hold between them.</param>
internal sealed record ComponentUpdate(
    LiveState State, int[] Affected, int[] Gone, HashSet<int> Customers, RecordKeyIndex Keys, RecordClusters Clusters, LargeArray<RecordLink> Links)
{
    /// <summary>Collects the components of some records and clusters them.</summary>
    public static ComponentUpdate Of(LiveState state, HashSet<int> seeds, int[] gone, Workers workers)
    {
        var customers = new HashSet<int>();
        var judgements = new HashSet<Judgement>();
        int[] affected = Collect(state, seeds, gone, customers, judgements);
        var keys = new RecordKeyIndex();
        var localOf = new Dictionary<int, int>(affected.Length);
        for (int i = 0; i < affected.Length; i++)
        {
            keys.TryAdd(keys.AddSource(state.Keys.Sources[state.Keys.SourceOf(affected[i])]), state.Keys.Id(affected[i]), out _);
            localOf.Add(affected[i], i);
        }
        FieldTable table = state.Table.Window(keys, affected);
        CompiledModel compiled = state.Compiled.Over(table);
        JudgementSet judged = JudgementSet.Resolve(keys, [.. judgements]);
        (List<RecordLink> scored, List<RecordLink> others) = ReadLinks(state, affected, localOf);
        CompetingLinks competing = CompetingLinks.Decide(keys, scored, state.Model, compiled);
        RecordLink[] accepted = [.. judged.Links, .. competing.Won, .. others];
        RecordClusters clusters = LinkedRecords.Cluster(state.Model, table, compiled, accepted, competing, judged.Apart, workers);
        return new ComponentUpdate(state, affected, gone, customers, keys, clusters, LinkedRecords.Followed(accepted, clusters));
    }

    // Along pairs, judgements and shared ids, until nothing is new.
    private static int[] Collect(LiveState state, HashSet<int> seeds, int[] gone, HashSet<int> customers, HashSet<Judgement> judgements)
    {
        var visited = new HashSet<int>();
        var affected = new List<int>();
        var open = new Stack<int>();
        var neighbours = new List<int>();
        var reached = new HashSet<RecordKey>();
        foreach (int record in seeds.Concat(gone))
        {
            Visit(record);
        }
        while (open.TryPop(out int record))
        {
            neighbours.Clear();
            if (state.IsPresent(record))
            {
                affected.Add(record);
                state.Complete(record);
            }
            state.Pairs.AddNeighbours(record, neighbours);
            if (state.Entities.CurrentOf(record) is var customer and >= 0 && customers.Add(customer))
            {
                state.Entities.AddRows(customer, neighbours);
            }
            foreach (int neighbour in neighbours)
            {
                Visit(neighbour);
            }
            if (state.Judgements.Count > 0 && state.Keys.Key(record) is var key && !reached.Contains(key) && state.Judgements.Names(key))
            {
                var tied = new HashSet<RecordKey>();
                state.Judgements.AddReached(key, tied, judgements);
                reached.UnionWith(tied);
                foreach (int other in tied.Select(state.Find))
                {
                    if (other >= 0)
                    {
                        Visit(other);
                    }
                }
            }
        }
        return [.. affected];

        void Visit(int record)
        {
            if (visited.Add(record))
            {
                open.Push(record);
            }
        }
    }

    private static (List<RecordLink> Scored, List<RecordLink> Others) ReadLinks(LiveState state, int[] affected, Dictionary<int, int> localOf)
    {
        var scored = new List<RecordLink>();
        var others = new List<RecordLink>();
        var neighbours = new List<int>();
        foreach (int record in affected)
        {
            neighbours.Clear();
            state.Pairs.AddNeighbours(record, neighbours);
            foreach (int other in neighbours)
            {
                // Each pair once; of pairs with a record that went nothing is left but what the store holds.
                if (other < record || !localOf.TryGetValue(other, out int right))
                {
                    continue;
                }
                int left = localOf[record];
                (left, right) = (Math.Min(left, right), Math.Max(left, right));
                PairState pair = state.Pairs[record, other];
                for (int rule = 0; pair.Rules >> rule != 0 && rule < PairState.MaxRules; rule++)
                {
                    if ((pair.Rules >> rule & 1) != 0)
                    {
                        others.Add(new RecordLink(left, right, RecordLink.RuleWeight, rule));
                    }
                }
                if (pair.Weight != PairState.NoWeight)
                {
                    (pair.IsSuggested ? others : scored).Add(new RecordLink(left, right, pair.Weight, RecordLink.ByScore));
                }
            }
        }
        return (scored, others);
    }
}
