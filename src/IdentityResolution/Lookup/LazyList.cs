using System.Collections;

namespace IdentityResolution.Lookup;

/// <summary>A list whose elements are made when they are read.</summary>
internal class LazyList<T>(int count, Func<int, T> element) : IReadOnlyList<T>
{
    public int Count => count;

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
            return element(index);
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int index = 0; index < count; index++)
        {
            yield return element(index);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
