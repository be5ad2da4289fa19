using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>A commit that was read to its end and found right: to apply it can't fail.</summary>
internal sealed class StagedCommit
{
    private const int ItemsPerLook = 1024;

    private StagedCommit(LookupCommit commit) => Commit = commit;

    public LookupCommit Commit { get; }

    public IReadOnlyList<EntityState> Entities { get; private init; } = [];

    public IReadOnlyList<LookupRow> Rows { get; private init; } = [];

    public IReadOnlyList<SourceRecord> Records { get; private init; } = [];

    public IReadOnlyList<Link> Links { get; private init; } = [];

    public IReadOnlyList<RecordPair> RemovedLinks { get; private init; } = [];

    public IReadOnlyList<RecordKey> RemovedRows { get; private init; } = [];

    public IReadOnlyList<Judgement> Judgements { get; private init; } = [];

    public IReadOnlyList<EntityChange> Changes { get; private init; } = [];

    /// <summary>Reads a commit.</summary>
    /// <exception cref="LookupFormatException">The commit contradicts itself or the store.</exception>
    public static StagedCommit Read(LookupCommit commit, IReadOnlyDictionary<string, MemoryEntity> known, string store, CancellationToken cancellationToken)
    {
        var staged = new StagedCommit(commit)
        {
            Entities = List(commit.Entities, cancellationToken),
            Rows = List(commit.Rows, cancellationToken),
            Records = List(commit.Records, cancellationToken),
            Links = List(commit.Links, cancellationToken),
            RemovedLinks = List(commit.RemovedLinks, cancellationToken),
            RemovedRows = List(commit.RemovedRows, cancellationToken),
            Judgements = List(commit.Judgements, cancellationToken),
            Changes = List(commit.Changes, cancellationToken),
        };
        if (staged.Fault(known) is { } fault)
        {
            throw new LookupFormatException(store, fault);
        }
        cancellationToken.ThrowIfCancellationRequested();
        return staged;
    }

    private static List<T> List<T>(IReadOnlyCollection<T> items, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var list = new List<T>(items.Count);
        foreach (T item in items)
        {
            if (list.Count % ItemsPerLook == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            list.Add(item);
        }
        return list;
    }

    private string? Fault(IReadOnlyDictionary<string, MemoryEntity> known)
    {
        var own = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (EntityState entity in Entities)
        {
            if (string.IsNullOrEmpty(entity.EntityId) || entity.CreatedSequence < 1)
            {
                return "a customer id of the commit is empty, or its created_sequence is below 1.";
            }
            if (entity.IsRetired && entity.SuccessorId is not null)
            {
                return "a customer id of the commit is retired for good and has a successor.";
            }
            own[entity.EntityId] = entity.SuccessorId;
        }
        foreach (string entity in own.Keys)
        {
            string? id = entity;
            for (int step = 0; id is not null; step++)
            {
                if (step > own.Count + known.Count)
                {
                    return "the successors of retired customer ids run in a circle.";
                }
                if (!own.TryGetValue(id, out string? successor))
                {
                    if (!known.TryGetValue(id, out MemoryEntity? stored))
                    {
                        return "the commit names a customer id that is not among the customers.";
                    }
                    successor = stored.Successor?.Id;
                }
                id = successor;
            }
        }
        foreach (LookupRow row in Rows)
        {
            if (string.IsNullOrEmpty(row.Key.Source) || string.IsNullOrEmpty(row.Key.Id) || row.MatchProbability is not (null or (>= 0 and <= 1)))
            {
                return "a row of the commit lacks its source or record id, or its probability is not in [0, 1].";
            }
            if (!own.ContainsKey(row.EntityId) && !known.ContainsKey(row.EntityId))
            {
                return "the commit names a customer id that is not among the customers.";
            }
        }
        return RecordsFault();
    }

    private string? RecordsFault()
    {
        foreach (SourceRecord record in Records)
        {
            if (string.IsNullOrEmpty(record.Key.Source) || string.IsNullOrEmpty(record.Key.Id))
            {
                return "a record of the commit lacks its source or record id.";
            }
        }
        foreach (Link link in Links)
        {
            if (link.Left == link.Right || link.MatchProbability is not (>= 0 and <= 1))
            {
                return "a link of the commit names one record twice, or its probability is not in [0, 1].";
            }
        }
        return null;
    }
}
