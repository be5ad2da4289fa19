using IdentityResolution.Fields;

namespace IdentityResolution.Blocking;

/// <summary>The combined keys of one record at a time. Holds scratch; one per thread.</summary>
internal sealed class BlockKeyReader
{
    private readonly SplitFeature? _split;
    private readonly List<int> _codes = [];
    private List<ulong> _before = [];
    private List<ulong> _combined = [];

    /// <summary>Prepares the features.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features; at most one of them split.</param>
    public BlockKeyReader(FieldTable table, IReadOnlyList<string> keys)
    {
        Features = [.. keys.Where(key => !BlockKeys.IsSplitKey(key)).Select(table.Prepare)];
        _split = keys.FirstOrDefault(BlockKeys.IsSplitKey) is { } split ? table.PrepareSplit(split) : null;
    }

    /// <summary>The features that are not split.</summary>
    public FeatureMap[] Features { get; }

    /// <summary>Can a record have several keys?</summary>
    public bool MayReadSeveral => _split is not null || Array.Exists(Features, feature => feature.HasSets);

    /// <summary>Replaces the contents of a list by the keys of a record: one for each combination of its values and words.</summary>
    public void Read(int record, List<ulong> keys)
    {
        keys.Clear();
        if (!MayReadSeveral)
        {
            if (BlockKeys.TryCombine(Features, record, out ulong key))
            {
                keys.Add(key);
            }
            return;
        }
        _combined.Clear();
        int parts = Features.Length + (_split is null ? 0 : 1);
        for (int part = 0; part < parts && (part == 0 || _combined.Count > 0); part++)
        {
            _codes.Clear();
            if (part < Features.Length)
            {
                Features[part].AddCodes(record, _codes);
            }
            else
            {
                _split!.AddCodes(record, _codes);
            }
            (_before, _combined) = (_combined, _before);
            _combined.Clear();
            foreach (int code in _codes)
            {
                Combine(code, part);
            }
        }
        keys.AddRange(_combined);
    }

    private void Combine(int code, int part)
    {
        if (part == 0)
        {
            _combined.Add((ulong)code);
            return;
        }
        foreach (ulong key in _before)
        {
            _combined.Add(BlockKeys.Combine(key, code, part));
        }
    }
}
