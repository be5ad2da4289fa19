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
    private readonly Dictionary<FieldColumn, int[]> _codes = [];
    private readonly Dictionary<FieldColumn, int[][]> _shared = [];

    private ColumnDependence(int[] records) => _records = records;

    /// <summary>Samples the records.</summary>
    /// <param name="hashOf">The hash of each record's key.</param>
    /// <param name="workers">Threads.</param>
    public static ColumnDependence Of(ulong[] hashOf, Workers workers) =>
        new(KeySample.Share(hashOf, seed: 0, (double)MaxRecords / hashOf.Length, workers));

    /// <summary>Do nearly all records hold the same value in both fields?</summary>
    public bool AreCopies(FieldColumn first, FieldColumn second)
    {
        int[] ones = CodesOf(first);
        int[] others = CodesOf(second);
        int both = 0;
        int equal = 0;
        for (int i = 0; i < ones.Length; i++)
        {
            if ((ones[i] | others[i]) >= 0)
            {
                both++;
                equal += first.Values[ones[i]].SequenceEqual(second.Values[others[i]]) ? 1 : 0;
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
        int[] others = CodesOf(second);
        // The other field's values, those beside one value of the first side by side.
        var beside = new int[others.Length];
        int shared = 0;
        int told = 0;
        foreach (int[] places in SharedBy(first))
        {
            int end = shared;
            foreach (int place in places)
            {
                beside[end] = others[place];
                end += others[place] >= 0 ? 1 : 0;
            }
            if (end - shared >= SharedRecords)
            {
                told += Commonest(beside.AsSpan(shared..end));
                shared = end;
            }
        }
        if (shared < LeastRecords || shared < SharedShare * CountPresent(CodesOf(first), others))
        {
            return false;
        }
        int guessed = Commonest(beside.AsSpan(0, shared));
        return guessed < Determined * shared && told - guessed >= Determined * (shared - guessed);
    }

    private int[] CodesOf(FieldColumn column)
    {
        if (!_codes.TryGetValue(column, out int[]? codes))
        {
            codes = Array.ConvertAll(_records, record => column.Codes[record]);
            _codes.Add(column, codes);
        }
        return codes;
    }

    // Per value that many records of the sample share: which ones.
    private int[][] SharedBy(FieldColumn column)
    {
        if (!_shared.TryGetValue(column, out int[][]? shared))
        {
            int[] codes = [.. CodesOf(column)];
            int[] places = [.. Enumerable.Range(0, codes.Length)];
            Array.Sort(codes, places);
            var found = new List<int[]>();
            for (int start = 0, length; start < codes.Length; start += length)
            {
                length = Run(codes.AsSpan(start));
                if (codes[start] >= 0 && length >= SharedRecords)
                {
                    found.Add(places[start..(start + length)]);
                }
            }
            _shared.Add(column, shared = [.. found]);
        }
        return shared;
    }

    private static int CountPresent(int[] ones, int[] others)
    {
        int present = 0;
        for (int i = 0; i < ones.Length; i++)
        {
            present += (ones[i] | others[i]) >= 0 ? 1 : 0;
        }
        return present;
    }

    // How often the commonest of some values occurs; sorts them.
    private static int Commonest(Span<int> values)
    {
        values.Sort();
        int longest = 0;
        for (int start = 0, length; start < values.Length; start += length)
        {
            length = Run(values[start..]);
            longest = Math.Max(longest, length);
        }
        return longest;
    }

    // How many numbers at the start are equal.
    private static int Run(ReadOnlySpan<int> sorted)
    {
        int length = 1;
        while (length < sorted.Length && sorted[length] == sorted[0])
        {
            length++;
        }
        return length;
    }
}
