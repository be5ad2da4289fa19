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
        double records = Math.Max(2, counts.Sum(count => (double)count));
        double Raw(int count) => Math.Max(count - 1 - ownRepeats, 0) / (records - 1);

        // Sums of fractions run over sorted counts: the order in which values came must not matter.
        int[] sorted = [.. counts.Order()];
        double floor = SolveFloor(sorted, records, Raw, exactU);
        int[] listed = [.. Enumerable.Range(0, counts.Length)
            .Where(code => Raw(counts[code]) > floor)
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
        double allMass = sorted.Sum(count => count * Math.Max(Raw(count), floor));
        double unlistedRecords = records - listedRecords;
        double unlisted = unlistedRecords < 1 ? floor : (allMass - listedMass) / unlistedRecords;
        return new TermFrequencyTable(LearnedNumber.Round(Math.Clamp(unlisted, 1e-12, 1)), values);
    }

    private static double SolveFloor(int[] counts, double records, Func<int, double> raw, double exactU)
    {
        double Average(double floor) => counts.Sum(count => count / records * Math.Max(raw(count), floor));

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
