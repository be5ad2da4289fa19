namespace IdentityResolution.Clustering;

/// <summary>Groups of records that people have judged to be the same, and which groups they have told apart.</summary>
internal sealed class JudgedGroups
{
    private readonly Dictionary<RecordKey, Group> _groups = [];

    /// <summary>Makes two records the same; false when that would join groups that are told apart.</summary>
    public bool TryJoin(RecordKey left, RecordKey right)
    {
        Group one = Get(left);
        Group other = Get(right);
        if (ReferenceEquals(one, other))
        {
            return true;
        }
        if (one.Apart.Contains(other))
        {
            return false;
        }
        if (one.Members.Count < other.Members.Count)
        {
            (one, other) = (other, one);
        }
        foreach (RecordKey member in other.Members)
        {
            _groups[member] = one;
        }
        one.Members.UnionWith(other.Members);
        foreach (Group apart in other.Apart)
        {
            apart.Apart.Remove(other);
            apart.Apart.Add(one);
            one.Apart.Add(apart);
        }
        return true;
    }

    /// <summary>Tells two records apart; false when they are the same.</summary>
    public bool TryPart(RecordKey left, RecordKey right)
    {
        Group one = Get(left);
        Group other = Get(right);
        if (ReferenceEquals(one, other))
        {
            return false;
        }
        one.Apart.Add(other);
        other.Apart.Add(one);
        return true;
    }

    /// <summary>The records that are the same as this one, itself included, in order of keys.</summary>
    public IReadOnlyList<RecordKey> Of(RecordKey record) => [.. Get(record).Members];

    /// <summary>All groups, each in order of keys.</summary>
    public IEnumerable<IReadOnlyList<RecordKey>> All() => _groups.Values.Distinct().Select(group => (IReadOnlyList<RecordKey>)[.. group.Members]);

    private Group Get(RecordKey record)
    {
        if (!_groups.TryGetValue(record, out Group? group))
        {
            group = new Group(record);
            _groups.Add(record, group);
        }
        return group;
    }

    private sealed class Group(RecordKey record)
    {
        public SortedSet<RecordKey> Members { get; } = [record];

        public HashSet<Group> Apart { get; } = [];
    }
}
