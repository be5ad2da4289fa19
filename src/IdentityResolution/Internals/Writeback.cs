using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IdentityResolution.Internals;

/// <summary>Asks the system to begin to put a file on its disk while the rest of it is still being made.</summary>
/// <remarks>
/// Some file systems do so for all of a new file at once when it is closed, and the closing waits for it. A hint, on Linux alone: what the system makes of it changes neither the
/// file nor when it is complete.
/// </remarks>
internal sealed partial class Writeback
{
    /// <summary>So many bytes at a time, so that no part of the file is taken twice.</summary>
    internal const long StepBytes = 4 << 20;

    private const uint BeginWriting = 2;
    private readonly FileStream? _file;

    /// <summary>Watches a stream that is about to be written to.</summary>
    /// <param name="output">The stream; nothing is asked where it is no file.</param>
    public Writeback(Stream output)
    {
        _file = OperatingSystem.IsLinux() && output is FileStream { CanSeek: true } file ? file : null;
        Begun = _file?.Position / StepBytes * StepBytes ?? 0;
    }

    /// <summary>Up to where the system was asked.</summary>
    internal long Begun { get; private set; }

    /// <summary>Tells that more was written; from one thread at a time.</summary>
    public void Advance()
    {
        if (_file is null)
        {
            return;
        }
        long complete = _file.Position / StepBytes * StepBytes;
        if (complete > Begun)
        {
            _ = SyncFileRange(_file.SafeFileHandle, Begun, complete - Begun, BeginWriting);
            Begun = complete;
        }
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long bytes, uint flags);
}
