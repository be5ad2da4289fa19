using IdentityResolution.Live;

namespace IdentityResolution.Tests.Live;

public class RecordGroupsTests
{
    [Fact]
    public void Any_changes_leave_the_groups_of_a_plain_dictionary() => Law.Holds(
        random =>
        {
            var plain = new SortedDictionary<ulong, List<int>>();
            // Keys that share their low bits, and keys that do not: slots are fought for, and given back.
            ulong[] keys = [.. Enumerable.Range(0, random.Next(1, 60)).Select(key => (ulong)key << (key % 3 * 20))];
            int records = random.Next(1, 50);
            for (int i = random.Next(0, 200); i > 0; i--)
            {
                Add(plain, keys[random.Next(keys.Length)], random.Next(records));
            }
            var groups = new RecordGroups();
            (ulong Key, int Record)[] filled = [.. plain.SelectMany(entry => entry.Value.Select(record => (entry.Key, record)))];
            groups.Fill([.. filled.Select(entry => entry.Key)], [.. filled.Select(entry => entry.Record)]);
            for (int i = random.Next(0, 600); i > 0; i--)
            {
                ulong key = keys[random.Next(keys.Length)];
                int record = random.Next(records);
                if (Add(plain, key, record))
                {
                    groups.Add(key, record);
                }
                else
                {
                    groups.Remove(key, record);
                    plain[key].Remove(record);
                }
            }
            foreach (ulong key in keys)
            {
                List<int> expected = plain.GetValueOrDefault(key, []);
                Assert.Equal(expected.Count, groups.Count(key));
                Assert.Equal(expected.Count < 2 ? [] : expected.Order(), groups[key].ToArray().Order());
            }
            Assert.Equal(plain.Where(entry => entry.Value.Count >= 3).Select(entry => entry.Key), groups.KeysOf(3).Order());
        },
        500);

    private static bool Add(SortedDictionary<ulong, List<int>> plain, ulong key, int record)
    {
        if (!plain.TryGetValue(key, out List<int>? own))
        {
            plain.Add(key, own = []);
        }
        if (own.Contains(record))
        {
            return false;
        }
        own.Add(record);
        return true;
    }
}
