using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Records;

public sealed class RecordKeyTests
{
    private static readonly string[] Pieces = ["", "a", "b", "é", "\uD7FF", "\uE000", "ﾀ", "\uFFFD", "\uFFFF", "\U00010000", "\U0001F600", "\U0010FFFF"];

    private static readonly Gen<string> Texts =
        from pieces in Gen.ArrayOf(Gen.Elements(Pieces), 3) select string.Concat(pieces);

    [Fact]
    public void Keys_are_ordered_by_the_bytes_of_utf_8_beyond_u_ffff_too()
    {
        Gen<(string, string, string, string)> keys = from a in Texts from b in Texts from c in Texts from d in Texts select (a, b, c, d);
        Prop.ForAll(keys.ToArbitrary(), four =>
        {
            (RecordKey left, RecordKey right) = (new(four.Item1, four.Item2), new(four.Item3, four.Item4));
            int bySource = Bytes(left.Source, right.Source);
            Assert.Equal(Math.Sign(bySource != 0 ? bySource : Bytes(left.Id, right.Id)), Math.Sign(left.CompareTo(right)));
            Assert.Equal(-Math.Sign(left.CompareTo(right)), Math.Sign(right.CompareTo(left)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20_261_122UL, 77UL));
    }

    [Fact]
    public void The_index_of_keys_orders_as_keys_do()
    {
        var index = new RecordKeyIndex();
        foreach (string source in Pieces.Skip(1))
        {
            foreach (string id in Pieces.Skip(1))
            {
                Assert.True(index.TryAdd(index.AddSource(source), Encoding.UTF8.GetBytes(id), out _));
            }
        }
        for (int left = 0; left < index.Count; left++)
        {
            for (int right = 0; right < index.Count; right++)
            {
                Assert.Equal(Math.Sign(index.Key(left).CompareTo(index.Key(right))), Math.Sign(index.Compare(left, right)));
            }
        }
    }

    private static int Bytes(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
