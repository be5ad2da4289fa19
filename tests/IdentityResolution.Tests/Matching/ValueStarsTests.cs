using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Blocking;
using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Tests.Identity;

namespace IdentityResolution.Tests.Matching;

public class ValueStarsTests
{
    private static readonly Workers TwoThreads = new(2, CancellationToken.None);

    [Fact]
    public void Stars_join_what_all_pairs_join_and_leave_out_values_over_the_cap() => Prop.ForAll(
        Gen.ListOf(Gen.Choose(-1, 6)).ToArbitrary(),
        Gen.Choose(1, 5).ToArbitrary(),
        (values, cap) =>
        {
            int[] codes = [.. values];
            RecordKeyIndex keys = Keys(codes.Length, record => record);

            var stars = new ValueStars(keys, Feature(codes), rule: 3, cap);
            RecordLink[] found = Links(stars);

            RecordLink[] pairs =
            [
                .. from left in Enumerable.Range(0, codes.Length)
                   from right in Enumerable.Range(left + 1, codes.Length - left - 1)
                   where codes[left] >= 0 && codes[left] == codes[right] && codes.Count(code => code == codes[left]) <= cap
                   select RecordLink.ByRule(left, right, 3),
            ];
            Assert.Equal(Components(codes.Length, pairs), Components(codes.Length, found));
            Assert.Empty(found.Except(pairs));
            int[] large = [.. codes.Where(code => code >= 0).GroupBy(code => code).Select(group => group.Count()).Where(count => count > cap)];
            Assert.Equal(new OversizedBlocks(large.Length, large.Sum(), large.DefaultIfEmpty().Max()), stars.Oversized);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_records_does_not_change_the_links()
    {
        int[] codes = [.. Enumerable.Range(0, 200).Select(record => record % 7)];
        RecordKeyIndex keys = Keys(200, record => record);
        RecordKeyIndex reversed = Keys(200, record => 199 - record);

        RecordLink[] links = Links(new ValueStars(keys, Feature(codes), 0, 100));
        RecordLink[] other = Links(new ValueStars(reversed, Feature([.. codes.Reverse()]), 0, 100));

        Assert.Equal(200 - 7, links.Length);
        Assert.Equal(
            links.Select(link => new RecordPair(keys.Key(link.Left), keys.Key(link.Right))).Order(Comparer<RecordPair>.Create(Compare)),
            other.Select(link => new RecordPair(reversed.Key(link.Left), reversed.Key(link.Right))).Order(Comparer<RecordPair>.Create(Compare)));
    }

    private static RecordLink[] Links(ValueStars stars)
    {
        for (int piece = 0; piece < stars.Pieces; piece++)
        {
            stars.CountPiece(piece);
        }
        var links = new RecordLink[stars.Count];
        for (int piece = 0; piece < stars.Pieces; piece++)
        {
            stars.WritePiece(piece, links);
        }
        return links;
    }

    private static int Compare(RecordPair one, RecordPair other) =>
        one.Left.CompareTo(other.Left) is var byLeft and not 0 ? byLeft : one.Right.CompareTo(other.Right);

    private static int[] Components(int records, RecordLink[] links) => ConnectedComponents.Number(records, links, TwoThreads, out _);

    private static FeatureMap Feature(int[] codes) => new(new FieldColumn("f", new ValueDictionary(), codes), null);

    private static RecordKeyIndex Keys(int count, Func<int, int> id) =>
        IdentityWorld.Keys([.. Enumerable.Range(0, count).Select(record => ("s", $"{id(record)}"))]);
}
