using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Records;

public class ValueDictionaryTests
{
    [Theory]
    [InlineData(50, 1_000)]
    [InlineData(40_000, 100_000)]
    public void Many_at_a_time_get_the_codes_that_they_get_one_by_one(int distinct, int count)
    {
        var random = new Random(distinct);
        string[] values = [.. Enumerable.Range(0, count).Select(_ => Value(random.Next(distinct)))];
        var one = new ValueDictionary();
        int[] expected = [.. values.Select(value => value.Length == 0 ? -1 : one.GetOrAdd(Encoding.UTF8.GetBytes(value)))];
        var all = new ValueDictionary();
        var codes = new int[count];
        for (int first = 0; first < count; first += 777)
        {
            int length = Math.Min(777, count - first);
            (byte[] bytes, BytePlace[] places) = Places(values.AsSpan(first, length));
            all.GetOrAddAll(bytes, places, codes.AsSpan(first, length), share: (double)(first + length) / count);
        }

        Assert.Equal(expected, codes);
        Assert.Equal(Enumerable.Range(0, one.Count).Select(one.GetString), Enumerable.Range(0, all.Count).Select(all.GetString));
    }

    [Fact]
    public void Without_its_index_a_dictionary_still_finds_and_adds()
    {
        var values = new ValueDictionary();
        for (int i = 0; i < 1000; i++)
        {
            values.GetOrAdd(Encoding.UTF8.GetBytes($"value {i}"));
        }

        values.ReleaseIndex();

        Assert.Equal(700, values.Find("value 700"u8));
        Assert.Equal(-1, values.Find("value 1000"u8));
        values.ReleaseIndex();
        Assert.Equal(3, values.GetOrAdd("value 3"u8));
        Assert.Equal(1000, values.GetOrAdd("value 1000"u8));
    }

    [Fact]
    public void Values_of_any_length_are_found_forgotten_and_found_again()
    {
        const int Longest = 600;
        byte[] text = Encoding.UTF8.GetBytes(new string('x', Longest));
        var values = new ValueDictionary();
        int[] codes = [.. Enumerable.Range(1, Longest).Select(length => values.GetOrAdd(text.AsSpan(0, length)))];

        Assert.Equal(Enumerable.Range(0, Longest), codes);
        Assert.Equal(codes, Enumerable.Range(1, Longest).Select(length => values.Find(text.AsSpan(0, length))));
        values.ReleaseIndex();
        Assert.Equal(codes, Enumerable.Range(1, Longest).Select(length => values.GetOrAdd(text.AsSpan(0, length))));

        values.Truncate(254);

        Assert.Equal(253, values.Find(text.AsSpan(0, 254)));
        Assert.Equal(-1, values.Find(text.AsSpan(0, 255)));
        Assert.Equal(254, values.GetOrAdd(text.AsSpan(0, 300)));
        Assert.Equal(text[..300], values[254].ToArray());
    }

    // All lengths around those at which comparing and hashing change their way, the empty value among them.
    private static string Value(int number) => number == 0 ? "" : $"{number}{new string('x', number % 37)}";

    private static (byte[] Bytes, BytePlace[] Places) Places(ReadOnlySpan<string> values)
    {
        var bytes = new List<byte>();
        var places = new BytePlace[values.Length];
        for (int i = 0; i < places.Length; i++)
        {
            byte[] value = Encoding.UTF8.GetBytes(values[i]);
            places[i] = new BytePlace(bytes.Count, value.Length);
            bytes.AddRange(value);
        }
        return ([.. bytes], places);
    }
}
