using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>The block of each record by each rule whose keys have one value, side by side: which rules share a pair is seen in two places of memory.</summary>
internal sealed class BlockRows
{
    private const int RecordsPerPiece = 1 << 16;

    // More would take more memory than the rows themselves.
    private const int RulesAtOnce = 4;
    private readonly LargeArray<int> _blocks;
    private readonly int[] _rules;

    /// <summary>Lays the blocks of the rules side by side; rules whose keys are split into words have no place here.</summary>
    public BlockRows(BlockIndex[] rules, int records, Workers workers)
    {
        _rules = [.. Enumerable.Range(0, rules.Length).Where(rule => !rules[rule].IsSplit)];
        int width = _rules.Length;
        LargeArray<int> rows = _blocks = workers.Memory.Allocate<int>(checked(records * width));
        int together = Math.Min(RulesAtOnce, workers.Count);
        int[][] blockOf = [.. Enumerable.Range(0, Math.Min(width, together)).Select(_ => Scratch.Rent<int>(records))];
        for (int start = 0; start < width; start += together)
        {
            int first = start;
            int count = Math.Min(together, width - first);
            workers.Run(count, i => rules[_rules[first + i]].Number(blockOf[i].AsSpan(0, records)));
            workers.Run((records + RecordsPerPiece - 1) / RecordsPerPiece, piece =>
            {
                Span<int> blocks = rows.Span;
                int end = Math.Min(records, (piece + 1) * RecordsPerPiece);
                for (int record = piece * RecordsPerPiece; record < end; record++)
                {
                    for (int i = 0; i < count; i++)
                    {
                        blocks[(record * width) + first + i] = blockOf[i][record];
                    }
                }
            });
        }
        Array.ForEach(blockOf, Scratch.Return);
    }

    /// <summary>The rules that have a place, ascending.</summary>
    public ReadOnlySpan<int> Rules => _rules;

    /// <summary>The block of a record by each of <see cref="Rules"/>; negative = none.</summary>
    public ReadOnlySpan<int> this[int record]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(_blocks.Span), record * _rules.Length), _rules.Length);
    }

    /// <summary>Asks the memory for a record's blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Fetch(int record)
    {
        if (Sse.IsSupported)
        {
            // The address is a hint; that the array may move meanwhile does no harm.
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetReference(_blocks.Span), record * _rules.Length)));
        }
    }
}
