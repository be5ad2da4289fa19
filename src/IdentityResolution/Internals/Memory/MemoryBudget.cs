using System.Runtime.CompilerServices;

namespace IdentityResolution.Internals;

/// <summary>How much memory a run may hold. What is large goes to temporary files once a part of it is used up, and the process's view of them is let go whenever it holds too much.</summary>
/// <remarks>
/// The outcome of a run does not depend on it. The system's cache of the files is not the process's memory: the system takes it back when others need it. Where
/// the process can't tell the system to let a view go (elsewhere than on Linux), the system decides alone.
/// </remarks>
internal sealed class MemoryBudget : IDisposable
{
    /// <summary>Arrays below so many bytes are not worth a file.</summary>
    public const int LeastSpilled = 1 << 20;

    // Above this part of the limit views are let go, then garbage; below this part of it arrays stay in memory.
    private const double Alarm = 0.85;
    private const double Managed = 0.25;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenCollections = TimeSpan.FromMilliseconds(500);
    private readonly HashSet<SpillFile> _files = [];
    private readonly Lock _access = new();
    private readonly string _folder = string.Empty;
    private readonly TimeProvider _timeProvider;
    private readonly ITimer? _watch;
    private long _held;
    private long _collected;
    private bool _disposed;

    /// <summary>A budget.</summary>
    /// <param name="limit">Bytes that the process may hold; 0 = any number.</param>
    /// <param name="folder">Where temporary files go; must exist.</param>
    /// <param name="timeProvider">Tells when to look again.</param>
    public MemoryBudget(long limit, string folder, TimeProvider timeProvider)
    {
        (Limit, _folder, _timeProvider) = (limit, folder, timeProvider);
        _watch = limit == 0 ? null : timeProvider.CreateTimer(static budget => ((MemoryBudget)budget!).Watch(), this, Interval, Interval);
    }

    /// <summary>Any number of bytes.</summary>
    public static MemoryBudget Unlimited { get; } = new(0, string.Empty, TimeProvider.System);

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
        if (Limit == 0 || bytes < LeastSpilled)
        {
            return new LargeArray<T>(GC.AllocateUninitializedArray<T>(length));
        }
        lock (_access)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
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
        LargeArray<T> zeros = Limit == 0 || (long)length * Unsafe.SizeOf<T>() < LeastSpilled ? new T[length] : Allocate<T>(length);
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
        _watch?.Dispose();
        lock (_access)
        {
            _disposed = Limit > 0;
            _files.Clear();
        }
    }

    // Views first, as they cost least to get back.
    private void Watch()
    {
        if (Environment.WorkingSet < Limit * Alarm || !_access.TryEnter())
        {
            return;
        }
        try
        {
            foreach (SpillFile file in _files)
            {
                file.Hide();
            }
            if (Environment.WorkingSet >= Limit * Alarm && _timeProvider.GetElapsedTime(_collected) >= BetweenCollections)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                _collected = _timeProvider.GetTimestamp();
            }
        }
        finally
        {
            _access.Exit();
        }
    }
}
