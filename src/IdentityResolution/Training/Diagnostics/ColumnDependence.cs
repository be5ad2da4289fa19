using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Training;

/// <summary>Which fields tell others, seen in a sample of the records: copies, and values that determine others, as a city does its county.</summary>
internal sealed class ColumnDependence
{
    private const int MaxRecords = 20_000;
    private const int LeastRecords = 50;
    private const double Copied = 0.9;
    private const double Determined = 0.95;

    // So many records are no longer those of one customer, who has one value of everything.
    private const int SharedRecords = 10;
    private const double SharedShare = 0.3;

    private readonly int[] _records;

    private ColumnDependence(int[] records) => _records = records;

    /// <summary>Samples the records by a hash of their keys: independent of their order.</summary>
    public static ColumnDependence Of(FieldTable table)
    {
        ulong limit = table.Count <= MaxRecords ? ulong.MaxValue : (ulong)((double)MaxRecords / table.Count * ulong.MaxValue);
        return new ColumnDependence([.. Enumerable.Range(0, table.Count).Where(record => StableHash.Of(table.Keys.Hash(record)) <= limit)]);
    }

    /// <summary>Do nearly all records hold the same value in both fields?</summary>
    public bool AreCopies(FieldColumn first, FieldColumn second)
    {
        int both = 0;
        int equal = 0;
        foreach (int record in _records)
        {
            (int one, int other) = (first.Codes[record], second.Codes[record]);
            if (one >= 0 && other >= 0)
            {
                both++;
                equal += first.Values[one].SequenceEqual(second.Values[other]) ? 1 : 0;
            }
        }
        return both >= LeastRecords && equal >= Copied * both;
    }

    /// <summary>Does one field's value tell the other's, far better than guessing the commonest value does?</summary>
    /// <remarks>
    /// Only values that many records share are looked at. The measure is the lambda of Goodman and Kruskal (1954), "Measures of Association
    /// for Cross Classifications", JASA 49(268).
    /// </remarks>
    public bool Determines(FieldColumn first, FieldColumn second)
    {
        var counts = new Dictionary<int, Dictionary<int, int>>();
        int present = 0;
        foreach (int record in _records)
        {
            (int one, int other) = (first.Codes[record], second.Codes[record]);
            if (one >= 0 && other >= 0)
            {
                present++;
                if (!counts.TryGetValue(one, out Dictionary<int, int>? others))
                {
                    counts[one] = others = [];
                }
                others[other] = others.GetValueOrDefault(other) + 1;
            }
        }
        int shared = 0;
        int told = 0;
        var overall = new Dictionary<int, int>();
        foreach (Dictionary<int, int> others in counts.Values)
        {
            int records = others.Values.Sum();
            if (records < SharedRecords)
            {
                continue;
            }
            shared += records;
            told += others.Values.Max();
            foreach ((int other, int count) in others)
            {
                overall[other] = overall.GetValueOrDefault(other) + count;
            }
        }
        if (shared < LeastRecords || shared < SharedShare * present)
        {
            return false;
        }
        int guessed = overall.Values.Max();
        return guessed < Determined * shared && told - guessed >= Determined * (shared - guessed);
    }
}
