using System.Buffers;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Working memory of a kernel: the caller's stack where it suffices, else the shared pool.</summary>
internal ref struct Scratch<T>
    where T : unmanaged
{
    private readonly T[]? _rented;

    /// <summary>Takes the stack memory, or rents.</summary>
    /// <param name="stack">Memory on the caller's stack.</param>
    /// <param name="length">How many elements are wanted.</param>
    public Scratch(Span<T> stack, int length)
    {
        if (length <= stack.Length)
        {
            Span = stack[..length];
            return;
        }
        _rented = ArrayPool<T>.Shared.Rent(length);
        Span = _rented.AsSpan(0, length);
    }

    /// <summary>The memory; what it holds at first is arbitrary.</summary>
    public Span<T> Span { get; }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<T>.Shared.Return(_rented);
        }
    }
}
