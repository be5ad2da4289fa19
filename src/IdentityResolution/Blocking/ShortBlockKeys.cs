using IdentityResolution.Fields;

namespace IdentityResolution.Blocking;

/// <summary>The keys of a rule whose codes, of one feature or of two side by side, fit in 32 bits; one per record that has all of them.</summary>
internal sealed class ShortBlockKeys
{
    private readonly FieldTable _table;
    private readonly FeatureMap _first;
    private readonly FeatureMap? _second;
    private readonly int _secondBits;

    private ShortBlockKeys(FieldTable table, FeatureMap first, FeatureMap? second)
    {
        _table = table;
        _first = first;
        _second = second;
        _secondBits = second?.CodeBits ?? 0;
        Bits = Math.Max(1, first.CodeBits + _secondBits);
    }

    /// <summary>Significant bits of the keys.</summary>
    public int Bits { get; }

    /// <summary>The keys of a rule; null = they do not fit, or a record may have several.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features.</param>
    public static ShortBlockKeys? TryCreate(FieldTable table, IReadOnlyList<string> keys)
    {
        if (keys.Count > 2 || keys.Any(BlockKeys.IsSplitKey) || keys.Any(key => table.Prepare(key).HasSets))
        {
            return null;
        }
        var made = new ShortBlockKeys(table, table.Prepare(keys[0]), keys.Count == 1 ? null : table.Prepare(keys[1]));
        return made.Bits > 32 ? null : made;
    }

    /// <summary>The keys, in order of records.</summary>
    /// <param name="keys">Receives them. Length: that of the table.</param>
    /// <returns>How many there are.</returns>
    public int Collect(uint[] keys)
    {
        var taker = new KeyTaker(keys);
        Visit(ref taker);
        return taker.Count;
    }

    /// <summary>The keys with their records, in order of records.</summary>
    /// <param name="keys">Receives them. Length: that of the table.</param>
    /// <param name="records">Receives the record of each. Length: that of the table.</param>
    /// <returns>How many there are.</returns>
    public int Collect(uint[] keys, int[] records)
    {
        var taker = new RecordTaker(keys, records);
        Visit(ref taker);
        return taker.Count;
    }

    /// <summary>How many records have each key.</summary>
    /// <param name="counts">Receives the counts, by key. Length: 2 to the <see cref="Bits"/>; zeros before.</param>
    public void Count(int[] counts)
    {
        var taker = new CountTaker(counts);
        Visit(ref taker);
    }

    // Values of one key, or of two, with the features of the values where the key is not the value itself.
    private void Visit<TTaker>(ref TTaker taker)
        where TTaker : struct, ITaker
    {
        ReadOnlySpan<int> first = _first.Column.Codes.AsSpan(0, _table.Count);
        ReadOnlySpan<int> second = _second is null ? default : _second.Column.Codes.Span;
        ReadOnlySpan<int> featureOfFirst = _first.CodeOfValue is { } ofFirst ? ofFirst.Span : default;
        ReadOnlySpan<int> featureOfSecond = _second?.CodeOfValue is { } ofSecond ? ofSecond.Span : default;
        for (int record = 0; record < first.Length; record++)
        {
            int code = first[record];
            int other = second.IsEmpty ? 0 : second[record];
            if ((code | other) < 0)
            {
                continue;
            }
            code = featureOfFirst.IsEmpty ? code : featureOfFirst[code];
            other = featureOfSecond.IsEmpty ? other : featureOfSecond[other];
            if ((code | other) >= 0)
            {
                taker.Take(((uint)code << _secondBits) | (uint)other, record);
            }
        }
    }

    private interface ITaker
    {
        void Take(uint key, int record);
    }

    private struct KeyTaker(uint[] keys) : ITaker
    {
        public int Count { get; private set; }

        public void Take(uint key, int record) => keys[Count++] = key;
    }

    private struct RecordTaker(uint[] keys, int[] records) : ITaker
    {
        public int Count { get; private set; }

        public void Take(uint key, int record)
        {
            keys[Count] = key;
            records[Count++] = record;
        }
    }

    private readonly struct CountTaker(int[] counts) : ITaker
    {
        public void Take(uint key, int record) => counts[key]++;
    }
}
