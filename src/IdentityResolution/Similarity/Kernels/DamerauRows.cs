using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Unrestricted Damerau-Levenshtein distance, sixteen cells of a row at a time.</summary>
/// <remarks>
/// With D the matrix of distances, a cell is held as G[i, j] = 128 + j - D[i, j]: the greater the better, and within i of 128. Then
/// <list type="bullet">
/// <item>the cell on the left counts as it is, so a row is closed by a running maximum;</item>
/// <item>a swap of this row's unit with the unit above, columns l and j apart, is G[i - 2, l - 1] + 1 whatever j: one more running maximum;</item>
/// <item>a swap of this column's unit with the column before, rows k and i apart, is G[k - 1, j - 2] + 2 - (i - k): one number for each column,
/// set where a row's unit equals the column's and less by 1 with every row.</item>
/// </list>
/// Swaps with edits between both pairs of units never pay (Zhao and Sahni 2019). Units in columns past the last one change nothing on
/// their left, so they may be anything.
/// </remarks>
[SkipLocalsInit]
internal static class DamerauRows
{
    /// <summary>The most rows for which every cell fits a byte.</summary>
    private const int MaxRows = 120;

    private const int MaxChunks = 8;

    private const byte Base = 128;

    /// <summary>Whether two texts of these lengths, the longer first, can be compared here.</summary>
    public static bool Supports(int longer, int shorter) =>
        Ssse3.IsSupported && shorter <= MaxRows && longer <= MaxChunks * Vector128<byte>.Count;

    /// <summary>The distance of two texts, neither of them empty.</summary>
    public static int Distance<T>(ReadOnlySpan<T> longer, ReadOnlySpan<T> shorter)
        where T : unmanaged, IEquatable<T>
    {
        // Rows of the longer one where that saves a chunk: 17 rows of one chunk rather than 16 of two.
        bool isTall = longer.Length <= MaxRows && longer.Length * Chunks(shorter) < shorter.Length * Chunks(longer);
        return isTall ? Fill(longer, shorter) : Fill(shorter, longer);
    }

    private static int Chunks<T>(ReadOnlySpan<T> columns) => (columns.Length + Vector128<byte>.Count - 1) / Vector128<byte>.Count;

