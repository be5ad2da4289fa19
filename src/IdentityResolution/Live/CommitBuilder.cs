using System.Globalization;
using IdentityResolution.Identity;
using IdentityResolution.Internals;
using IdentityResolution.Lookup;
using IdentityResolution.Matching;

namespace IdentityResolution.Live;

/// <summary>From clusters to what is written: ids by the reconciler of the batch, rows, links and history. Brings the index's own rows and ids up to it.</summary>
internal sealed class CommitBuilder(ComponentUpdate update, string modelHash, DateTimeOffset now)
{
    private readonly LiveState _state = update.State;

    /// <summary>Decides the ids and makes the commit.</summary>
    /// <param name="erases">Are the deleted records to be erased? Then the history does not name them.</param>
    public LookupCommit Build(bool erases)
    {
        var run = new RunStamp(string.Create(
            CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}-{modelHash.AsSpan(0, 8)}-{_state.RunCount + 1}-{ContentHash():x16}"), now);
        var changes = new List<EntityChange>();
        RecordKey[] removed = RemoveRows(changes, run, erases);
        string[] names = RecordEvidence.NamesOf(_state.Model.MatchRules);
        IdentityPlan plan = IdentityReconciler.Reconcile(
            update.Keys, update.Clusters.ClusterOf, update.Clusters.Count, _state.Entities.Part(update.Customers, _state.Keys, _state.RunCount), run,
            RecordEvidence.FromLinks(update.Keys.Count, _state.Model.MatchRules, update.Links));
        LookupCommit planned = plan.ToCommit(modelHash);
        LookupRow[] rows = [.. planned.Rows];
        EntityState[] entities = [.. planned.Entities];
        changes.AddRange(planned.Changes);
        ApplyPlan(plan, names);
        int[] retired = [.. update.Customers
            .Where(customer => _state.Entities.IsEmpty(customer) && _state.Entities.Ids.Successor(customer) < 0)
            .OrderBy(customer => _state.Entities.Ids.Sequence(customer))];
        changes.AddRange(retired.Select(customer => new EntityChange(EntityChangeKind.Retired, _state.Entities.Ids.Text(customer), null, null, "", run.RunId, run.At)));
        (List<Link> links, List<RecordPair> removedLinks) = CompareLinks(names);
        return new LookupCommit(
            run.RunId,
            run.At,
            modelHash,
            rows,
            [.. entities, .. retired.Select(customer => new EntityState(_state.Entities.Ids.Text(customer), _state.Entities.Ids.Sequence(customer), null) { IsRetired = true })],
            changes)
        {
            ExpectedRunCount = _state.RunCount,
            RemovedRows = removed,
            Links = links,
            RemovedLinks = removedLinks,
        };
    }

    // Two writers may come to the same moment and the same count: what they write tells them apart, and a replay from another run.
    private ulong ContentHash()
    {
        ulong hash = 0;
        foreach (int record in update.Affected)
        {
            hash += StableHash.Combine(_state.Keys.Hash(record), _state.HashOf(record));
        }
        foreach (int record in update.Gone)
        {
            hash += StableHash.Of(_state.Keys.Hash(record));
        }
        return hash;
    }

    private RecordKey[] RemoveRows(List<EntityChange> changes, RunStamp run, bool erases)
    {
        int[] gone = [.. update.Gone];
        Array.Sort(gone, _state.Keys.Compare);
        foreach (int record in gone)
        {
            if (_state.Entities.CurrentOf(record) is var customer and >= 0)
            {
                changes.Add(new EntityChange(
                    erases ? EntityChangeKind.Erased : EntityChangeKind.Left, _state.Entities.Ids.Text(customer), null,
                    erases ? null : _state.Keys.Key(record), "", run.RunId, run.At));
                _state.Entities.RemoveRow(record);
            }
        }
        return [.. gone.Select(_state.Keys.Key)];
    }

    private void ApplyPlan(IdentityPlan plan, string[] names)
    {
        LiveEntities entities = _state.Entities;
        // Rows of these customers, those of records that the index has not among them.
        var rows = new List<int>();
        foreach (int customer in update.Customers)
        {
            entities.AddRows(customer, rows);
        }
        (int Record, int Entity, int Name, int Probability)[] before = [.. rows.Select(record => (record, entities.EntityOf(record), entities.NameOf(record), entities.ProbabilityOf(record)))];
        foreach (int record in rows)
        {
            entities.RemoveRow(record);
        }
        Span<byte> scratch = stackalloc byte[EntityIdCode.Length];
        var numberOf = new int[plan.PreviousEntityCount + plan.NewIds.Length];
        for (int entity = 0; entity < numberOf.Length; entity++)
        {
            numberOf[entity] = entity < plan.PreviousEntityCount
                ? entities.Ids.Find(plan.Previous.Entities.Id(entity))
                : entities.Declare(plan.EntityId(entity, scratch), plan.SequenceOf(entity), []);
        }
        foreach (int entity in plan.Redirected)
        {
            if (plan.Previous.Entities.Successor(entity) < 0)
            {
                entities.Retire(numberOf[entity], numberOf[plan.Successors[entity]]);
            }
        }
        foreach ((int record, int entity, int name, int probability) in before)
        {
            if (!_state.IsPresent(record))
            {
                entities.SetRow(record, entities.Ids.Current(entity), name, probability);
            }
        }
        for (int i = 0; i < update.Affected.Length; i++)
        {
            LinkEvidence evidence = plan.Evidence[i];
            entities.SetRow(
                update.Affected[i], numberOf[plan.EntityOf[i]], entities.Name(evidence.IsNone ? "" : names[evidence.Rule]), evidence.ProbabilityMillionths);
        }
    }

    // Of each pair the strongest link that was followed is stored.
    private (List<Link> Links, List<RecordPair> Removed) CompareLinks(string[] names)
    {
        var held = new Dictionary<(int Left, int Right), StoredLink>();
        foreach (RecordLink link in update.Links)
        {
            (int left, int right) = (update.Affected[link.Left], update.Affected[link.Right]);
            (left, right) = (Math.Min(left, right), Math.Max(left, right));
            if (!held.TryGetValue((left, right), out StoredLink known) || link.Rule < known.Rule)
            {
                held[(left, right)] = new StoredLink(link.Rule, link.Weight);
            }
        }
        var neighbours = new List<int>();
        var pairs = new HashSet<(int Left, int Right)>(held.Keys);
        foreach (int record in update.Affected.Concat(update.Gone))
        {
            neighbours.Clear();
            _state.Pairs.AddNeighbours(record, neighbours);
            pairs.UnionWith(neighbours.Select(other => (Math.Min(record, other), Math.Max(record, other))));
        }
        var links = new List<Link>();
        var removed = new List<RecordPair>();
        foreach ((int left, int right) in pairs)
        {
            StoredLink before = _state.Pairs.Stored(left, right);
            StoredLink after = held.GetValueOrDefault((left, right), StoredLink.None);
            if (before == after)
            {
                continue;
            }
            _state.Pairs.Store(left, right, after);
            (int first, int second) = _state.Keys.Compare(left, right) <= 0 ? (left, right) : (right, left);
            (RecordKey one, RecordKey other) = (_state.Keys.Key(first), _state.Keys.Key(second));
            // What a deleted record was linked to goes with it.
            if (before.Rule != StoredLink.NoRule && _state.IsPresent(left) && _state.IsPresent(right))
            {
                removed.Add(new RecordPair(one, other));
            }
            if (after.Rule != StoredLink.NoRule)
            {
                bool scored = after.Rule == RecordLink.ByScore;
                links.Add(new Link(
                    one, other, scored ? Link.ScoreName : names[after.Rule + 1],
                    scored ? MatchWeights.ToProbability(after.Weight) : 1, scored ? after.Weight / 1000.0 : null));
            }
        }
        return (links, removed);
    }
}
