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
    /// <param name="exactU">P(equal | no match): the average that the table has to give, in (0, 1].</param>
    /// <param name="ownRepeats">Expected other records of the same customer with the same value, per record; at least 0.</param>
    /// <remarks>
    /// A value's frequency is its count without the record itself and its own customer's repeats. Values too rare to tell share one
    /// floor, set so that the average over records is <paramref name="exactU"/>: names keep a floor, identifiers go far below it.
    /// </remarks>
    public static TermFrequencyTable Estimate(FieldColumn column, double exactU, double ownRepeats)
    {
        int[] counts = column.CountValues();
        double records = Math.Max(2, counts.Sum(count => (double)count));
        return Estimate(column, counts, [.. counts.Select(count => Math.Max(count - 1 - ownRepeats, 0) / (records - 1))], exactU);
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
        double records = Math.Max(2, present.Sum(count => (double)count));
        double Raw(int code)
        {
            double within = others[code] == 0 ? 0 : (double)sharing[code] / others[code];
            // What no source repeats is as common as values are on average, and no more common than all sources together show.
            return Math.Min((counts[code] - 1) / (records - 1), Math.Max(exactU, within));
        }
        return Estimate(column, counts, [.. Enumerable.Range(0, counts.Length).Select(Raw)], exactU);
    }

    private static TermFrequencyTable Estimate(FieldColumn column, int[] counts, double[] raw, double exactU)
    {
        double records = Math.Max(2, counts.Sum(count => (double)count));
        // Sums of fractions run over sorted counts: the order in which values came must not matter.
        (int Count, double Raw)[] sorted = [.. counts.Zip(raw).Order()];
        double floor = SolveFloor(sorted, records, exactU);
        int[] listed = [.. Enumerable.Range(0, counts.Length)
            .Where(code => raw[code] > floor)
            .OrderByDescending(code => counts[code])
            .ThenBy(column.Values.GetString, StringComparer.Ordinal)
            .Take(MaxListedValues)];
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        double listedRecords = 0;
        double listedMass = 0;
        foreach (int code in listed)
        {
            double frequency = Math.Min(1, raw[code]);
            values[column.Values.GetString(code)] = LearnedNumber.Round(frequency);
            listedRecords += counts[code];
            listedMass += counts[code] * frequency;
        }
        double allMass = sorted.Sum(value => value.Count * Math.Max(value.Raw, floor));
        double unlistedRecords = records - listedRecords;
        double unlisted = unlistedRecords < 1 ? floor : (allMass - listedMass) / unlistedRecords;
        return new TermFrequencyTable(LearnedNumber.Round(Math.Clamp(unlisted, 1e-12, 1)), values);
    }

    private static double SolveFloor((int Count, double Raw)[] values, double records, double exactU)
    {
        double Average(double floor) => values.Sum(value => value.Count / records * Math.Max(value.Raw, floor));

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
}
