using System.Runtime.InteropServices;

namespace IdentityResolution.Live;

/// <summary>The pairs of records that something links, with what the store holds of each; by pair and by record.</summary>
internal sealed class PairGraph
{
    private const int None = -1;
    private readonly Dictionary<ulong, int> _places = [];
    private readonly List<Pair> _pairs = [];
    private readonly Stack<int> _free = [];

    // By record: its first pair. A pair knows the next one of either of its records.
    private int[] _first = [];

    /// <summary>Makes room for records.</summary>
    public void EnsureRecords(int count)
    {
        if (_first.Length < count)
        {
            int before = _first.Length;
            Array.Resize(ref _first, Math.Max(count, before + (before / 2) + 16));
            _first.AsSpan(before).Fill(None);
        }
    }

    /// <summary>Makes room for pairs that are loaded.</summary>
    public void Reserve(int pairs)
    {
        _places.EnsureCapacity(pairs);
        _pairs.EnsureCapacity(pairs);
    }

    /// <summary>What links two records.</summary>
    public PairState this[int left, int right] => _places.TryGetValue(Key(left, right), out int place) ? _pairs[place].State : PairState.None;

    /// <summary>States what links two records.</summary>
    /// <returns>Was it different before?</returns>
    public bool Set(int left, int right, PairState state)
    {
        if (!_places.TryGetValue(Key(left, right), out int place))
        {
            if (state.IsNone)
            {
                return false;
            }
            place = Add(left, right);
        }
        ref Pair pair = ref CollectionsMarshal.AsSpan(_pairs)[place];
        bool changed = pair.State != state;
        pair.State = state;
        Sweep(place);
        return changed;
    }

    /// <summary>What the store holds of two records.</summary>
    public StoredLink Stored(int left, int right) => _places.TryGetValue(Key(left, right), out int place) ? _pairs[place].Stored : StoredLink.None;

    /// <summary>States what the store holds of two records.</summary>
    public void Store(int left, int right, StoredLink stored)
    {
        if (!_places.TryGetValue(Key(left, right), out int place))
        {
            if (stored.Rule == StoredLink.NoRule)
            {
                return;
            }
            place = Add(left, right);
        }
        CollectionsMarshal.AsSpan(_pairs)[place].Stored = stored;
        Sweep(place);
    }

    /// <summary>Adds the records that share an entry with this one to a list.</summary>
    public void AddNeighbours(int record, List<int> neighbours)
    {
        for (int place = _first[record]; place != None;)
        {
            Pair pair = _pairs[place];
            neighbours.Add(pair.Left == record ? pair.Right : pair.Left);
            place = pair.Left == record ? pair.NextOfLeft : pair.NextOfRight;
        }
    }

    private static ulong Key(int left, int right) => left < right ? ((ulong)(uint)left << 32) | (uint)right : ((ulong)(uint)right << 32) | (uint)left;

    private int Add(int left, int right)
    {
        (left, right) = (Math.Min(left, right), Math.Max(left, right));
        var pair = new Pair { Left = left, Right = right, State = PairState.None, Stored = StoredLink.None, NextOfLeft = _first[left], NextOfRight = _first[right] };
        if (_free.TryPop(out int place))
        {
            _pairs[place] = pair;
        }
        else
        {
            place = _pairs.Count;
            _pairs.Add(pair);
        }
        _first[left] = place;
        _first[right] = place;
        _places.Add(Key(left, right), place);
        return place;
    }

    // An entry of which neither the index nor the store knows anything goes.
    private void Sweep(int place)
    {
        Pair pair = _pairs[place];
        if (!pair.State.IsNone || pair.Stored.Rule != StoredLink.NoRule)
        {
            return;
        }
        Unhook(pair.Left, place);
        Unhook(pair.Right, place);
        _places.Remove(Key(pair.Left, pair.Right));
        _free.Push(place);
    }

    private void Unhook(int record, int place)
    {
        Span<Pair> pairs = CollectionsMarshal.AsSpan(_pairs);
        ref int pointer = ref _first[record];
        while (pointer != place)
        {
            ref Pair pair = ref pairs[pointer];
            pointer = ref pair.Left == record ? ref pair.NextOfLeft : ref pair.NextOfRight;
        }
        pointer = pairs[place].Left == record ? pairs[place].NextOfLeft : pairs[place].NextOfRight;
    }

    private struct Pair
    {
        public int Left;
        public int Right;
        public PairState State;
        public StoredLink Stored;
        public int NextOfLeft;
        public int NextOfRight;
    }
}
