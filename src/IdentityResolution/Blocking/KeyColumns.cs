using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>Combined keys to be grouped, read a stretch at a time; from any thread.</summary>
internal interface IKeySource
{
    /// <summary>How many places there are to read; each holds one key at most.</summary>
    int Length { get; }

    /// <summary>Reads the keys of a stretch and the record of each, in order.</summary>
    /// <param name="first">The first place.</param>
    /// <param name="keys">Receives the keys. Length: places to read.</param>
    /// <param name="records">Receives the record of each key. Length: that of the keys.</param>
    /// <returns>How many keys there are.</returns>
    int Read(int first, Span<ulong> keys, Span<int> records);
}

/// <summary>The keys of records that have one of a rule at most, made of their codes column by column.</summary>
/// <param name="features">The features that a key is combined of; none of them has several values.</param>
/// <param name="records">How many records there are.</param>
internal sealed class KeyColumns(FeatureMap[] features, int records) : IKeySource
{
    private const ulong None = ulong.MaxValue;

    /// <inheritdoc/>
    public int Length => records;

    /// <inheritdoc/>
    public int Read(int first, Span<ulong> keys, Span<int> records)
    {
        for (int position = 0; position < features.Length; position++)
        {
            ReadOnlySpan<int> values = features[position].Column.Codes.AsSpan(first, keys.Length);
            // Empty = the value itself.
            ReadOnlySpan<int> featureOf = features[position].CodeOfValue is { } codes ? codes.Span : default;
            for (int i = 0; i < values.Length; i++)
            {
                int code = values[i];
                code = code < 0 || featureOf.IsEmpty ? code : featureOf[code];
                keys[i] = code < 0 || (position > 0 && keys[i] == None) ? None : position == 0 ? (ulong)code : BlockKeys.Combine(keys[i], code, position);
            }
        }
        int count = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] != None)
            {
                records[count] = first + i;
                keys[count++] = keys[i];
            }
        }
        return count;
    }
}
