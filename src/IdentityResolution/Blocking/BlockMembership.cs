namespace IdentityResolution.Blocking;

/// <summary>Which blocks of a rule each record stands in: at most one, or several where a key is split into words.</summary>
internal sealed class BlockMembership
{
    private const int NoBlock = -1;

    // One block per record, or null; else the blocks of record r are at [_starts[r], _starts[r + 1]) of _blocks.
    private readonly int[]? _starts;
    private readonly int[] _blocks;

    private BlockMembership(int[]? starts, int[] blocks)
    {
        _starts = starts;
        _blocks = blocks;
    }

    /// <summary>Can a record stand in several blocks?</summary>
    public bool IsSplit => _starts is not null;

    /// <summary>Turns the records of each block into the blocks of each record.</summary>
    /// <param name="records">The records, block after block.</param>
    /// <param name="ends">Where each block starts in <paramref name="records"/>, and where the last ends.</param>
    /// <param name="recordCount">How many records there are.</param>
    /// <param name="split">Can a record stand in several blocks?</param>
    public static BlockMembership Create(ReadOnlySpan<int> records, ReadOnlySpan<int> ends, int recordCount, bool split)
    {
        if (!split)
        {
            var blockOf = new int[recordCount];
            Number(records, ends, blockOf);
            return new BlockMembership(null, blockOf);
        }
        var starts = new int[recordCount + 1];
        foreach (int record in records)
        {
            starts[record + 1]++;
        }
        for (int record = 0; record < recordCount; record++)
        {
            starts[record + 1] += starts[record];
        }
        var blocks = new int[records.Length];
        int[] next = [.. starts];
        for (int block = 0; block < ends.Length - 1; block++)
        {
            for (int i = ends[block]; i < ends[block + 1]; i++)
            {
                blocks[next[records[i]]++] = block;
            }
        }
        return new BlockMembership(starts, blocks);
    }

    /// <summary>Writes the block of each record, where records stand in one at most.</summary>
    /// <param name="records">The records, block after block.</param>
    /// <param name="ends">Where each block starts in <paramref name="records"/>, and where the last ends.</param>
    /// <param name="blockOf">Receives the block of each record; a negative number where it stands in none. Length: records of the table.</param>
    public static void Number(ReadOnlySpan<int> records, ReadOnlySpan<int> ends, Span<int> blockOf)
    {
        blockOf.Fill(NoBlock);
        for (int block = 0; block < ends.Length - 1; block++)
        {
            foreach (int record in records[ends[block]..ends[block + 1]])
            {
                blockOf[record] = block;
            }
        }
    }

    /// <summary>The blocks of a record, ascending.</summary>
    public ReadOnlySpan<int> BlocksOf(int record) => _starts is null
        ? _blocks.AsSpan(record, _blocks[record] == NoBlock ? 0 : 1)
        : _blocks.AsSpan(_starts[record], _starts[record + 1] - _starts[record]);

    /// <summary>The first block that two records share, or a negative number.</summary>
    public int FirstShared(int left, int right)
    {
        if (_starts is null)
        {
            return _blocks[left] == _blocks[right] ? _blocks[left] : NoBlock;
        }
        ReadOnlySpan<int> a = BlocksOf(left);
        ReadOnlySpan<int> b = BlocksOf(right);
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] == b[j])
            {
                return a[i];
            }
            if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
        return NoBlock;
    }
}
