using IdentityResolution.Records;

namespace IdentityResolution.Live;

/// <summary>Finds the records of keys that mostly come in the order of the records, as a store gives them: the next key is looked for where the last one was found.</summary>
internal sealed class KeyFinder(RecordKeyIndex keys)
{
    private const int Ahead = 16;
    private string? _source;
    private int _number;
    private int _near;

    /// <summary>The record of a key, or -1.</summary>
    public int Find(string source, ReadOnlySpan<byte> id)
    {
        if (!ReferenceEquals(source, _source))
        {
            _source = source;
            _number = keys.FindSource(source);
        }
        int end = Math.Min(keys.Count, _near + Ahead);
        for (int record = _near; record < end; record++)
        {
            if (keys.Is(record, _number, id))
            {
                return _near = record;
            }
        }
        int found = keys.Find(_number, id);
        _near = Math.Max(found, 0);
        return found;
    }
}
