using System.Globalization;
using System.Text;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Matching;

public class ValueWeightsTests
{
    private const double M = 0.9;

    [Fact]
    public void Listed_values_weigh_their_own_and_others_the_default_however_the_values_come_and_go() => Law.Holds(random =>
    {
        var frequencies = new TermFrequencyTable(1e-4, Enumerable.Range(0, 400).Where(_ => random.Next(3) == 0).ToDictionary(Name, number => (number + 1) / 1000.0, StringComparer.Ordinal));
        var values = new ValueDictionary();
        Add(values, random, random.Next(300));
        var weights = new ValueWeights(values, M, frequencies);
        Check();
        for (int round = 0; round < 4; round++)
        {
            values.Truncate(random.Next(values.Count + 1));
            weights.Extend();
            Check();
            Add(values, random, random.Next(200));
            weights.Extend();
            Check();
        }

        void Check()
        {
            for (int code = 0; code < values.Count; code++)
            {
                double frequency = frequencies.Values.GetValueOrDefault(values.GetString(code), frequencies.Default);
                Assert.Equal(MatchWeights.FromRatio(M, frequency), weights[code]);
                Assert.True(weights[code] <= weights.Most);
            }
        }
    });

    private static void Add(ValueDictionary values, Random random, int count)
    {
        for (int i = 0; i < count; i++)
        {
            values.GetOrAdd(Encoding.UTF8.GetBytes(Name(random.Next(500))));
        }
    }

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);
}
