using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IdentityResolution.Internals;

namespace IdentityResolution.Matching;

/// <summary>One code for each combination of codes of several fields. Grows; safe from any thread.</summary>
/// <param name="fields">How many fields there are; at least two.</param>
internal sealed class JointCodes(int fields)
{
    private readonly Lock _lock = new();

    // The last combination of each hash; before it come those that share it.
    private readonly Dictionary<ulong, int> _last = [];
    private readonly List<int> _before = [];
    private volatile int[] _parts = new int[fields * 64];

    /// <summary>The code of a combination, a new one when it was not seen before.</summary>
    /// <param name="parts">A code for each field.</param>
    public int GetOrAdd(ReadOnlySpan<int> parts)
    {
        ulong hash = StableHash.Of(MemoryMarshal.AsBytes(parts));
        lock (_lock)
        {
            ref int last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, hash, out bool exists);
            for (int known = exists ? last : -1; known >= 0; known = _before[known])
            {
                if (parts.SequenceEqual(_parts.AsSpan(known * fields, fields)))
                {
                    return known;
                }
            }
            int code = _before.Count;
            int[] all = _parts;
            if ((code + 1) * fields > all.Length)
            {
                // Who reads meanwhile has the old array, and codes that stand in it.
                Array.Resize(ref all, all.Length * 2);
            }
            parts.CopyTo(all.AsSpan(code * fields));
            _parts = all;
            _before.Add(exists ? last : -1);
            return last = code;
        }
    }

    /// <summary>The code that a field has in a combination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PartOf(int field, int code) => _parts[(code * fields) + field];
}
