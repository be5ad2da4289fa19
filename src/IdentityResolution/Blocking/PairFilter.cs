using IdentityResolution.Records;

namespace IdentityResolution.Blocking;

/// <summary>Which pairs may match at all: within one source, across sources, or both.</summary>
internal sealed class PairFilter
{
    private readonly int[] _closedSource;
    private readonly bool[] _closed;
    private readonly bool _restricts;
    private readonly bool _within;

    /// <summary>Prepares the filter for the records of a run.</summary>
    /// <param name="keys">The records.</param>
    /// <param name="linkOnly">Only pairs across sources match.</param>
    /// <param name="uniqueSources">Sources whose records never match each other.</param>
    /// <param name="dedupeOnly">Only pairs within a source match.</param>
    /// <exception cref="InvalidModelException">A unique source is not among the sources.</exception>
    public PairFilter(RecordKeyIndex keys, bool linkOnly, IReadOnlyList<string> uniqueSources, bool dedupeOnly = false)
    {
        _within = dedupeOnly;
        var errors = new List<ModelError>();
        for (int i = 0; i < uniqueSources.Count; i++)
        {
            if (!keys.Sources.Contains(uniqueSources[i], StringComparer.Ordinal))
            {
                errors.Add(new ModelError($"uniqueSources[{i}]", $"'{uniqueSources[i]}' is no source; sources are {string.Join(", ", keys.Sources)}."));
            }
        }
        if (errors.Count > 0 && keys.Count > 0)
        {
            throw new InvalidModelException(errors);
        }
        _closed = [.. keys.Sources.Select(source => linkOnly || uniqueSources.Contains(source, StringComparer.Ordinal))];
        _restricts = dedupeOnly || Array.Exists(_closed, closed => closed);
        PossiblePairs = (long)keys.Count * (keys.Count - 1) / 2;
        // Where all pairs may match there is nothing to look up.
        _closedSource = _restricts ? new int[keys.Count] : [];
        var sizes = new long[_closed.Length];
        for (int record = 0; record < _closedSource.Length; record++)
        {
            int source = keys.SourceOf(record);
            sizes[source]++;
            // A record of an open source gets a negative number of its own, so that one comparison decides.
            // Within sources it is the other way round: records of one open source share a number.
            _closedSource[record] = _closed[source] != dedupeOnly ? source : -1 - record;
        }
        for (int source = 0; source < _closed.Length; source++)
        {
            PossiblePairs -= _closed[source] ? sizes[source] * (sizes[source] - 1) / 2 : 0;
        }
        if (dedupeOnly)
        {
            PossiblePairs = sizes.Select((size, source) => _closed[source] ? 0 : size * (size - 1) / 2).Sum();
        }
    }

    /// <summary>How many pairs of records may match.</summary>
    public long PossiblePairs { get; }

    /// <summary>Do some sources allow no pairs within them?</summary>
    public bool Restricts => _restricts;

    /// <summary>Do pairs match whose records share a number? Else those that do not.</summary>
    public bool AllowsEqual => _within;

    /// <summary>The number of a record that decides; see <see cref="AllowsEqual"/>.</summary>
    public int NumberOf(int record) => _restricts ? _closedSource[record] : -1 - record;

    /// <summary>Does a source allow no pairs within it?</summary>
    public bool IsClosed(int source) => _closed[source];

    /// <summary>How many of the pairs among these records may match.</summary>
    public long CountPairs(ReadOnlySpan<int> records)
    {
        long pairs = (long)records.Length * (records.Length - 1) / 2;
        if (!_restricts)
        {
            return pairs;
        }
        Span<long> sizes = stackalloc long[64];
        sizes.Clear();
        long[]? many = _closed.Length > sizes.Length ? new long[_closed.Length] : null;
        Span<long> counts = many ?? sizes[.._closed.Length];
        long sharing = 0;
        foreach (int record in records)
        {
            if (_closedSource[record] >= 0)
            {
                // Each record pairs with those of its source before it.
                sharing += counts[_closedSource[record]]++;
            }
        }
        return _within ? sharing : pairs - sharing;
    }

    /// <summary>May these two records match?</summary>
    public bool Allows(int left, int right) => _restricts ? (_closedSource[left] == _closedSource[right]) == _within : left != right;
}
