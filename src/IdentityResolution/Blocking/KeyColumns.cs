using IdentityResolution.Fields;

namespace IdentityResolution.Blocking;

/// <summary>Combined keys to be grouped, read a stretch at a time; from any thread.</summary>
internal interface IKeySource
{
    /// <summary>Stands where there is no key.</summary>
    const ulong None = ulong.MaxValue;

    /// <summary>How many places there are; each holds one key at most.</summary>
    int Length { get; }

    /// <summary>The record of each place; empty = places are records.</summary>
    ReadOnlySpan<int> RecordOf { get; }

    /// <summary>Reads the keys of a stretch.</summary>
    /// <param name="first">The first place.</param>
    /// <param name="keys">Receives the key of each place, or <see cref="None"/>. Length: places to read.</param>
    void Read(int first, Span<ulong> keys);
}

/// <summary>The keys of records that have one of a rule at most, made of their codes column by column.</summary>
/// <param name="features">The features that a key is combined of; none of them has several values.</param>
/// <param name="records">How many records there are.</param>
internal sealed class KeyColumns(FeatureMap[] features, int records) : IKeySource
{
    /// <inheritdoc/>
    public int Length => records;

    /// <inheritdoc/>
    public ReadOnlySpan<int> RecordOf => [];

    /// <inheritdoc/>
    public void Read(int first, Span<ulong> keys)
    {
        for (int position = 0; position < features.Length; position++)
        {
            FeatureCodeReader codes = features[position].Codes;
            for (int i = 0; i < keys.Length; i++)
            {
                int code = codes[first + i];
                keys[i] = code < 0 || (position > 0 && keys[i] == IKeySource.None) ? IKeySource.None
                    : position == 0 ? (ulong)code
                    : BlockKeys.Combine(keys[i], code, position);
            }
        }
    }
}
