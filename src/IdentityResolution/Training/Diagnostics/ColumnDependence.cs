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
        int[] ones = CodesOf(first);
        int[] others = CodesOf(second);
        // Pairs of values, those of one value side by side.
        var pairs = new ulong[ones.Length];
        int present = 0;
        for (int i = 0; i < ones.Length; i++)
        {
            if ((ones[i] | others[i]) >= 0)
            {
                pairs[present++] = ((ulong)(uint)ones[i] << 32) | (uint)others[i];
            }
        }
        Span<ulong> sorted = pairs.AsSpan(0, present);
        sorted.Sort();
        int shared = 0;
        int told = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + Run(sorted[start..], shift: 32);
            if (end - start < SharedRecords)
            {
                continue;
            }
            told += Longest(sorted[start..end]);
            foreach (ulong pair in sorted[start..end])
            {
                pairs[shared++] = (uint)pair;
            }
        }
        if (shared < LeastRecords || shared < SharedShare * present)
        {
            return false;
        }
        Span<ulong> overall = pairs.AsSpan(0, shared);
        overall.Sort();
        int guessed = Longest(overall);
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

    // How many numbers at the start are equal but for the lowest bits.
    private static int Run(ReadOnlySpan<ulong> sorted, int shift)
    {
        int length = 1;
        while (length < sorted.Length && sorted[length] >> shift == sorted[0] >> shift)
        {
            length++;
        }
        return length;
    }

    private static int Longest(ReadOnlySpan<ulong> sorted)
    {
        int longest = 0;
        for (int start = 0, length; start < sorted.Length; start += length)
        {
            length = Run(sorted[start..], shift: 0);
            longest = Math.Max(longest, length);
        }
        return longest;
    }
}
