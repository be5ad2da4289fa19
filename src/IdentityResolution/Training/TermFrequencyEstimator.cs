using System.Runtime.InteropServices;
using IdentityResolution.Fields;

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
        // Values of one count are alike: sums run over counts in ascending order, so the order in which values came does not matter.
        (int Count, int Values)[] histogram = Histogram(counts);
        double records = Math.Max(2, histogram.Sum(group => (double)group.Count * group.Values));
        double Raw(int count) => Math.Max(count - 1 - ownRepeats, 0) / (records - 1);

        double floor = SolveFloor(histogram, records, Raw, exactU);
        int[] listed = [.. Commonest(counts, histogram, count => Raw(count) > floor)
            .OrderByDescending(code => counts[code])
            .ThenBy(column.Values.GetString, StringComparer.Ordinal)
            .Take(MaxListedValues)];
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        double listedRecords = 0;
        double listedMass = 0;
        foreach (int code in listed)
        {
            double frequency = Math.Min(1, Raw(counts[code]));
            values[column.Values.GetString(code)] = LearnedNumber.Round(frequency);
            listedRecords += counts[code];
            listedMass += counts[code] * frequency;
        }
        double allMass = histogram.Sum(group => (double)group.Count * group.Values * Math.Max(Raw(group.Count), floor));
        double unlistedRecords = records - listedRecords;
        double unlisted = unlistedRecords < 1 ? floor : (allMass - listedMass) / unlistedRecords;
        return new TermFrequencyTable(LearnedNumber.Round(Math.Clamp(unlisted, 1e-12, 1)), values);
    }

    // How many values have each count; ascending, values without records left out.
    private static (int Count, int Values)[] Histogram(int[] counts)
    {
        var values = new Dictionary<int, int>();
        foreach (int count in counts)
        {
            if (count > 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(values, count, out _)++;
            }
        }
        return [.. values.Select(entry => (entry.Key, entry.Value)).Order()];
    }

    // The values that may be listed: those common enough, without the groups of equal count that others crowd out.
    private static IEnumerable<int> Commonest(int[] counts, (int Count, int Values)[] histogram, Func<int, bool> isCommon)
    {
        int least = int.MaxValue;
        int values = 0;
        for (int i = histogram.Length - 1; i >= 0 && values < MaxListedValues && isCommon(histogram[i].Count); i--)
        {
            least = histogram[i].Count;
            values += histogram[i].Values;
        }
        for (int code = 0; code < counts.Length; code++)
        {
            if (counts[code] >= least)
            {
                yield return code;
            }
        }
    }

    private static double SolveFloor((int Count, int Values)[] histogram, double records, Func<int, double> raw, double exactU)
    {
        double Average(double floor) => histogram.Sum(group => (double)group.Count * group.Values / records * Math.Max(raw(group.Count), floor));

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
