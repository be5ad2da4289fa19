using System.Globalization;
using IdentityResolution.Generation;

namespace IdentityResolution.Benchmarks.Live;

/// <summary>What comes to a live index: half of the changes are of customers who moved, half are of people who come for the first time.</summary>
internal sealed class LiveTraffic
{
    private readonly SourceRecord[] _known;
    private readonly SourceRecord[] _strangers;
    private int _next;

    /// <summary>Makes records of the people that a store was filled with, and of others.</summary>
    /// <param name="records">How many records the store was filled with.</param>
    /// <param name="moving">How many of them to keep for moving.</param>
    public LiveTraffic(int records, int moving)
    {
        int stride = Math.Max(1, records / moving);
        _known = [.. People(records, 1).Where((_, i) => i % stride == 0)];
        _strangers = [.. People(Math.Max(1_000, records / 4), 2).Select(record => record with { Key = record.Key with { Id = $"n{record.Key.Id}" } })];
    }

    /// <summary>People as a file of <c>idres generate</c> has them.</summary>
    public static IEnumerable<SourceRecord> People(int records, ulong seed) => PeopleGenerator
        .Generate(new PeopleGeneratorOptions { Records = records, Seed = seed })
        .Select(record => SourceRecord.Create(
            record.Source, record.RecordId,
            ("first_name", record.FirstName), ("surname", record.Surname),
            ("date_of_birth", record.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("email", record.Email), ("phone", record.Phone), ("street", record.Street), ("city", record.City), ("postcode", record.Postcode)));

    /// <summary>The next changes.</summary>
    public SourceRecord[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    /// <summary>A person who may be in the store or not.</summary>
    public SourceRecord Stranger(int i) => _strangers[(int)(Math.Abs((long)i) * 31 % _strangers.Length)];

    private SourceRecord Next()
    {
        int i = _next++;
        if (i % 2 == 0)
        {
            return _strangers[i / 2 % _strangers.Length];
        }
        // Another street and postcode, taken from somebody else.
        SourceRecord record = _known[i / 2 % _known.Length];
        SourceRecord other = _known[(i / 2 + 17) % _known.Length];
        var values = new Dictionary<string, string?>(record.Values, StringComparer.Ordinal)
        {
            ["street"] = other.Values["street"],
            ["postcode"] = other.Values["postcode"],
            ["city"] = other.Values["city"],
        };
        return new SourceRecord(record.Key, values);
    }
}
