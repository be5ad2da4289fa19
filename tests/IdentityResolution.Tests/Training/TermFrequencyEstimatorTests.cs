using IdentityResolution.Fields;
using IdentityResolution.Records;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class TermFrequencyEstimatorTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.4, 1)]
    [InlineData(1.1, 1)]
    [InlineData(0.4, 3)]
    public void Averaged_over_records_the_frequencies_give_u(double ownRepeats, double uFactor)
    {
        FieldColumn column = Column(20_000, values: 600);
        double u = uFactor * ChanceOfEqual(column);
        TermFrequencyTable table = Estimate(column, u, ownRepeats);
        int[] counts = column.CountValues();
        double average = Enumerable.Range(0, counts.Length).Sum(code => counts[code] / 20_000.0 * Frequency(table, column, code));
        Assert.InRange(average, 0.999 * u, 1.05 * u);
    }

    [Fact]
    public void Common_values_stand_above_rare_ones_and_rare_ones_share_the_default()
    {
        FieldColumn column = Column(20_000, values: 600);
        int[] counts = column.CountValues();
        TermFrequencyTable table = Estimate(column, ChanceOfEqual(column), 0.5);
        int[] codes = [.. Enumerable.Range(0, counts.Length).OrderByDescending(code => counts[code])];
        for (int i = 1; i < codes.Length; i++)
        {
            Assert.True(Frequency(table, column, codes[i - 1]) >= Frequency(table, column, codes[i]));
        }
        Assert.InRange(table.Values.Count, 20, 599);
        Assert.All(table.Values.Values, frequency => Assert.InRange(frequency, table.Default, 1));
        Assert.Equal(counts[codes[0]] / 20_000.0, table.Values[column.Values.GetString(codes[0])], 3);
    }

    [Fact]
    public void Where_every_value_is_a_customer_s_own_the_default_goes_far_below_a_name_s()
    {
        string?[] values = [.. Enumerable.Range(0, 2000).Select(i => $"id{i / 2}")];
        FieldColumn column = TestTable.Of(("id", values))["id"];
        TermFrequencyTable table = Estimate(column, exactU: 1e-6, ownRepeats: 1);
        Assert.Empty(table.Values);
        Assert.Equal(1e-6, table.Default, 8);
    }

    [Fact]
    public void Where_sources_hold_nobody_twice_only_what_repeats_within_one_is_common()
    {
        // 'both' stands once in either source: that may be one customer. 'shop' stands three times in one.
        string?[] values = ["both", "shop", "shop", "shop", .. Enumerable.Range(0, 96).Select(i => $"a{i}"), "both", .. Enumerable.Range(0, 99).Select(i => $"b{i}")];
        RecordKeyIndex keys = TestTable.Keys([.. values.Select((_, i) => (i < 100 ? "a" : "b", TestTable.Id(i)))]);
        FieldColumn column = TestTable.Create(keys, [("name", values)], shared: false)["name"];
        TermFrequencyTable within = TermFrequencyEstimator.EstimateWithinSources(column, keys, exactU: 1e-4);
        TermFrequencyTable over = Estimate(column, exactU: 1e-4, ownRepeats: 0);
        Assert.Equal(2 / 199.0, within.Values["shop"], 4);
        Assert.Equal(1 / 199.0, over.Values["both"], 4);
        Assert.InRange(within.Values.GetValueOrDefault("both", within.Default), 0, 1.1e-4);
    }

    [Fact]
    public void Order_of_records_does_not_matter() => Law.Holds(random =>
    {
        string?[] values = [.. Enumerable.Range(0, random.Next(0, 300)).Select(_ => random.Next(5) == 0 ? null : $"v{(int)Math.Pow(random.Next(1, 20), 2) / 3}")];
        double u = 0.2 * random.NextDouble();
        double repeats = 2 * random.NextDouble();
        TermFrequencyTable table = Estimate(TestTable.Of(("f", values))["f"], u, repeats);
        random.Shuffle(values);
        TermFrequencyTable other = Estimate(TestTable.Of(("f", values))["f"], u, repeats);
        Assert.Equal(table.Default, other.Default);
        Assert.Equal(table.Values, other.Values);
        Assert.InRange(table.Default, 1e-12, 1);
    });

    private static TermFrequencyTable Estimate(FieldColumn column, double exactU, double ownRepeats) =>
        TermFrequencyEstimator.Estimate(column, column.CountValues(), exactU, ownRepeats);

    private static double Frequency(TermFrequencyTable table, FieldColumn column, int code) =>
        table.Values.TryGetValue(column.Values.GetString(code), out double frequency) ? frequency : table.Default;

    private static double ChanceOfEqual(FieldColumn column)
    {
        int[] counts = column.CountValues();
        double records = counts.Sum();
        return counts.Sum(count => count / records * (count - 1) / (records - 1));
    }

    // Zipf's law: the value of rank k is as common as 1 / k.
    private static FieldColumn Column(int records, int values)
    {
        var random = new Random(3);
        double[] cumulative = new double[values];
        double sum = 0;
        for (int rank = 0; rank < values; rank++)
        {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
        return TestTable.Of(("f", [.. Enumerable.Range(0, records).Select(_ => $"v{Math.Min(~Array.BinarySearch(cumulative, random.NextDouble() * sum), values - 1)}")]))["f"];
    }
}
