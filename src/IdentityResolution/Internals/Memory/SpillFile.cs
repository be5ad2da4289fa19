using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace IdentityResolution.Internals;

/// <summary>A temporary file that is looked at like memory. It has no name any more once it is open, so that nothing is left of it however the process ends.</summary>
/// <remarks>On Windows, where an open file keeps its name, the system deletes it when the process ends.</remarks>
internal sealed unsafe partial class SpillFile : IDisposable
{
    private const int DontNeed = 4;
    private static long Last;
    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Lock _access = new();
    private byte* _pointer;

    /// <summary>Makes a file; its room on the disk is taken at once.</summary>
    /// <param name="folder">Where; must exist.</param>
    /// <param name="bytes">How long; at least 1.</param>
    /// <exception cref="IOException">There is no room for it.</exception>
    public SpillFile(string folder, long bytes)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"idres-{Environment.ProcessId}-{Interlocked.Increment(ref Last)}.spill"));
        Bytes = bytes;
        // What is left of a process of the same number that was killed, where open files keep their names, is written over.
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
            PreallocationSize = bytes,
            Options = FileOptions.DeleteOnClose,
        };
        if (OperatingSystem.IsWindows())
        {
            _file = new FileStream(path, options);
        }
        else
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            _file = new FileStream(path, options);
            File.Delete(path);
        }
        _map = MemoryMappedFile.CreateFromFile(_file, mapName: null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.ReadWrite);
        // Not acquired: a view that nobody holds any more is closed by the collector.
        _pointer = (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + _view.PointerOffset;
    }

    /// <summary>How long it is.</summary>
    public long Bytes { get; }

    /// <summary>Its first byte.</summary>
    public byte* Pointer => _pointer;

    /// <summary>Lets the process's memory go that shows the file; what was written stays, and is shown again when it is looked at. From any thread.</summary>
    public void Hide()
    {
        lock (_access)
        {
            if (_pointer is not null && OperatingSystem.IsLinux())
            {
                _ = Advise(_pointer, (nuint)Bytes, DontNeed);
            }
        }
    }

    /// <summary>Closes and removes the file.</summary>
    public void Dispose()
    {
        lock (_access)
        {
            _pointer = null;
            _view.Dispose();
        }
        _map.Dispose();
        _file.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(byte* address, nuint length, int advice);
}
