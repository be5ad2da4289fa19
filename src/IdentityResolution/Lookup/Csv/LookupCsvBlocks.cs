using IdentityResolution.Identity;
using IdentityResolution.Internals;

namespace IdentityResolution.Lookup;

/// <summary>Writes the rows of a run as blocks of CSV: several at a time, on all threads, that stand in order.</summary>
/// <remarks>There are two sets of blocks by turns, so that one may still be on its way while the next is made.</remarks>
internal sealed class LookupCsvBlocks
{
    private const int RowsPerBlock = 4096;

    // More than there are mostly threads: one that is held up takes fewer.
    private const int LeastBlocks = 8;
    private readonly IdentityPlan _plan;
    private readonly Workers _workers;
    private readonly LookupCsvRows _rows;
    private readonly CsvBuffer[][] _sets;

    /// <summary>Prepares the writing of a run's rows.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="workers">Who does the work; the bytes do not depend on how many there are.</param>
    public LookupCsvBlocks(IdentityPlan plan, Workers workers)
    {
        _plan = plan;
        _workers = workers;
        _rows = new LookupCsvRows(plan.Keys, plan.Evidence.Rules);
        // A small table needs no more blocks than it has.
        int blocks = (int)Math.Clamp(((long)plan.Order.Length + RowsPerBlock - 1) / RowsPerBlock, 1, Math.Max(LeastBlocks, workers.Count));
        _sets = [Buffers(blocks), Buffers(blocks)];
        int rows = checked(RowsPerBlock * blocks);
        TurnCount = (int)(((long)plan.Order.Length + rows - 1) / rows);
    }

    /// <summary>How many turns there are.</summary>
    public int TurnCount { get; }

    /// <summary>Makes the blocks of one turn; those of the turn before last are overwritten.</summary>
    public CsvBuffer[] Make(int turn)
    {
        CsvBuffer[] blocks = _sets[turn & 1];
        _workers.Run(blocks.Length, block => Fill(blocks[block], ((long)turn * blocks.Length) + block));
        return blocks;
    }

    private static CsvBuffer[] Buffers(int count) => [.. Enumerable.Range(0, count).Select(_ => new CsvBuffer())];

    private void Fill(CsvBuffer csv, long block)
    {
        csv.Clear();
        int first = (int)Math.Min(block * RowsPerBlock, _plan.Order.Length);
        int end = Math.Min(first + RowsPerBlock, _plan.Order.Length);
        // In order of keys, one source after the other.
        int common = first < end && _plan.Keys.SourceOf(_plan.Order[first]) is var source && source == _plan.Keys.SourceOf(_plan.Order[end - 1]) ? source : -1;
        for (int row = first; row < end; row++)
        {
            FetchAhead(row, end);
            int record = _plan.Order[row];
            ref readonly LinkEvidence evidence = ref _plan.Evidence[record];
            int recordSource = common >= 0 ? common : _plan.Keys.SourceOf(record);
            int entity = _plan.EntityOf[record] - _plan.PreviousEntityCount;
            if (entity < 0)
            {
                _rows.Write(
                    csv, recordSource, _plan.Keys.Id(record), _plan.Previous.Entities.Id(_plan.EntityOf[record]), evidence.Rule, evidence.ProbabilityMillionths);
            }
            else
            {
                _rows.Write(csv, recordSource, _plan.Keys.Id(record), _plan.NewIds[entity], evidence.Rule, evidence.ProbabilityMillionths);
            }
        }
    }

    // Records in order of keys stand anywhere in the order of arrival: their numbers are asked for first, then what those lead to.
    private void FetchAhead(int row, int end)
    {
        int far = _plan.Order[Math.Min(row + (2 * Ahead.Distance), end - 1)];
        _plan.Keys.FetchEnd(far);
        _plan.Evidence.Fetch(far);
        Ahead.Fetch(_plan.EntityOf, far);
        int near = _plan.Order[Math.Min(row + Ahead.Distance, end - 1)];
        _plan.Keys.FetchId(near);
        Ahead.Fetch(_plan.NewIds, _plan.EntityOf[near] - _plan.PreviousEntityCount);
    }
}
