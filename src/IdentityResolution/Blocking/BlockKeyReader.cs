using IdentityResolution.Features;
using IdentityResolution.Fields;

namespace IdentityResolution.Blocking;

/// <summary>The combined keys of one record at a time, as <see cref="BlockKeys"/> has them for all records.</summary>
internal sealed class BlockKeyReader
{
    private readonly FeatureMap[] _features;
    private readonly SplitFeature? _split;
    private readonly List<int> _codes = [];

    /// <summary>Prepares the features.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features; at most one of them split.</param>
    public BlockKeyReader(FieldTable table, IReadOnlyList<string> keys)
    {
        _features = [.. keys.Where(key => !BlockKeys.IsSplitKey(key)).Select(table.Prepare)];
        _split = keys.FirstOrDefault(BlockKeys.IsSplitKey) is { } split ? table.PrepareSplit(split) : null;
    }

    /// <summary>Replaces the contents of a list by the keys of a record, each once.</summary>
    public void Read(int record, List<ulong> keys)
    {
        keys.Clear();
        ulong rest = 0;
        if (_features.Length > 0 && !BlockKeys.TryCombine(_features, record, out rest))
        {
            return;
        }
        if (_split is null)
        {
            keys.Add(rest);
            return;
        }
        _split.AddCodes(record, _codes);
        foreach (int code in _codes)
        {
            keys.Add(BlockKeys.Combine(rest, _features.Length, code));
        }
    }
}
