using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Records;

public class RecordKeyIndexTests
{
    // Runs of ids that ascend by length or by bytes, broken now and then: keys are looked up from the first id on that does not ascend.
    private static readonly Arbitrary<(int Source, string Id)[]> Keys = (
        from start in Gen.Choose(0, 20)
        from steps in Gen.ArrayOf(
            from source in Gen.Choose(0, 2)
            from step in Gen.Frequency((20, Gen.Choose(1, 30)), (1, Gen.Choose(-60, 0)))
            select (source, step))
        from byBytes in Gen.Elements(false, true)
        select Walk(start, steps, byBytes)).ToArbitrary();

    [Fact]
    public void Ids_ascend_by_length_as_long_as_each_is_seen_to()
    {
        var index = new RecordKeyIndex();
        (int one, int other) = (index.AddSource("a"), index.AddSource("b"));
        Assert.True(index.AscendsByLength);
        Add(one, "C9");
        Add(other, "B100");
        Add(one, "C10");
        Assert.True(index.AscendsByLength);

        // A look-up builds the index, and what is added behind it is not compared any more.
        Assert.Equal(1, index.Find(other, "B100"u8));
        Assert.True(index.AscendsByLength);
        Add(one, "C11");
        Assert.False(index.AscendsByLength);

        void Add(int source, string id) => Assert.True(index.TryAdd(source, Encoding.UTF8.GetBytes(id), out _));
    }

    [Theory]
    [InlineData("C10", "C9")]
    [InlineData("C2", "C1")]
    public void Ids_that_came_out_of_order_do_not_ascend(string first, string second)
    {
        var index = new RecordKeyIndex();
        int source = index.AddSource("a");
        Assert.True(index.TryAdd(source, Encoding.UTF8.GetBytes(first), out _));
        Assert.True(index.TryAdd(source, Encoding.UTF8.GetBytes(second), out _));

        Assert.False(index.AscendsByLength);
    }

    [Fact]
    public void Nothing_is_known_of_the_order_once_a_record_has_another_source()
    {
        var index = new RecordKeyIndex();
        (int one, int other) = (index.AddSource("a"), index.AddSource("b"));
        Assert.True(index.TryAdd(one, "2"u8, out _));
        Assert.True(index.TryAdd(other, "1"u8, out int guest));
        index.Disguise(guest, one);

        Assert.False(index.AscendsByLength);
    }

    [Fact]
    public void A_key_is_taken_once_and_found_again() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(17UL, 19UL),
        Prop.ForAll(Keys, keys =>
        {
            var index = new RecordKeyIndex();
            int[] sources = [index.AddSource("a"), index.AddSource("b"), index.AddSource("c")];
            var taken = new Dictionary<(int, string), int>();
            foreach ((int source, string id) in keys)
            {
                bool isNew = index.TryAdd(sources[source], Encoding.UTF8.GetBytes(id), out int record);
                Assert.Equal(taken.TryAdd((source, id), taken.Count), isNew);
                Assert.Equal(taken[(source, id)], record);
            }
            Assert.Equal(taken.Count, index.Count);
            foreach (((int source, string id), int record) in taken)
            {
                Assert.Equal(record, index.Find(sources[source], Encoding.UTF8.GetBytes(id)));
                Assert.Equal(-1, index.Find(sources[source], Encoding.UTF8.GetBytes(id + "?")));
                Assert.Equal(id, index.Key(record).Id);
                Assert.Equal(source, index.SourceOf(record));
            }
        }));

    [Fact]
    public void The_hash_of_a_key_depends_on_nothing_but_the_key()
    {
        var one = new RecordKeyIndex();
        one.TryAdd(one.AddSource("crm"), "7"u8, out int first);
        var other = new RecordKeyIndex();
        other.TryAdd(other.AddSource("shop"), "7"u8, out int shop);
        other.TryAdd(other.AddSource("crm"), "70"u8, out _);
        other.TryAdd(other.AddSource("crm"), "7"u8, out int second);

        Assert.Equal(one.Hash(first), other.Hash(second));
        Assert.NotEqual(other.Hash(shop), other.Hash(second));
    }

    private static (int Source, string Id)[] Walk(int start, (int Source, int Step)[] steps, bool byBytes)
    {
        int[] at = [start, start, start];
        return [.. steps.Select(step => (step.Source, Id(at[step.Source] = Math.Max(0, at[step.Source] + step.Step), byBytes)))];
    }

    // "x0012", which was 120, stands behind "x00119" by bytes, though it is shorter.
    private static string Id(int number, bool byBytes) => byBytes
        ? "x" + number.ToString("D5", CultureInfo.InvariantCulture).TrimEnd('0')
        : number.ToString(CultureInfo.InvariantCulture);
}
