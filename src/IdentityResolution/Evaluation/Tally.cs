using System.Runtime.InteropServices;

namespace IdentityResolution.Evaluation;

/// <summary>Counts records by key.</summary>
internal sealed class Tally<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, long> _counts = [];

    /// <summary>The keys that were added, with how often.</summary>
    public IReadOnlyDictionary<TKey, long> Counts => _counts;

    /// <summary>How many pairs of records share a key.</summary>
    public long Pairs => _counts.Values.Sum(PairsOf);

    /// <summary>How often a key was added.</summary>
    public long this[TKey key] => _counts.GetValueOrDefault(key);

    /// <summary>How many pairs so many records make.</summary>
    public static long PairsOf(long records) => records * (records - 1) / 2;

    /// <summary>Counts a record.</summary>
    public void Add(TKey key) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _)++;
}

/// <summary>The mean over records of part / whole, summed so that the result does not depend on the order.</summary>
internal sealed class MeanOfShares
{
    // Shares with the same whole are added as integers first.
    private readonly SortedDictionary<long, long> _partsByWhole = [];
    private long _records;

    /// <summary>The mean; 1 without records.</summary>
    public double Value => _records == 0 ? 1 : _partsByWhole.Sum(entry => (double)entry.Value / entry.Key) / _records;

    /// <summary>Adds records that have one share each.</summary>
    public void Add(long records, long part, long whole)
    {
        _records += records;
        _partsByWhole[whole] = _partsByWhole.GetValueOrDefault(whole) + (records * part);
    }
}
