namespace IdentityResolution.Lookup;

/// <summary>A customer id of the store in memory: what became of it, and what it was before.</summary>
internal sealed class MemoryEntity(string id, long sequence)
{
    private List<Earlier>? _earlier;

    public string Id { get; } = id;

    public long Sequence { get; } = sequence;

    public MemoryEntity? Successor { get; private set; }

    public bool IsRetired { get; private set; }

    /// <summary>The run that made it what it is.</summary>
    public long Since { get; private set; }

    public EntityState State => new(Id, Sequence, Successor?.Id) { IsRetired = IsRetired };

    /// <summary>Was the id given by then?</summary>
    public bool IsGiven(long run) => (_earlier is null ? Since : _earlier[0].Since) <= run;

    /// <summary>What it was after a run, at which it was given.</summary>
    public (MemoryEntity? Successor, bool IsRetired) At(long run)
    {
        if (Since > run && _earlier is not null)
        {
            for (int i = _earlier.Count - 1; i >= 0; i--)
            {
                if (_earlier[i].Since <= run)
                {
                    return (_earlier[i].Successor, _earlier[i].IsRetired);
                }
            }
        }
        return (Successor, IsRetired);
    }

    /// <summary>Changes it in a run; of several changes in one run the last holds.</summary>
    public void Set(MemoryEntity? successor, bool isRetired, long run)
    {
        if (Since != 0 && Since != run)
        {
            (_earlier ??= []).Add(new Earlier(Since, Successor, IsRetired));
        }
        (Successor, IsRetired, Since) = (successor, isRetired, run);
    }

    private readonly record struct Earlier(long Since, MemoryEntity? Successor, bool IsRetired);
}
