using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>The longest common run: a cell is the cell up-left of it plus 1 where the units are equal, else 0; 16 cells a step.</summary>
[SkipLocalsInit]
internal static class LcSubstringKernel
{
    private const int StackUnits = 320;

    /// <summary>The length, or 0 when it is less than <paramref name="minLength"/>.</summary>
    public static int Length<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int minLength)
        where T : unmanaged, IEquatable<T>
    {
        ReadOnlySpan<T> longer = left.Length >= right.Length ? left : right;
        ReadOnlySpan<T> shorter = left.Length >= right.Length ? right : left;
        if (shorter.Length < minLength || shorter.IsEmpty)
        {
            return 0;
        }
        int length = shorter.Length <= ushort.MaxValue ? Narrow(longer, shorter) : Wide(longer, shorter);
        return length >= minLength ? length : 0;
    }

    private static int Narrow<T>(ReadOnlySpan<T> longer, ReadOnlySpan<T> shorter)
        where T : unmanaged, IEquatable<T>
    {
        int step = Vector256<ushort>.Count;
        int padded = (shorter.Length + step - 1) / step * step;

        // The units of the pattern, and two rows with one cell before the first.
        using var unitScratch = new Scratch<ushort>(stackalloc ushort[StackUnits], padded);
        using var rowScratch = new Scratch<ushort>(stackalloc ushort[2 * (StackUnits + 1)], 2 * (padded + 1));
        Span<ushort> units = unitScratch.Span;
        units.Clear();
        Widen(shorter, units);
        rowScratch.Span.Clear();
        ref ushort unit = ref MemoryMarshal.GetReference(units);
        ref ushort above = ref MemoryMarshal.GetReference(rowScratch.Span);
        ref ushort row = ref rowScratch.Span[padded + 1];
        Vector256<ushort> longest = default;
        var inside = Vector256.LessThan(Vector256<ushort>.Indices, Vector256.Create((ushort)(shorter.Length - (padded - step))));
        foreach (T wantedUnit in longer)
        {
            var wanted = Vector256.Create(ToUnit(wantedUnit));
            for (int i = 0; i < padded; i += step)
            {
                var equal = Vector256.Equals(Vector256.LoadUnsafe(ref unit, (nuint)i), wanted);
                Vector256<ushort> run = (Vector256.LoadUnsafe(ref above, (nuint)i) + Vector256<ushort>.One) & equal;
                run = i == padded - step ? run & inside : run;
                run.StoreUnsafe(ref row, (nuint)i + 1);
                longest = Vector256.Max(longest, run);
            }
            ref ushort swap = ref above;
            above = ref row;
            row = ref swap;
        }
        int length = 0;
        for (int lane = 0; lane < step; lane++)
        {
            length = Math.Max(length, longest[lane]);
        }
        return length;
    }

    /// <summary>The same with 32-bit counts and no registers: for texts over 65,535 units.</summary>
    internal static int Wide<T>(ReadOnlySpan<T> longer, ReadOnlySpan<T> shorter)
        where T : unmanaged, IEquatable<T>
    {
        using var scratch = new Scratch<int>([], shorter.Length);
        Span<int> row = scratch.Span;
        row.Clear();
        int length = 0;
        foreach (T unit in longer)
        {
            int diagonal = 0;
            for (int i = 0; i < row.Length; i++)
            {
                int above = row[i];
                row[i] = shorter[i].Equals(unit) ? diagonal + 1 : 0;
                length = Math.Max(length, row[i]);
                diagonal = above;
            }
        }
        return length;
    }

    private static void Widen<T>(ReadOnlySpan<T> units, Span<ushort> destination)
        where T : unmanaged
    {
        for (int i = 0; i < units.Length; i++)
        {
            destination[i] = ToUnit(units[i]);
        }
    }

    private static ushort ToUnit<T>(T unit)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? (byte)(object)unit : (ushort)(object)unit;
}
