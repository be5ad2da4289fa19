using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Internals;

/// <summary>An array of fixed length: in memory, or in a temporary file where the memory of a run is limited (<see cref="MemoryBudget"/>).</summary>
/// <remarks>Loops take <see cref="Span"/> once. A span of a file is not to outlive the array's owner, nor <see cref="Free"/>.</remarks>
/// <typeparam name="T">What it holds.</typeparam>
internal sealed unsafe class LargeArray<T>
    where T : unmanaged
{
    private readonly T[]? _array;
    private MemoryBudget? _budget;
    private SpillFile? _file;
    private T* _place;

    /// <summary>An array of the collector's.</summary>
    /// <param name="array">The elements; not copied.</param>
    /// <param name="budget">Accounts for them; null = nobody.</param>
    public LargeArray(T[] array, MemoryBudget? budget = null)
    {
        (_array, _budget, Length) = (array, budget, array.Length);
        Bytes = (long)Length * sizeof(T);
    }

    /// <summary>An array in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="length">How many elements it has room for.</param>
    /// <param name="budget">Accounts for it.</param>
    public LargeArray(SpillFile file, int length, MemoryBudget budget)
    {
        _place = (T*)file.Pointer;
        (_file, _budget, Length) = (file, budget, length);
        Bytes = (long)Length * sizeof(T);
    }

    /// <summary>How many elements there are; 0 after <see cref="Free"/>.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that were taken for the elements.</summary>
    public long Bytes { get; }

    /// <summary>The file that it is in; null = it is in memory.</summary>
    public SpillFile? File => _file;

    /// <summary>The elements.</summary>
    public Span<T> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _array is null ? new Span<T>(_place, Length) : MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(_array), Length);
    }

    /// <summary>An element.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none at that place.</exception>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Span[index];
    }

    /// <summary>An array of the collector's.</summary>
    public static implicit operator LargeArray<T>(T[] array) => new(array);

    /// <summary>Goes through the elements.</summary>
    public Span<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    /// <summary>Leaves out the last elements; their memory stays with the others.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length, nameof(length));
        Length = length;
    }

    /// <summary>A copy.</summary>
    public T[] ToArray() => Span.ToArray();

    /// <summary>Elements from a place on.</summary>
    public Span<T> AsSpan(int start, int length) => Span.Slice(start, length);

    /// <summary>Gives memory and file back; there are no elements then. The caller is the only one who looks at them.</summary>
    public void Free()
    {
        _budget?.Returned(this);
        _budget = null;
        Length = 0;
        _place = null;
        _file?.Dispose();
        _file = null;
    }
}
