using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Evaluation;

/// <summary>The raw values of records, for lists of pairs that a person looks at.</summary>
public sealed class RecordValues
{
    private readonly RecordTable _table;
    private readonly Dictionary<string, int>? _byId;

    private RecordValues(RecordTable table, bool byIdAlone)
    {
        _table = table;
        Columns = [.. table.Segments.SelectMany(segment => segment.Columns).Select(column => column.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
        _byId = byIdAlone ? NumberIds(table.Keys) : null;
    }

    /// <summary>The columns of all inputs, each name once (compared without case), in the order of the inputs.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads records.</summary>
    /// <param name="inputs">Where the records are; rows that can't be read are passed over.</param>
    /// <param name="byIdAlone">Whether records are looked up by their ids alone, because their sources are not known.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The values.</returns>
    /// <exception cref="InvalidRecordException">An input can't be read.</exception>
    /// <exception cref="FileNotFoundException">An input's file does not exist.</exception>
    /// <exception cref="ArgumentException">Records are looked up by id alone, and two of them have the same id.</exception>
    public static async Task<RecordValues> ReadAsync(
        IReadOnlyList<RecordSet> inputs, bool byIdAlone = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RecordTable table = await RecordTableReader.ReadAsync(inputs, new RecordTableBuilder(), null, null, cancellationToken).ConfigureAwait(false);
        return new RecordValues(table, byIdAlone);
    }

    /// <summary>Is there such a record?</summary>
    /// <param name="key">The record.</param>
    /// <returns>Whether an input holds it.</returns>
    public bool Contains(RecordKey key) => Find(key) >= 0;

    /// <summary>The values of a record, one for each of <see cref="Columns"/>.</summary>
    /// <param name="key">The record.</param>
    /// <returns>The values; null where it has none. All null when there is no such record.</returns>
    public IReadOnlyList<string?> Of(RecordKey key)
    {
        string?[] values = new string?[Columns.Count];
        int record = Find(key);
        if (record < 0)
        {
            return values;
        }
        RecordSegment segment = _table.Segments.First(segment => record >= segment.Start && record < segment.Start + segment.Count);
        for (int i = 0; i < values.Length; i++)
        {
            int code = segment.Find(Columns[i]) is { } column ? column.Codes[record - segment.Start] : -1;
            values[i] = code < 0 ? null : segment.Find(Columns[i])!.Values.GetString(code);
        }
        return values;
    }

    private int Find(RecordKey key) => _byId is null
        ? _table.Keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id))
        : _byId.GetValueOrDefault(key.Id, -1);

    private static Dictionary<string, int> NumberIds(RecordKeyIndex keys)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int record = 0; record < keys.Count; record++)
        {
            if (!numbers.TryAdd(keys.Key(record).Id, record))
            {
                throw new ArgumentException("Record ids repeat between the sources, so records can't be looked up by their ids alone.", nameof(keys));
            }
        }
        return numbers;
    }
}
