using System.Runtime.InteropServices;
using IdentityResolution.Fields;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>Learns how common the values of a field are among people, from records in which some people stand several times.</summary>
internal static class TermFrequencyEstimator
{
    private const int MaxListedValues = 5000;

    /// <summary>The table of a field.</summary>
    /// <param name="column">The field.</param>
    /// <param name="counts">How many records have each value.</param>
    /// <param name="exactU">P(equal | no match): the average that the table has to give, in (0, 1].</param>
    /// <param name="ownRepeats">Expected other records of the same customer with the same value, per record; at least 0.</param>
    /// <remarks>
    /// A value's frequency is its count without the record itself and its own customer's repeats. Values too rare to tell share one
    /// floor, set so that the average over records is <paramref name="exactU"/>: names keep a floor, identifiers go far below it.
    /// </remarks>
    public static TermFrequencyTable Estimate(FieldColumn column, int[] counts, double exactU, double ownRepeats)
    {
        double records = Records(counts);
        double Raw(int count) => Math.Max(count - 1 - ownRepeats, 0) / (records - 1);
        return Estimate(column, counts, GroupByCount(counts, Raw), code => Raw(counts[code]), exactU);
    }

    /// <summary>The table of a field where no source holds a customer twice: values repeat within a source only because different people have them.</summary>
    /// <param name="column">The field.</param>
    /// <param name="keys">The records.</param>
    /// <param name="exactU">P(equal | no match): the average that the table has to give, in (0, 1].</param>
    public static TermFrequencyTable EstimateWithinSources(FieldColumn column, RecordKeyIndex keys, double exactU)
    {
        var counts = new int[column.Values.Count];
        var present = new int[keys.Sources.Count];
        var countIn = new Dictionary<(int Value, int Source), int>();
        for (int record = 0; record < column.Codes.Length; record++)
        {
            int source = keys.SourceOf(record);
            foreach (int code in column.Codes[record] < 0 ? [] : column.MembersOf(column.Codes[record]))
            {
                counts[code]++;
                present[source]++;
                CollectionsMarshal.GetValueRefOrAddDefault(countIn, (code, source), out _)++;
            }
        }
        // Of a value's records, how many others of the same source share it, out of how many: whole numbers, so the order of records does not matter.
        var sharing = new long[counts.Length];
        var others = new long[counts.Length];
        foreach (((int code, int source), int count) in countIn)
        {
            sharing[code] += (long)count * (count - 1);
            others[code] += (long)count * (present[source] - 1);
        }
        double records = Records(counts);
        double Raw(int code)
        {
            double within = others[code] == 0 ? 0 : (double)sharing[code] / others[code];
            // What no source repeats is as common as values are on average, and no more common than all sources together show.
            return Math.Min((counts[code] - 1) / (records - 1), Math.Max(exactU, within));
        }
        return Estimate(column, counts, Group(counts, Raw), Raw, exactU);
    }

    private static double Records(int[] counts) => Math.Max(2, counts.Sum(count => (long)count));

    // Values alike in count and frequency stand together: sums run over few groups, and always in one order, whatever the order of the values.
    private static ValueGroup[] Group(int[] counts, Func<int, double> raw)
    {
        var values = new Dictionary<(int Count, double Raw), int>();
        for (int code = 0; code < counts.Length; code++)
        {
            if (counts[code] > 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(values, (counts[code], raw(code)), out _)++;
            }
        }
        return [.. values.OrderBy(entry => entry.Key).Select(entry => new ValueGroup(entry.Key.Count, entry.Key.Raw, entry.Value))];
    }

    // The same where the count alone tells the frequency.
    private static ValueGroup[] GroupByCount(int[] counts, Func<int, double> raw)
    {
        // Most values are rare: those are counted without looking anything up.
        Span<int> rare = stackalloc int[256];
        rare.Clear();
        var common = new Dictionary<int, int>();
        foreach (int count in counts)
        {
            if (count < rare.Length)
            {
                rare[count]++;
            }
            else
            {
                CollectionsMarshal.GetValueRefOrAddDefault(common, count, out _)++;
            }
        }
        var groups = new List<ValueGroup>();
        for (int count = 1; count < rare.Length; count++)
        {
            if (rare[count] > 0)
            {
                groups.Add(new ValueGroup(count, raw(count), rare[count]));
            }
        }
        int[] ascending = [.. common.Keys];
        Array.Sort(ascending);
        groups.AddRange(ascending.Select(count => new ValueGroup(count, raw(count), common[count])));
        return [.. groups];
    }

    private static TermFrequencyTable Estimate(FieldColumn column, int[] counts, ValueGroup[] groups, Func<int, double> raw, double exactU)
    {
        double records = Records(counts);
        double floor = SolveFloor(groups, records, exactU);
        int least = LeastListed(groups, floor);
        var common = new List<int>();
        for (int code = 0; code < counts.Length; code++)
        {
            if (counts[code] >= least && raw(code) > floor)
            {
                common.Add(code);
            }
        }
        int[] listed = [.. common
            .OrderByDescending(code => counts[code])
            .ThenBy(column.Values.GetString, StringComparer.Ordinal)
            .Take(MaxListedValues)];
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        double listedRecords = 0;
        double listedMass = 0;
        foreach (int code in listed)
        {
            double frequency = Math.Min(1, raw(code));
            values[column.Values.GetString(code)] = LearnedNumber.Round(frequency);
            listedRecords += counts[code];
            listedMass += counts[code] * frequency;
        }
        double allMass = groups.Sum(group => group.Records * Math.Max(group.Raw, floor));
        double unlistedRecords = records - listedRecords;
        double unlisted = unlistedRecords < 1 ? floor : (allMass - listedMass) / unlistedRecords;
        return new TermFrequencyTable(LearnedNumber.Round(Math.Clamp(unlisted, 1e-12, 1)), values);
    }

    // The lowest count that a listed value can have: commoner ones may take all places.
    private static int LeastListed(ValueGroup[] groups, double floor)
    {
        int least = int.MaxValue;
        int values = 0;
        for (int i = groups.Length - 1; i >= 0 && (values < MaxListedValues || groups[i].Count == least); i--)
        {
            if (groups[i].Raw > floor)
            {
                least = groups[i].Count;
                values += groups[i].Values;
            }
        }
        return least;
    }

    private static double SolveFloor(ValueGroup[] groups, double records, double exactU)
    {
        double Average(double floor) => groups.Sum(group => group.Records / records * Math.Max(group.Raw, floor));

        double low = exactU / 20;
        double high = Math.Max(exactU, low);
        if (Average(low) >= exactU)
        {
            return low;
        }
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Average(middle) < exactU ? (middle, high) : (low, middle);
        }
        return high;
    }

    /// <summary>Values that are alike.</summary>
    /// <param name="Count">Records of each value.</param>
    /// <param name="Raw">The frequency of each value, before the floor.</param>
    /// <param name="Values">How many values.</param>
    private sealed record ValueGroup(int Count, double Raw, int Values)
    {
        /// <summary>Records of all the values.</summary>
        public double Records => (double)Count * Values;
    }
}
