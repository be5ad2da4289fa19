using System.Runtime.InteropServices;

namespace IdentityResolution.Training;

/// <summary>How often each comparison pattern was seen: some hundreds of patterns stand for millions of pairs.</summary>
internal sealed class PatternCounts
{
    private readonly Dictionary<PatternKey, long> _counts = [];

    /// <summary>Pairs counted.</summary>
    public long Pairs { get; private set; }

    /// <summary>Counts one pair.</summary>
    public void Add(PatternKey pattern) => Add(pattern, 1);

    /// <summary>Adds the counts of another set.</summary>
    public void Add(PatternCounts other)
    {
        foreach ((PatternKey pattern, long count) in other._counts)
        {
            Add(pattern, count);
        }
    }

    /// <summary>The patterns in a fixed order, so that sums of fractions come out the same in every run.</summary>
    public Pattern[] ToSortedArray(int comparisons) => [.. _counts
        .OrderBy(entry => entry.Key.Levels)
        .ThenBy(entry => entry.Key.Flags)
        .Select(entry => new Pattern(entry.Key.Unpack(comparisons), entry.Key.Flags, entry.Value))];

    private void Add(PatternKey pattern, long count)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, pattern, out _) += count;
        Pairs += count;
    }
}

/// <summary>A comparison pattern packed into two numbers.</summary>
/// <param name="Levels">Four bits per comparison, at most 16 comparisons.</param>
/// <param name="Flags">Low half: the blocking rules that have the pair; high half: the swaps it is compared across.</param>
internal readonly record struct PatternKey(ulong Levels, ulong Flags)
{
    public static PatternKey Pack(ReadOnlySpan<byte> levels, uint rules, uint swaps)
    {
        ulong packed = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            packed |= (ulong)levels[i] << (4 * i);
        }
        return new PatternKey(packed, rules | ((ulong)swaps << 32));
    }

    public byte[] Unpack(int comparisons)
    {
        var levels = new byte[comparisons];
        for (int i = 0; i < comparisons; i++)
        {
            levels[i] = (byte)((Levels >> (4 * i)) & 15);
        }
        return levels;
    }
}

/// <summary>A comparison pattern with its count.</summary>
/// <param name="Levels">The level of each comparison.</param>
/// <param name="Flags">As in <see cref="PatternKey"/>.</param>
/// <param name="Count">Pairs seen with it.</param>
internal sealed record Pattern(byte[] Levels, ulong Flags, long Count)
{
    /// <summary>Does a blocking rule have these pairs?</summary>
    public bool HasRule(int rule) => ((Flags >> rule) & 1) != 0;

    /// <summary>Are these pairs compared across a swap?</summary>
    public bool IsSwapped(int swap) => ((Flags >> (32 + swap)) & 1) != 0;
}
