using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Tests.Similarity;

/// <summary>Values laid out bit by bit: which ones are, and that they give what the plain twin gives.</summary>
public class SlicesTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(30).WithReplay(20_261_122, 41);

    private static readonly LanePath[] Paths = [.. new[] { LanePath.Registers256, LanePath.Registers512 }.Where(LanePaths.IsSupported)];

    // So many values that groups are full, nearly full, and left to the strips; of a letter or two, so that they have much in common, or of many.
    private static readonly Arbitrary<(string[] Values, string[] Texts)> Blocks = (
        from count in Gen.Elements(200, 256, 300, 512, 513, 700, 1000, 1300)
        from shortest in Gen.Elements(0, 1, 7, 16, 30, 33)
        from spread in Gen.Elements(0, 3, 10, 31)
        from letters in Gen.Elements(1, 2, 4, 26)
        from ending in Gen.Elements("", "m", ".com", "@mail.de", "@mail.example.com")
        from seed in Gen.Choose(0, int.MaxValue)
        let random = new Random(seed)
        let values = Enumerable.Range(0, count).Select(i => Word(shortest + random.Next(spread + 1), letters, random, i % 100 == 99 ? "" : ending)).ToArray()
        let texts = Enumerable.Range(0, 4).Select(_ => Word(random.Next(64), letters, random, ending)).ToArray()
        select (values, texts.Append(values[0]).Append(ending).Append("?" + values[^1]).ToArray())).ToArbitrary();

    [Fact]
    public void Indel_distances_of_large_blocks_equal_those_of_single_calls() => Check.One(Thorough, Prop.ForAll(Blocks, sample =>
    {
        TextColumn column = TextColumn.FromStrings(sample.Values);
        foreach (LanePath path in Paths)
        {
            var block = new TextBlock(column, [.. Enumerable.Range(0, sample.Values.Length)], path);
            int[] actual = new int[block.Count];
            MakeSlices(block, actual);
            foreach (string text in sample.Texts)
            {
                block.Indel(text, actual);
                Assert.Equal(block.Codes.ToArray().Select(code => Indel.Distance(text, sample.Values[code])), actual);
            }
        }
    }));

    [Fact]
    public void Each_length_of_text_and_values_gives_what_the_plain_twin_gives()
    {
        string[] values = [.. from length in Enumerable.Range(1, 64) from i in Enumerable.Range(0, 20) select Word(length, 3, new Random((length * 20) + i), "")];
        TextColumn column = TextColumn.FromStrings(values);
        foreach (LanePath path in Paths)
        {
            var block = new TextBlock(column, [.. Enumerable.Range(0, values.Length)], path);
            int[] actual = new int[block.Count];
            MakeSlices(block, actual);
            for (int length = 1; length <= 64; length++)
            {
                string text = Word(length, 3, new Random(length), "");
                block.Indel(text, actual);
                Assert.Equal(block.Codes.ToArray().Select(code => PlainEditDistances.Indel(text, values[code])), actual);
            }
        }
    }

    [Fact]
    public void Values_are_laid_out_where_that_pays_and_the_others_stay_in_strips()
    {
        AssertSlices(Enumerable.Repeat(36, 600), 512, 0, 0, 0, 88);
        AssertSlices(Enumerable.Repeat(36, 1000), 1000, 0, 0, 0, 0);
        AssertSlices(Enumerable.Repeat(36, 30), 0, 0, 0, 0, 30);
        AssertSlices(Enumerable.Repeat(8, 511).Append(64), 511, 0, 511, 511, 512);
        AssertSlices([], 0, 0, 0, 0, 0);
    }

    [Fact]
    public void Many_texts_lay_the_values_out_once_and_threads_that_ask_at_once_agree()
    {
        string[] values = [.. Enumerable.Range(0, 1000).Select(i => Word(36, 26, new Random(i), ""))];
        foreach (LanePath path in Paths)
        {
            var block = new TextBlock(TextColumn.FromStrings(values), [.. Enumerable.Range(0, 1000)], path);
            long before = block.AllocatedBytes;
            int[] expected = [.. block.Codes.ToArray().Select(code => Indel.Distance(values[0], values[code]))];
            block.Indel(values[0], new int[block.Count]);
            Assert.Equal(before, block.AllocatedBytes);
            Parallel.For(0, TextBlock.TextsBeforeSlices + 20, _ =>
            {
                int[] distances = new int[block.Count];
                block.Indel(values[0], distances);
                Assert.Equal(expected, distances);
            });
            long after = block.AllocatedBytes;
            Assert.True(after > before);
            block.Indel(values[1], new int[block.Count]);
            Assert.Equal(after, block.AllocatedBytes);
        }
    }

    private static void MakeSlices(TextBlock block, int[] distances)
    {
        for (int i = 0; i < TextBlock.TextsBeforeSlices; i++)
        {
            block.Indel("a", distances);
        }
    }

    private static void AssertSlices(IEnumerable<int> lengths, int count, params int[] firstSlots)
    {
        var symbols = new Symbols();
        Assert.True(symbols.TryAdd("abc", new byte[3]));
        var slices = new Slices(new Strips([.. lengths], symbols), Vector512<byte>.Count);
        Assert.Equal(count, slices.Count);
        Assert.Equal(firstSlots, Enumerable.Range(0, 4).Select(slices.FirstSlot));
    }

    private static string Word(int length, int letters, Random random, string ending)
    {
        string stem = string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(letters))));
        return ending.Length <= length ? string.Concat(stem.AsSpan(0, length - ending.Length), ending) : stem;
    }
}
