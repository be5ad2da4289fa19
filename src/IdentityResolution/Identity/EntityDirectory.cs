using IdentityResolution.Records;

namespace IdentityResolution.Identity;

/// <summary>Every customer id that was ever given, numbered from 0, with its age and, once retired, its successor.</summary>
internal sealed class EntityDirectory
{
    private const int None = -1;
    private readonly ValueDictionary _ids = new();
    private long[] _sequences = new long[16];
    private readonly HashSet<int> _retired = [];
    private int[] _successors = new int[16];

    /// <summary>How many ids there are.</summary>
    public int Count => _ids.Count;

    /// <summary>The largest count at which an id was given; 0 when no id was given yet.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The id as UTF-8.</summary>
    public ReadOnlySpan<byte> Id(int entity) => _ids[entity];

    /// <summary>The id as text.</summary>
    public string Text(int entity) => _ids.GetString(entity);

    /// <summary>The count at which the id was given; 0 while it is only mentioned.</summary>
    public long Sequence(int entity) => _sequences[entity];

    /// <summary>The id it was retired into, or -1.</summary>
    public int Successor(int entity) => _successors[entity];

    /// <summary>The number of an id, or -1.</summary>
    public int Find(ReadOnlySpan<byte> id) => _ids.Find(id);

    /// <summary>The number of an id that is mentioned; it must be declared sooner or later.</summary>
    public int Mention(ReadOnlySpan<byte> id)
    {
        int known = Count;
        int entity = _ids.GetOrAdd(id);
        Welcome(known);
        return entity;
    }

    /// <summary>The numbers of many ids that are mentioned, none of them empty.</summary>
    /// <param name="bytes">Where the ids stand.</param>
    /// <param name="places">The place of each id.</param>
    /// <param name="entities">Receives the numbers; as long as <paramref name="places"/>.</param>
    public void MentionAll(ReadOnlySpan<byte> bytes, ReadOnlySpan<BytePlace> places, Span<int> entities)
    {
        int known = Count;
        _ids.GetOrAddAll(bytes, places, entities);
        Welcome(known);
    }

    /// <summary>Was the id retired without a successor?</summary>
    public bool IsRetired(int entity) => _retired.Contains(entity);

    /// <summary>States an id's age and successor (-1 = current, or retired without one); the last statement counts.</summary>
    public void Declare(int entity, long sequence, int successor, bool isRetired = false)
    {
        if (isRetired)
        {
            _retired.Add(entity);
        }
        else
        {
            _retired.Remove(entity);
        }
        _sequences[entity] = sequence;
        _successors[entity] = successor;
        LastSequence = Math.Max(LastSequence, sequence);
    }

    /// <summary>Counts ids that were given beside these: new ones are younger than they.</summary>
    public void Advance(long sequence) => LastSequence = Math.Max(LastSequence, sequence);

    /// <summary>Makes every successor a current id.</summary>
    /// <returns>What is wrong, or null: an id without a declaration, or a circle of successors.</returns>
    public string? Close()
    {
        for (int entity = 0; entity < Count; entity++)
        {
            if (_sequences[entity] < 1)
            {
                return "a customer id is used that is not among the customers, or its created_sequence is below 1.";
            }
            int current = entity;
            for (int steps = 0; _successors[current] != None; steps++)
            {
                if (steps > Count)
                {
                    return "the successors of retired customer ids run in a circle.";
                }
                current = _successors[current];
            }
            // Point every id on the way at the end, so that chains are walked once.
            for (int step = entity; step != current;)
            {
                int next = _successors[step];
                _successors[step] = current;
                step = next;
            }
        }
        return null;
    }

    /// <summary>The id itself while current, else its successor.</summary>
    public int Current(int entity) => _successors[entity] == None ? entity : _successors[entity];

    // Ids from here on are new.
    private void Welcome(int known)
    {
        if (Count > _sequences.Length)
        {
            int length = Math.Max(Count, _sequences.Length * 2);
            Array.Resize(ref _sequences, length);
            Array.Resize(ref _successors, length);
        }
        _successors.AsSpan(known, Count - known).Fill(None);
    }
}
