using System.Buffers;

namespace IdentityResolution.Internals;

/// <summary>Lends arrays for a moment and lends them again, as long as the collector leaves them.</summary>
/// <remarks>
/// A pool that holds on to arrays as long as a process lives costs more than all that a run knows: here they are held weakly, and the next
/// full collection takes what is not lent. Contents are those of the last borrower. From any thread.
/// </remarks>
internal static class Scratch
{
    private const int Places = 8;

    // Short arrays come from the shared pool, which is quicker.
    private const int LongestShort = 1 << 16;

    /// <summary>An array of at least a length, not cleared.</summary>
    /// <param name="length">At least 0.</param>
    public static T[] Rent<T>(int length)
        where T : unmanaged => length <= LongestShort
            ? ArrayPool<T>.Shared.Rent(length)
            : Of<T>.Take(length) ?? GC.AllocateUninitializedArray<T>(length);

    /// <summary>Gives an array back. The caller does not touch it any more.</summary>
    public static void Return<T>(T[] array)
        where T : unmanaged
    {
        if (array.Length <= LongestShort)
        {
            ArrayPool<T>.Shared.Return(array);
        }
        else
        {
            Of<T>.Keep(array);
        }
    }

    private static class Of<T>
        where T : unmanaged
    {
        private static readonly Lock Access = new();
        private static readonly WeakReference<T[]>?[] Kept = new WeakReference<T[]>?[Places];

        // The shortest that is long enough, and not longer by far: a long one would be missed elsewhere.
        public static T[]? Take(int length)
        {
            lock (Access)
            {
                (T[]? best, int place) = (null, 0);
                for (int i = 0; i < Places; i++)
                {
                    if (Kept[i] is { } kept && kept.TryGetTarget(out T[]? array)
                        && array.Length >= length && array.Length / 2 <= length && array.Length < (best?.Length ?? int.MaxValue))
                    {
                        (best, place) = (array, i);
                    }
                }
                if (best is not null)
                {
                    Kept[place] = null;
                }
                return best;
            }
        }

        // In an empty place, or in that of a shorter array.
        public static void Keep(T[] array)
        {
            lock (Access)
            {
                (int shortest, int place) = (array.Length, -1);
                for (int i = 0; i < Places; i++)
                {
                    if (Kept[i] is not { } kept || !kept.TryGetTarget(out T[]? other))
                    {
                        (shortest, place) = (-1, i);
                        break;
                    }
                    if (other.Length < shortest)
                    {
                        (shortest, place) = (other.Length, i);
                    }
                }
                if (place >= 0)
                {
                    Kept[place] = new WeakReference<T[]>(array);
                }
            }
        }
    }
}
