using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Diagnostics;

public class ColumnDependenceTests
{
    // Few and many values, one that follows from the other with noise, and missing ones.
    private static readonly Arbitrary<(int First, int Second)[]> Cases = (
        from values in Gen.Choose(1, 40)
        from ratio in Gen.Choose(1, 8)
        from noise in Gen.Choose(0, 30)
        from pairs in Gen.ListOf(
            from first in Gen.Choose(-1, values)
            from strays in Gen.Choose(0, 100)
            from stray in Gen.Choose(-1, values)
            select (first, strays < noise ? stray : first < 0 ? 0 : first / ratio), 400)
        select pairs.ToArray()).ToArbitrary();

    [Fact]
    public void A_field_tells_another_exactly_when_counting_plainly_says_so()
    {
        int told = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(11UL, 13UL),
            Prop.ForAll(Cases, pairs =>
            {
                FieldTable table = Table(pairs);
                bool expected = Plainly(pairs);
                told += expected ? 1 : 0;
                Assert.Equal(expected, Of(table).Determines(table["first"], table["second"]));
            }));
        Assert.InRange(told, 20, 280);
    }

    [Fact]
    public void Copies_are_seen_by_their_values()
    {
        FieldTable table = Table([.. Enumerable.Range(0, 100).Select(record => (record, record % 11 == 0 ? 999 : record))]);
        Assert.True(Of(table).AreCopies(table["first"], table["second"]));
        FieldTable other = Table([.. Enumerable.Range(0, 100).Select(record => (record, record % 5 == 0 ? 999 : record))]);
        Assert.False(Of(other).AreCopies(other["first"], other["second"]));
    }

    // The definition, by dictionaries: what the first tells of the second beside guessing its commonest value.
    private static bool Plainly((int First, int Second)[] pairs)
    {
        (int First, int Second)[] present = [.. pairs.Where(pair => pair.First >= 0 && pair.Second >= 0)];
        (int First, int Second)[] shared = [.. present.GroupBy(pair => pair.First).Where(group => group.Count() >= 10).SelectMany(group => group)];
        if (shared.Length < 50 || shared.Length < 0.3 * present.Length)
        {
            return false;
        }
        int told = shared.GroupBy(pair => pair.First).Sum(group => group.GroupBy(pair => pair.Second).Max(same => same.Count()));
        int guessed = shared.GroupBy(pair => pair.Second).Max(same => same.Count());
        return guessed < 0.95 * shared.Length && told - guessed >= 0.95 * (shared.Length - guessed);
    }

    private static FieldTable Table((int First, int Second)[] pairs)
    {
        var keys = new RecordKeyIndex();
        int source = keys.AddSource("crm");
        for (int record = 0; record < pairs.Length; record++)
        {
            Assert.True(keys.TryAdd(source, Encoding.UTF8.GetBytes(record.ToString(CultureInfo.InvariantCulture)), out _));
        }
        return new FieldTable(keys, [Column("first", pairs.Select(pair => pair.First)), Column("second", pairs.Select(pair => pair.Second))]);
    }

    private static FieldColumn Column(string name, IEnumerable<int> numbers)
    {
        var values = new ValueDictionary();
        int[] codes = [.. numbers.Select(number =>
            number < 0 ? -1 : values.GetOrAdd(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))))];
        return new FieldColumn(name, values, codes);
    }

    private static ColumnDependence Of(FieldTable table) => ColumnDependence.Of(table.Keys.Hashes(Workers.One), Workers.One);
}
