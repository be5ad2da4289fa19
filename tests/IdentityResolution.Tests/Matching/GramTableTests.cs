using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Reference.Matching;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Matching;

public class GramTableTests
{
    private static readonly string[] Letters = ["a", "b", "c", " ", "é", "😀"];

    [Fact]
    public void The_cosine_is_that_of_the_definition() => Law.Holds(random =>
    {
        string[] values = [.. Enumerable.Range(0, random.Next(2, 12)).Select(_ => Value(random)).Distinct()];
        ValueDictionary dictionary = Dictionary(values);
        var frequencies = new TermFrequencyTable(0.3, new Dictionary<string, double>(StringComparer.Ordinal) { ["ab "] = 0.9, [" ab"] = 0.01, ["abc"] = 1 });
        var table = new GramTable(dictionary, frequencies);
        for (int left = 0; left < values.Length; left++)
        {
            for (int right = 0; right < values.Length; right++)
            {
                double expected = PlainGrams.Cosine(Halves(values[left]), Halves(values[right]), gram => frequencies.Values.GetValueOrDefault(gram, frequencies.Default));
                Assert.Equal(expected, table.Cosine(left, right), 0.01);
                Assert.Equal(table.Cosine(left, right), table.Cosine(right, left));
                Assert.InRange(table.Cosine(left, right), 0, 1 + 1e-12);
            }
        }
    });

    [Fact]
    public void Numbering_does_not_change_a_bit() => Law.Holds(random =>
    {
        string[] values = [.. Enumerable.Range(0, 12).Select(_ => Value(random)).Distinct()];
        string[] shuffled = [.. values];
        random.Shuffle(shuffled);
        var frequencies = new TermFrequencyTable(0.2, new Dictionary<string, double>(StringComparer.Ordinal) { ["aba"] = 0.7 });
        var one = new GramTable(Dictionary(values), frequencies);
        var other = new GramTable(Dictionary(shuffled), frequencies);
        for (int i = 1; i < values.Length; i++)
        {
            Assert.Equal(one.Cosine(0, i), other.Cosine(Array.IndexOf(shuffled, values[0]), Array.IndexOf(shuffled, values[i])));
        }
    });

    [Fact]
    public void Frequencies_are_shares_of_the_distinct_values() => Law.Holds(random =>
    {
        string[] values = [.. Enumerable.Range(0, 20).Select(_ => Value(random)).Distinct()];
        TermFrequencyTable table = GramFrequencyEstimator.Estimate(new FieldColumn("text", Dictionary(values), Enumerable.Range(0, values.Length).ToArray()));
        foreach ((string gram, double frequency) in table.Values)
        {
            double share = values.Count(value => PlainGrams.Of(Halves(value)).Contains(gram)) / (double)Math.Max(2, values.Length);
            Assert.Equal(share, frequency, 1e-5);
        }
        Assert.Equal(values.SelectMany(value => PlainGrams.Of(Halves(value))).Distinct().Count(), table.Values.Count);
    });

    [Fact]
    public void The_rarest_triples_share_one_frequency_when_there_are_too_many_to_list()
    {
        string[] values = [.. Enumerable.Range(0, 30_000).Select(i => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}{(char)('a' + (i / 676))}")];
        TermFrequencyTable table = GramFrequencyEstimator.Estimate(new FieldColumn("text", Dictionary(values), Enumerable.Range(0, values.Length).ToArray()));
        Assert.Equal(5000, table.Values.Count);
        Assert.InRange(table.Default, 0.5 / values.Length, table.Values.Values.Min());
    }

    private static ValueDictionary Dictionary(string[] values)
    {
        var dictionary = new ValueDictionary();
        foreach (string value in values)
        {
            dictionary.GetOrAdd(Encoding.UTF8.GetBytes(value));
        }
        return dictionary;
    }

    // As the table sees them: halves of a character outside the basic plane count as one unknown character each.
    private static string Halves(string value) => new([.. value.Select(c => char.IsSurrogate(c) ? '\uFFFD' : c)]);

    private static string Value(Random random) =>
        string.Join(' ', string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)])).Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } value
            ? value
            : "x";
}
