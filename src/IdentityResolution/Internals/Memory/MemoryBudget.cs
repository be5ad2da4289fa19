using System.Runtime.CompilerServices;

namespace IdentityResolution.Internals;

/// <summary>How much memory a run may hold. What is large goes to temporary files once a part of it is used up, and the process's view of them is let go whenever it holds too much.</summary>
/// <remarks>
/// The outcome of a run does not depend on it. The system's cache of the files is not the process's memory: the system takes it back when others need it. Where
/// the process can't tell the system to let a view go (elsewhere than on Linux), the system decides alone.
/// </remarks>
internal sealed class MemoryBudget : IDisposable
{
    private const int DefaultLeastSpilled = 1 << 20;

    // Above this part of the limit views are let go, then garbage; below this part of it arrays stay in memory.
    private const double Alarm = 0.8;
    private const double Managed = 0.25;
    private const int LooksBetweenCollections = 250;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);
    private readonly List<SpillFile> _files = [];
    private readonly Lock _access = new();
    private readonly string _folder;
    private readonly int _leastSpilled;
    private readonly ManualResetEventSlim _over = new();
    private long _held;
    private int _looks = LooksBetweenCollections;
    private int _next;

    /// <summary>A budget.</summary>
    /// <param name="limit">Bytes that the process may hold; 0 = any number.</param>
    /// <param name="folder">Where temporary files go; must exist.</param>
    /// <param name="leastSpilled">Arrays below so many bytes are not worth a file.</param>
    public MemoryBudget(long limit, string folder, int leastSpilled = DefaultLeastSpilled)
    {
        (Limit, _folder, _leastSpilled) = (limit, folder, leastSpilled);
        if (limit > 0)
        {
            // A thread of its own: the pool's are busy all the time.
            new Thread(Watch) { IsBackground = true, Name = "identity-resolution memory" }.Start();
        }
    }

    /// <summary>Any number of bytes.</summary>
    public static MemoryBudget Unlimited { get; } = new(0, string.Empty);

    /// <summary>Bytes that the process may hold; 0 = any number.</summary>
    public long Limit { get; }

    /// <summary>Bytes in temporary files at once, at most.</summary>
    public long MostSpilled { get; private set; }

    private long Spilled { get; set; }

    /// <summary>An array whose contents mean nothing yet.</summary>
    /// <exception cref="IOException">There is no room for a temporary file.</exception>
    public LargeArray<T> Allocate<T>(int length)
        where T : unmanaged
    {
        long bytes = (long)length * Unsafe.SizeOf<T>();
        if (Limit == 0 || bytes < _leastSpilled)
        {
            return new LargeArray<T>(GC.AllocateUninitializedArray<T>(length));
        }
        lock (_access)
        {
            ObjectDisposedException.ThrowIf(_over.IsSet, this);
            if (_held + bytes <= Limit * Managed)
            {
                _held += bytes;
                return new LargeArray<T>(GC.AllocateUninitializedArray<T>(length), this);
            }
            var file = new SpillFile(_folder, bytes);
            _files.Add(file);
            Spilled += bytes;
            MostSpilled = Math.Max(MostSpilled, Spilled);
            return new LargeArray<T>(file, length, this);
        }
    }

    /// <summary>An array of zeros.</summary>
    /// <inheritdoc cref="Allocate"/>
    public LargeArray<T> AllocateZeros<T>(int length)
        where T : unmanaged
    {
        LargeArray<T> zeros = Limit == 0 || (long)length * Unsafe.SizeOf<T>() < _leastSpilled ? new T[length] : Allocate<T>(length);
        if (Limit > 0 && zeros.File is null)
        {
            zeros.Span.Clear();
        }
        return zeros;
    }

    /// <summary>The first elements in an array of another length; the one before is given back.</summary>
    public void Resize<T>(ref LargeArray<T> array, int length, int used)
        where T : unmanaged
    {
        LargeArray<T> resized = Allocate<T>(length);
        array.Span[..used].CopyTo(resized.Span);
        array.Free();
        array = resized;
    }

    /// <summary>Hears that an array is given back.</summary>
    public void Returned<T>(LargeArray<T> array)
        where T : unmanaged
    {
        lock (_access)
        {
            if (array.File is { } file)
            {
                _files.Remove(file);
                Spilled -= array.Bytes;
            }
            else
            {
                _held -= array.Bytes;
            }
        }
    }

    /// <summary>Looks no more after the process's memory. Arrays that somebody still looks at stay as they are.</summary>
    public void Dispose()
    {
        if (Limit == 0)
        {
            return;
        }
        _over.Set();
        lock (_access)
        {
            _files.Clear();
        }
    }

    private void Watch()
    {
        while (!_over.Wait(Interval))
        {
            _looks++;
            if (HoldsTooMuch)
            {
                LetGo();
            }
        }
    }

    private bool HoldsTooMuch => Environment.WorkingSet >= Limit * Alarm;

    // Views first, one file after the other in turn, as they cost least to get back.
    private void LetGo()
    {
        for (int hidden = 0; HoldsTooMuch; hidden++)
        {
            lock (_access)
            {
                if (hidden >= _files.Count)
                {
                    break;
                }
                _next = (_next + 1) % _files.Count;
                _files[_next].Hide();
            }
        }
        if (_looks >= LooksBetweenCollections && HoldsTooMuch)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _looks = 0;
        }
    }
}