    private static unsafe int Fill<T>(ReadOnlySpan<T> rows, ReadOnlySpan<T> columns)
        where T : unmanaged, IEquatable<T>
    {
        int chunks = Chunks(columns);
        T* units = stackalloc T[MaxChunks * Vector128<byte>.Count];
        columns.CopyTo(new Span<T>(units, MaxChunks * Vector128<byte>.Count));
        Chunk* state = stackalloc Chunk[MaxChunks];
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            state[chunk] = new Chunk { Cells = Vector128.Create(Base) };
        }
        if (chunks == 1)
        {
            FillOne(rows, units, ref state[0]);
        }
        else
        {
            FillMany(rows, units, new Span<Chunk>(state, chunks));
        }
        byte last = ((byte*)&state[chunks - 1].Cells)[(columns.Length - 1) % Vector128<byte>.Count];
        return Base + columns.Length - last;
    }

    /// <summary>One chunk, whose state stays in registers.</summary>
    private static unsafe void FillOne<T>(ReadOnlySpan<T> rows, T* units, ref Chunk state)
        where T : unmanaged
    {
        Chunk chunk = state;
        for (int i = 0; i < rows.Length; i++)
        {
            var row = new Row(i);
            Advance(ref chunk, ref row, Match(units, rows[i]));
        }
        state = chunk;
    }

    private static unsafe void FillMany<T>(ReadOnlySpan<T> rows, T* units, Span<Chunk> chunks)
        where T : unmanaged
    {
        for (int i = 0; i < rows.Length; i++)
        {
            var row = new Row(i);
            for (int chunk = 0; chunk < chunks.Length; chunk++)
            {
                Advance(ref chunks[chunk], ref row, Match(units + (chunk * Vector128<byte>.Count), rows[i]));
            }
        }
    }

    /// <summary>The columns of a chunk whose unit is the row's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<byte> Match<T>(T* units, T unit)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(byte))
        {
            return Vector128.Equals(Vector128.Load(units), Vector128.Create(unit)).As<T, byte>();
        }
        var wanted = Vector128.Create(unit);
        Vector128<short> low = Vector128.Equals(Vector128.Load(units), wanted).As<T, short>();
        Vector128<short> high = Vector128.Equals(Vector128.Load(units + Vector128<short>.Count), wanted).As<T, short>();
        return Sse2.PackSignedSaturate(low, high).AsByte();
    }

    /// <summary>The next row of a chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(ref Chunk chunk, ref Row row, Vector128<byte> match)
    {
        var one = Vector128<byte>.One;
        Vector128<byte> above = chunk.Cells;
        Vector128<byte> diagonal = Ssse3.AlignRight(above, row.AboveLeft, 15);
        Vector128<byte> inColumn = Sse2.SubtractSaturate(chunk.ColumnSwap, one);
        Vector128<byte> columnSwap = Ssse3.AlignRight(match, row.MatchLeft, 15) & inColumn;

        Vector128<byte> begin = (chunk.Diagonal - match) & match; // a match is -1
        Vector128<byte> begun = Vector128.Max(RunningMax(begin), row.RowSwap);
        Vector128<byte> rowSwap = Ssse3.AlignRight(begun, row.RowSwap, 15) & chunk.Match;

        Vector128<byte> best = Vector128.Max(Vector128.Max(diagonal - match, above - one), Vector128.Max(columnSwap, rowSwap));
        Vector128<byte> cells = Vector128.Max(RunningMax(best), row.Left);

        Vector128<byte> swapHere = Ssse3.AlignRight(diagonal, row.DiagonalLeft, 15) + one + one;
        chunk.ColumnSwap = Vector128.ConditionalSelect(match, swapHere, inColumn);
        chunk.Cells = cells;
        chunk.Diagonal = diagonal;
        chunk.Match = match;
        row.AboveLeft = above;
        row.MatchLeft = match;
        row.DiagonalLeft = diagonal;
        row.RowSwap = Last(begun);
        row.Left = Last(cells);
    }

    /// <summary>Each byte's greatest among itself and those before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> RunningMax(Vector128<byte> cells)
    {
        cells = Vector128.Max(cells, Sse2.ShiftLeftLogical128BitLane(cells, 1));
        cells = Vector128.Max(cells, Sse2.ShiftLeftLogical128BitLane(cells, 2));
        cells = Vector128.Max(cells, Sse2.ShiftLeftLogical128BitLane(cells, 4));
        return Vector128.Max(cells, Sse2.ShiftLeftLogical128BitLane(cells, 8));
    }

    /// <summary>The last byte at every place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Last(Vector128<byte> cells) => Ssse3.Shuffle(cells, Vector128.Create((byte)15));

    /// <summary>Sixteen columns as the last row left them.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Chunk
    {
        /// <summary>The last row's cells.</summary>
        public Vector128<byte> Cells;

        /// <summary>Of the row before it, the cells one to the left.</summary>
        public Vector128<byte> Diagonal;

        /// <summary>The columns whose unit is the last row's.</summary>
        public Vector128<byte> Match;

        /// <summary>What a swap with the column before would give.</summary>
        public Vector128<byte> ColumnSwap;
    }

    /// <summary>What a chunk needs from the one on its left, in its last byte.</summary>
    private ref struct Row
    {
        public Vector128<byte> AboveLeft;
        public Vector128<byte> MatchLeft;
        public Vector128<byte> DiagonalLeft;
        public Vector128<byte> RowSwap;
        public Vector128<byte> Left;

        /// <summary>Left of the first chunk: the empty text's column.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Row(int row)
        {
            AboveLeft = Vector128.Create((byte)(Base - row));
            MatchLeft = default;
            DiagonalLeft = default;
            RowSwap = default;
            Left = Vector128.Create((byte)(Base - row - 1));
        }
    }
}
