using System.Runtime.InteropServices;

namespace IdentityResolution.Lookup;

/// <summary>The few things a store does to files; tests put failures here.</summary>
internal partial class StoreFiles
{
    /// <summary>Makes a new file, replacing one that is left over.</summary>
    public virtual Stream Create(string path) => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);

    /// <summary>Waits until a file's contents are on the disk.</summary>
    public virtual void Sync(Stream file)
    {
        if (file is FileStream real)
        {
            real.Flush(flushToDisk: true);
        }
    }

    /// <summary>Gives a file the name of another one, which it replaces, in one step.</summary>
    public virtual void Replace(string path, string target) => File.Move(path, target, overwrite: true);

    /// <summary>Removes a file, if it is there.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Waits until the names in a folder are on the disk, where the system can.</summary>
    public virtual void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        int descriptor = OpenFolder(folder, 0);
        if (descriptor >= 0)
        {
            // Some file systems can't: the names are then as safe as the system makes them.
            _ = Fsync(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
