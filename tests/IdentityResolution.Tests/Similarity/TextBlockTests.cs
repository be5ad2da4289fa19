using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Tests.Similarity;

/// <summary>A prepared block gives what the plain twins give, on every path that the machine has.</summary>
public class TextBlockTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(50).WithReplay(20_240_505, 77);

    /// <summary>The paths that this machine can take; pairs everywhere, registers where the processor has them.</summary>
    private static readonly LanePath[] Paths = [.. Enum.GetValues<LanePath>().Where(LanePaths.IsSupported)];

    // Up to 200 values, so that strips of every width are full, half full and followed by another.
    private static readonly Arbitrary<(string[] Values, string[] Texts)> Blocks = (
        from maxLength in Gen.Elements(8, 9, 16, 17, 32, 33, 64, 65, 80)
        from count in Gen.OneOf(Gen.Choose(1, 6), Gen.Choose(14, 40), Gen.Choose(60, 100))
        from pairs in TextPairs.UpTo(maxLength).Generator.ArrayOf(count)
        let values = pairs.SelectMany(pair => new[] { pair.Left, pair.Right }).ToArray()
        from others in TextPairs.UpTo(66).Generator.ArrayOf(2)
        select (values, values.Take(4).Concat(others.Select(pair => pair.Left)).ToArray())).ToArbitrary();

    // Values of which most, or all, end alike, so many that whole strips of every width do; texts that end so, nearly so, or are the ending or less.
    private static readonly Arbitrary<(string[] Values, string[] Texts)> SharedEndings = (
        from ending in Gen.Elements(".com", "@mail.example.com", "n", " \u738B\u4E2D", "aaaaaaa", "-longer than what a strip keeps")
        from inner in Gen.Elements("", "x", "an", "@one")
        from maxStem in Gen.Elements(0, 3, 5, 8, 12, 20, 33, 60)
        from others in Gen.Elements(0, 1, 20, 80)
        from stems in TextPairs.UpTo(maxStem).Generator.ArrayOf(150)
        let values = stems.SelectMany((pair, i) => new[]
        {
            pair.Left + (i % 3 == 0 ? inner : "") + ending,
            pair.Right + (i < others ? ending[1..] : inner + ending),
        }).ToArray()
        let near = values[0]
        select (values, new[]
        {
            near, values[1], values[^1], ending, ending[1..], inner + ending, "q" + ending, near[..^1], near + "m", "\u0416" + near[1..],
            "\u0416" + ending[1..], ending + "q", string.Concat(ending, ending), "",
        })).ToArbitrary();

    [Fact]
    public void Values_that_end_alike_give_what_single_calls_give_on_every_path() =>
        Check.One(Thorough.WithMaxTest(40), Prop.ForAll(SharedEndings, sample =>
        {
            foreach (TextBlock block in Prepare(sample.Values))
            {
                double[] similarities = new double[block.Count];
                foreach (string text in sample.Texts)
                {
                    CheckDistances(block, sample.Values, text, (l, r) => Levenshtein.Distance(l, r), (b, d, max) => b.Levenshtein(text, d, max));
                    CheckDistances(
                        block, sample.Values, text, (l, r) => OptimalStringAlignment.Distance(l, r), (b, d, max) => b.OptimalStringAlignment(text, d, max));
                    CheckDistances(block, sample.Values, text, (l, r) => Indel.Distance(l, r), (b, d, max) => b.Indel(text, d, max));
                    block.JaroWinkler(text, similarities, 0.8);
                    CheckSimilarities(block, sample.Values, similarities, 0, value => JaroWinkler.Similarity(text, value, 0.8));
                }
            }
        }));

    [Fact]
    public void Texts_without_a_common_ending_between_values_that_have_one_equal_the_plain_twins()
    {
        // Every width of lanes, the longest value of each as long as its lane, and more than two strips of each.
        string[] values =
        [
            .. from length in new[] { 5, 7, 8, 9, 14, 16, 17, 28, 29, 32, 33, 57, 60, 64 }
               from i in Enumerable.Range(0, 90)
               select $"{i}{new string((char)('a' + (i % 7)), length)}"[..(length - 4)] + (i % 9 == 0 ? ".net" : ".com"),
        ];
        foreach (TextBlock block in Prepare(values))
        {
            foreach (string text in new[] { "aab.com", "ccc.net", ".com", "om", "", "bbbbbbbbbbb", values[^1], values[700], values[300] })
            {
                CheckDistances(block, values, text, PlainEditDistances.Indel, (b, d, max) => b.Indel(text, d, max));
                CheckDistances(block, values, text, PlainEditDistances.Levenshtein, (b, d, max) => b.Levenshtein(text, d, max));
                CheckDistances(block, values, text, PlainEditDistances.OptimalStringAlignment, (b, d, max) => b.OptimalStringAlignment(text, d, max));
            }
        }
    }

    [Fact]
    public void Values_that_share_an_ending_stand_side_by_side_and_by_length()
    {
        string[] values = [.. Enumerable.Range(0, 900).Select(i => $"{new string('a', i % 9)}{i:000}{(i % 3 == 0 ? "@ab.de" : "@b.com")}")];
        TextColumn column = TextColumn.FromStrings(values);
        foreach (LanePath path in Paths.Where(path => path != LanePath.Pairs))
        {
            string[] inOrder = [.. new TextBlock(column, [.. Enumerable.Range(0, 900)], path).Codes.ToArray().Select(code => values[code])];
            // Of 32 bits a strip holds 64, of 16 bits 128; those of one width go by ending, and each strip by length.
            string[] longer = [.. inOrder.Where(value => value.Length > 16)];
            Assert.Equal(longer, inOrder[^longer.Length..]);
            Assert.All(longer.Chunk(64), strip => Assert.Equal(strip.Select(value => value.Length).Order(), strip.Select(value => value.Length)));
            string[] shorter = inOrder[..^longer.Length];
            int common = shorter.Count(value => value.EndsWith(".com", StringComparison.Ordinal));
            Assert.True(common > 2 * 128);
            Assert.All(shorter[..(common / 128 * 128)], value => Assert.EndsWith("@b.com", value, StringComparison.Ordinal));
            Assert.All(shorter.Chunk(128), strip => Assert.Equal(strip.Select(value => value.Length).Order(), strip.Select(value => value.Length)));
        }
    }

    [Fact]
    public void Edit_distances_equal_their_plain_twins_on_every_path() => Check.One(Thorough, Prop.ForAll(Blocks, sample =>
    {
        foreach (TextBlock block in Prepare(sample.Values))
        {
            foreach (string text in sample.Texts)
            {
                CheckDistances(block, sample.Values, text, PlainEditDistances.Levenshtein, (b, d, max) => b.Levenshtein(text, d, max));
                CheckDistances(block, sample.Values, text, PlainEditDistances.OptimalStringAlignment, (b, d, max) => b.OptimalStringAlignment(text, d, max));
                CheckDistances(block, sample.Values, text, PlainEditDistances.Indel, (b, d, max) => b.Indel(text, d, max));
            }
        }
    }));

    [Fact]
    public void Jaro_similarities_equal_their_plain_twins_and_single_calls_to_the_last_bit() => Check.One(Thorough, Prop.ForAll(Blocks, sample =>
    {
        foreach (TextBlock block in Prepare(sample.Values))
        {
            foreach (string text in sample.Texts)
            {
                double[] actual = new double[block.Count];
                foreach (double cutOff in new[] { 0, 0.5, 0.7, 0.85, 1 })
                {
                    block.JaroWinkler(text, actual, cutOff);
                    CheckSimilarities(block, sample.Values, actual, cutOff, value => PlainJaro.WinklerSimilarity(text, value));
                    CheckSimilarities(block, sample.Values, actual, 0, value => JaroWinkler.Similarity(text, value, cutOff));
                    block.Jaro(text, actual, cutOff);
                    CheckSimilarities(block, sample.Values, actual, cutOff, value => PlainJaro.Similarity(text, value));
                    CheckSimilarities(block, sample.Values, actual, 0, value => Jaro.Similarity(text, value, cutOff));
                }
            }
        }
    }));

    [Fact]
    public void Codes_are_those_given_in_the_order_of_lengths()
    {
        TextColumn column = TextColumn.FromStrings(["three", "", "one", new string('x', 65), "\u0416\u0416"]);
        TextBlock block = column.Prepare([3, 0, 1, 2, 4, 0]);
        Assert.Equal(6, block.Count);
        Assert.Equal([0, 0, 1, 2, 3, 4], block.Codes.ToArray().Order());
        Assert.True(block.AllocatedBytes > 0);
        if (LanePaths.Best != LanePath.Pairs)
        {
            Assert.Equal([1, 4, 2, 0, 0, 3], block.Codes.ToArray());
        }
    }

    [Fact]
    public void A_block_may_be_empty_and_a_text_too()
    {
        TextColumn column = TextColumn.FromStrings(["", "a", "\u738B"]);
        column.Prepare([]).JaroWinkler("text", []);
        TextBlock block = column.Prepare([0, 1, 2]);
        double[] similarities = new double[3];
        block.JaroWinkler("", similarities);
        Assert.Equal([1, 0, 0], similarities);
        int[] distances = new int[3];
        block.Indel("\u738B", distances);
        Assert.Equal([1, 2, 0], distances);
    }

    [Fact]
    public void More_kinds_of_units_than_a_block_tells_apart_change_no_result()
    {
        string[] values = [.. Enumerable.Range(0, 400).Select(i => $"{(char)(0x4E00 + i)}{(char)(0x4E00 + (i * 7 % 400))}a")];
        foreach (TextBlock block in Prepare(values))
        {
            int[] distances = new int[block.Count];
            block.Levenshtein(values[399], distances);
            int[] expected = new int[block.Count];
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] = PlainEditDistances.Levenshtein(values[399], values[block.Codes[i]]);
            }
            Assert.Equal(expected, distances);
        }
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        TextColumn column = TextColumn.FromStrings(["a", "b"]);
        Assert.Throws<IndexOutOfRangeException>(() => column.Prepare([2]));
        TextBlock block = column.Prepare([0, 1]);
        Assert.Throws<ArgumentException>(() => block.Levenshtein("a", new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Levenshtein("a", new int[2], -1));
    }

    [Fact]
    public void Comparing_allocates_nothing()
    {
        string[] values = [.. Enumerable.Range(0, 300).Select(i => string.Concat(Enumerable.Repeat($"n{i}", 1 + (i % 12))))];
        foreach (TextBlock block in Prepare(values))
        {
            double[] similarities = new double[block.Count];
            int[] distances = new int[block.Count];
            Assert.Equal(0, Allocations.Of(Run));

            void Run()
            {
                block.JaroWinkler("n12n12n12", similarities, 0.8);
                block.Jaro("n12n12n12", similarities);
                block.Levenshtein("n12n12n12", distances);
                block.OptimalStringAlignment("n12n12n12", distances, 2);
                block.Indel("n12n12n12", distances);
            }
        }
    }

    /// <summary>A block for each path, with some values twice and in an order of their own.</summary>
    private static TextBlock[] Prepare(string[] values)
    {
        TextColumn column = TextColumn.FromStrings(values);
        int[] codes = [.. Enumerable.Range(0, values.Length).Concat(Enumerable.Range(0, values.Length / 3)).Reverse()];
        return [.. Paths.Select(path => new TextBlock(column, codes, path))];
    }

    private static void CheckDistances(
        TextBlock block, string[] values, string text, Func<string, string, int> plain, Action<TextBlock, int[], int> measure)
    {
        int[] exact = [.. values.Select(value => plain(text, value))];
        int[] actual = new int[block.Count];
        int[] expected = new int[block.Count];
        foreach (int cutOff in new[] { int.MaxValue, 200, 20, 5, 2, 1, 0 })
        {
            measure(block, actual, cutOff);
            for (int i = 0; i < expected.Length; i++)
            {
                int distance = exact[block.Codes[i]];
                expected[i] = distance <= cutOff ? distance : cutOff + 1;
            }
            Assert.Equal(expected, actual);
        }
    }

    private static void CheckSimilarities(TextBlock block, string[] values, double[] actual, double cutOff, Func<string, double> expected)
    {
        double[] exact = [.. values.Select(expected)];
        double[] wanted = new double[block.Count];
        for (int i = 0; i < wanted.Length; i++)
        {
            double similarity = exact[block.Codes[i]];
            wanted[i] = similarity >= cutOff ? similarity : 0;
        }
        Assert.Equal(wanted, actual);
    }
}
