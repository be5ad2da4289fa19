using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Matching;

/// <summary>The value codes of each record side by side: a pair touches two places in memory instead of two for every field.</summary>
internal sealed class CodeRows
{
    // So many rows stay in the processor's cache while one column after the other is written.
    private const int RecordsPerPiece = 1 << 12;
    private readonly Func<int, int>[] _codeOf = [];
    private readonly int _width;
    private LargeArray<int> _codes;

    /// <summary>Codes that are looked at together: rows are padded with missing values to a multiple of it.</summary>
    public const int Lanes = 8;

    private CodeRows(Func<int, int>[] codeOf, int records)
    {
        _codeOf = codeOf;
        _width = (codeOf.Length + Lanes - 1) / Lanes * Lanes;
        _codes = GC.AllocateUninitializedArray<int>(checked(records * _width));
        _codes.Span.Fill(-1);
        for (int record = 0; record < records; record++)
        {
            Update(record);
        }
    }

    private CodeRows(FieldColumn[] columns, int records, Workers workers)
    {
        _width = (columns.Length + Lanes - 1) / Lanes * Lanes;
        _codes = workers.Memory.Allocate<int>(checked(records * _width));
        workers.Run((records + RecordsPerPiece - 1) / RecordsPerPiece, piece =>
        {
            int first = piece * RecordsPerPiece;
            int count = Math.Min(RecordsPerPiece, records - first);
            Span<int> rows = _codes.AsSpan(first * _width, count * _width);
            rows.Fill(-1);
            for (int column = 0; column < columns.Length; column++)
            {
                ReadOnlySpan<int> codes = columns[column].Codes.AsSpan(first, count);
                for (int record = 0; record < codes.Length; record++)
                {
                    rows[(record * _width) + column] = codes[record];
                }
            }
        });
    }

    /// <summary>Lays columns side by side; once for a table.</summary>
    /// <param name="table">The records.</param>
    /// <param name="columns">The columns.</param>
    public static CodeRows Of(FieldTable table, FieldColumn[] columns) =>
        table.Derive(string.Join('\0', columns.Select(column => column.Name)), () => new CodeRows(columns, table.Count, table.Workers));

    /// <summary>Lays columns side by side to which records come: <see cref="EnsureRecords"/> and <see cref="Update"/> are to be told of them.</summary>
    /// <param name="codeOf">The code of a record in each column.</param>
    /// <param name="records">How many records there are now.</param>
    public static CodeRows Growing(Func<int, int>[] codeOf, int records) => new(codeOf, records);

    /// <summary>Makes room for records; new ones have no values. Not while others read.</summary>
    public void EnsureRecords(int count)
    {
        int before = _codes.Length;
        if (checked(count * _width) > before)
        {
            int rows = before / _width;
            MemoryBudget.Unlimited.Resize(ref _codes, checked(Math.Max(count, rows + (rows / 2) + 1) * _width), before);
            _codes.Span[before..].Fill(-1);
        }
    }

    /// <summary>Takes the codes that a record has now. Not while others read.</summary>
    public void Update(int record)
    {
        for (int column = 0; column < _codeOf.Length; column++)
        {
            _codes[(record * _width) + column] = _codeOf[column](record);
        }
    }

    /// <summary>The code of each column, padded; -1 = missing.</summary>
    public ReadOnlySpan<int> this[int record]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(_codes.Span), record * _width), _width);
    }

    /// <summary>Asks the memory for a record's codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Fetch(int record)
    {
        if (Sse.IsSupported)
        {
            // The address is a hint; that the array may move meanwhile does no harm.
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetReference(_codes.Span), record * _width)));
        }
    }
}
