using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Records;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Automatic;

public class FloodingValuesTests
{
    // Two columns in which one value may be common, with and without white space about it.
    private static readonly Arbitrary<(int Common, int Spaced, int Others, bool Second)> Cases = (
        from common in Gen.Choose(0, 60)
        from spaced in Gen.Choose(0, 60)
        from others in Gen.Choose(5, 60)
        from second in Gen.Elements(true, false)
        select (common, spaced, others, second)).ToArbitrary();

    [Fact]
    public void What_floods_is_what_counting_trimmed_values_finds() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(5UL, 7UL),
        Prop.ForAll(Cases, item =>
        {
            string[] others = [.. Enumerable.Range(0, item.Others).Select(i => $"v{i}@example.org")];
            string[] first = [.. others, .. Enumerable.Repeat("none@example.org", item.Common)];
            string[] second = [.. Enumerable.Repeat("none@example.org ", item.Spaced), .. Enumerable.Repeat(item.Second ? "none@example.org" : "v1@example.org", 9)];
            ColumnProfile[] columns = [Profile(first), Profile(second)];
            Assert.Equal(Plainly([.. first, .. second]), FloodingValues.Find(columns, first.Length + second.Length));
        }));

    [Fact]
    public void A_value_floods_though_each_way_to_write_it_is_rarer()
    {
        string[] others = [.. Enumerable.Range(0, 40).Select(i => $"v{i}@example.org")];
        string[] values = [.. others, .. Enumerable.Repeat("x@example.org", 12), .. Enumerable.Repeat(" x@example.org", 12)];
        Assert.Equal([("x@example.org", 24L)], FloodingValues.Find([Profile(values)], values.Length));
    }

    private static List<(string Value, long Records)> Plainly(string[] values)
    {
        (string Value, long Records)[] counts = [.. values
            .GroupBy(value => value.Trim(), StringComparer.Ordinal)
            .Select(group => (group.Key, (long)group.Count()))
            .OrderByDescending(entry => entry.Item2)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)];
        return counts.Length < 20 ? [] : [.. counts.Take(10).Where(entry => entry.Records >= Math.Max(20, Math.Max(10 * counts[9].Records, 0.003 * values.Length)))];
    }

    private static ColumnProfile Profile(string[] values)
    {
        var dictionary = new ValueDictionary();
        int[] codes = [.. values.Select(value => dictionary.GetOrAdd(Encoding.UTF8.GetBytes(value)))];
        var column = new RawColumn("email", dictionary, codes);
        return ColumnProfile.Create(new RecordSegment("file", "crm", 0, values.Length, [column]), column);
    }
}
