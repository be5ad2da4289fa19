using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

/// <summary>One against many gives to the last bit what each pair by itself gives.</summary>
public class TextColumnTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(120).WithReplay(20_240_503, 77);

    private static readonly Arbitrary<TextPair[]> Blocks = (
        from maxLength in Gen.Elements(8, 16, 17, 32, 33, 64, 65, 150)
        from count in Gen.OneOf(Gen.Choose(1, 6), Gen.Choose(14, 60))
        from pairs in TextPairs.UpTo(maxLength).Generator.ArrayOf(count)
        select pairs).ToArbitrary();

    [Fact]
    public void Every_measure_equals_its_form_for_one_pair() => Check.One(Thorough, Prop.ForAll(Blocks, pairs =>
    {
        (TextColumn column, string[] values, int[] codes) = Column(pairs);
        for (int left = 0; left < values.Length; left += 5)
        {
            string text = values[left];
            CheckDistances(column, values, codes, left, int.MaxValue);
            CheckDistances(column, values, codes, left, 2);
            CheckDistances(column, values, codes, left, 0);
            foreach (double cutOff in new[] { 0, 0.7, 0.85, 1 })
            {
                double[] actual = new double[codes.Length];
                column.JaroWinkler(text, codes, actual, cutOff);
                Assert.Equal(codes.Select(code => JaroWinkler.Similarity(text, values[code], cutOff)), actual);
                column.JaroWinkler(left, codes, actual, cutOff);
                Assert.Equal(codes.Select(code => JaroWinkler.Similarity(text, values[code], cutOff)), actual);
                column.Jaro(text, codes, actual, cutOff);
                Assert.Equal(codes.Select(code => Jaro.Similarity(text, values[code], cutOff)), actual);
                column.Jaro(left, codes, actual, cutOff);
                Assert.Equal(codes.Select(code => Jaro.Similarity(text, values[code], cutOff)), actual);
            }
        }
    }));

    [Fact]
    public void Values_come_back_as_they_went_in() => Check.One(Thorough, Prop.ForAll(Blocks, pairs =>
    {
        string[] values = Values(pairs);
        TextColumn fromStrings = TextColumn.FromStrings(values);
        Assert.Equal(values.Length, fromStrings.Count);
        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(fromStrings.GetString), StringComparer.Ordinal);
        Assert.Equal(values.Select(v => v.Length), Enumerable.Range(0, values.Length).Select(fromStrings.LengthOf));

        // UTF-8 has no place for half a surrogate pair.
        string[] valid = [.. values.Select(v => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(v)))];
        TextColumn fromUtf8 = FromUtf8(valid);
        Assert.Equal(valid, Enumerable.Range(0, valid.Length).Select(fromUtf8.GetString), StringComparer.Ordinal);
    }));

    [Fact]
    public void A_column_may_be_empty_and_a_text_too()
    {
        TextColumn none = TextColumn.FromUtf8([], []);
        none.JaroWinkler("text", [], []);
        Assert.Equal(0, none.Count);

        TextColumn column = TextColumn.FromStrings(["", null, "a", "\u738B"]);
        double[] similarities = new double[4];
        column.JaroWinkler("", [0, 1, 2, 3], similarities);
        Assert.Equal([1, 1, 0, 0], similarities);
        column.JaroWinkler("\u738B", [0, 1, 2, 3], similarities);
        Assert.Equal([0, 0, 0, 1], similarities);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        TextColumn column = TextColumn.FromStrings(["a", "b"]);
        Assert.Throws<ArgumentException>(() => column.Levenshtein("a", [0, 1], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => column.Levenshtein("a", [0], new int[1], -1));
        Assert.Throws<IndexOutOfRangeException>(() => column.Levenshtein("a", [2], new int[1]));
        Assert.Throws<ArgumentException>(() => TextColumn.FromUtf8("ab"u8, [1, 3]));
        Assert.Throws<ArgumentException>(() => TextColumn.FromUtf8("ab"u8, [2, 1]));
    }

    [Fact]
    public void Comparing_allocates_nothing()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"name {i * 7919 % 101} of many")];
        TextColumn column = TextColumn.FromStrings(names);
        int[] codes = [.. Enumerable.Range(0, 100)];
        double[] similarities = new double[100];
        int[] distances = new int[100];
        Assert.Equal(0, Allocations.Of(() =>
        {
            column.JaroWinkler(3, codes, similarities, 0.8);
            column.Levenshtein(3, codes, distances);
        }));
    }

    private static void CheckDistances(TextColumn column, string[] values, int[] codes, int left, int cutOff)
    {
        int[] actual = new int[codes.Length];
        column.Levenshtein(values[left], codes, actual, cutOff);
        Assert.Equal(codes.Select(code => Levenshtein.Distance(values[left], values[code], cutOff)), actual);
        column.Levenshtein(left, codes, actual, cutOff);
        Assert.Equal(codes.Select(code => Levenshtein.Distance(values[left], values[code], cutOff)), actual);
        column.OptimalStringAlignment(values[left], codes, actual, cutOff);
        Assert.Equal(codes.Select(code => OptimalStringAlignment.Distance(values[left], values[code], cutOff)), actual);
        column.OptimalStringAlignment(left, codes, actual, cutOff);
        Assert.Equal(codes.Select(code => OptimalStringAlignment.Distance(values[left], values[code], cutOff)), actual);
    }

    private static (TextColumn Column, string[] Values, int[] Codes) Column(TextPair[] pairs)
    {
        string[] values = Values(pairs);

        // Every code, the first few twice, in an order of their own.
        int[] codes = [.. Enumerable.Range(0, values.Length).Concat(Enumerable.Range(0, values.Length / 3)).Reverse()];
        return (TextColumn.FromStrings(values), values, codes);
    }

    private static string[] Values(TextPair[] pairs) => [.. pairs.SelectMany(pair => new[] { pair.Left, pair.Right })];

    private static TextColumn FromUtf8(string[] values)
    {
        List<byte> arena = [];
        List<int> ends = [];
        foreach (string value in values)
        {
            arena.AddRange(Encoding.UTF8.GetBytes(value));
            ends.Add(arena.Count);
        }
        return TextColumn.FromUtf8([.. arena], [.. ends]);
    }
}
