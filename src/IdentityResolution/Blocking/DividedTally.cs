using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>Counts the pairs of a rule whose blocks over a limit are divided, for several limits at once: one sort serves them all.</summary>
internal sealed class DividedTally
{
    // Where the code of each divider begins, after the keys of the rule.
    private readonly int[] _shifts;
    private readonly int[] _bits;
    private readonly int _limit;
    private long _pairs;
    private int _blocks;
    private OversizedBlocks _divided;
    private OversizedBlocks _oversized;

    private DividedTally(int[] shifts, int[] bits, int limit)
    {
        _shifts = shifts;
        _bits = bits;
        _limit = limit;
    }

    /// <summary>Counts, where all codes of a record fit side by side into 63 bits.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features that must be present and equal.</param>
    /// <param name="limits">Records in the largest block that is kept.</param>
    /// <param name="divideBy">Features that larger blocks are divided by, in order.</param>
    /// <returns>A tally for each limit; null = the codes do not fit, or a record may have several.</returns>
    public static BlockTally[]? TryCount(FieldTable table, IReadOnlyList<string> keys, IReadOnlyList<int> limits, IReadOnlyList<string> divideBy)
    {
        if (keys.Concat(divideBy).Any(BlockKeys.IsSplitKey))
        {
            return null;
        }
        FeatureMap[] key = [.. keys.Select(table.Prepare)];
        FeatureMap[] dividers = [.. divideBy.Select(table.Prepare)];
        // 0 = the record lacks the feature.
        int[] bits = [.. dividers.Select(divider => divider.CodeBits + 1)];
        if (key.Concat(dividers).Any(feature => feature.HasSets) || key.Sum(feature => feature.CodeBits) + bits.Sum() > 63)
        {
            return null;
        }
        int[] shifts = [.. bits.Select((_, place) => bits.Skip(place + 1).Sum())];
        ulong[] packed = Scratch.Rent<ulong>(table.Count);
        Span<ulong> sorted = packed.AsSpan(0, Pack(table.Count, key, dividers, bits, packed));
        RadixSort.Sort(sorted, []);
        var tallies = new BlockTally[limits.Count];
        for (int i = 0; i < tallies.Length; i++)
        {
            var tally = new DividedTally(shifts, bits, limits[i]);
            tally.TakeAll(sorted, bits.Sum());
            tallies[i] = new BlockTally(tally._pairs, tally._oversized, tally._blocks, tally._divided);
        }
        Scratch.Return(packed);
        return tallies;
    }

    private static int Pack(int records, FeatureMap[] key, FeatureMap[] dividers, int[] bits, ulong[] packed)
    {
        int count = 0;
        for (int record = 0; record < records; record++)
        {
            ulong codes = 0;
            bool isWhole = true;
            foreach (FeatureMap feature in key)
            {
                int code = feature.CodeOf(record);
                isWhole &= code >= 0;
                codes = (codes << feature.CodeBits) | (uint)code;
            }
            if (isWhole)
            {
                for (int i = 0; i < dividers.Length; i++)
                {
                    codes = (codes << bits[i]) | (uint)(dividers[i].CodeOf(record) + 1);
                }
                packed[count++] = codes;
            }
        }
        return count;
    }

    private void TakeAll(ReadOnlySpan<ulong> sorted, int shift)
    {
        for (int start = 0; start < sorted.Length;)
        {
            int size = SizeAt(sorted[start..], shift);
            if (size > _limit)
            {
                _divided = _divided.Add(size);
            }
            Take(sorted.Slice(start, size), 0);
            start += size;
        }
    }

    // Records that agree in the keys and the first features.
    private void Take(ReadOnlySpan<ulong> part, int level)
    {
        if (part.Length <= _limit)
        {
            _pairs += (long)part.Length * (part.Length - 1) / 2;
            _blocks += part.Length > 1 ? 1 : 0;
        }
        else if (level == _bits.Length)
        {
            _oversized = _oversized.Add(part.Length);
        }
        else
        {
            ulong mask = (1UL << _bits[level]) - 1;
            for (int start = 0; start < part.Length;)
            {
                int size = SizeAt(part[start..], _shifts[level]);
                if (((part[start] >> _shifts[level]) & mask) != 0)
                {
                    Take(part.Slice(start, size), level + 1);
                }
                start += size;
            }
        }
    }

    // How many agree with the first one from a bit on.
    private static int SizeAt(ReadOnlySpan<ulong> sorted, int shift)
    {
        ulong first = sorted[0] >> shift;
        int size = 1;
        while (size < sorted.Length && sorted[size] >> shift == first)
        {
            size++;
        }
        return size;
    }
}
