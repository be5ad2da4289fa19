namespace IdentityResolution.Cli;

/// <summary>A file that appears whole or not at all: written beside its place and moved there when complete.</summary>
/// <remarks>Opened before the work starts, so that a path that can't be written is told at once.</remarks>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string? _temporaryPath;
    private readonly FileStream _stream;
    private bool _isComplete;

    private OutputFile(string path, string? temporaryPath, FileStream stream)
    {
        _path = path;
        _temporaryPath = temporaryPath;
        _stream = stream;
    }

    /// <summary>Receives the content.</summary>
    public Stream Stream => _stream;

    /// <summary>Opens a file, if one is asked for.</summary>
    /// <param name="option">The option that names the file, for messages.</param>
    /// <param name="path">The path; null = none.</param>
    /// <exception cref="CliException">The path can't be written.</exception>
    public static OutputFile? Open(string option, string? path)
    {
        if (path is null)
        {
            return null;
        }
        if (path.Length == 0)
        {
            throw new CliException($"{option}: the path is empty");
        }
        if (Directory.Exists(path))
        {
            throw new CliException($"{option}: '{path}' is a directory");
        }
        try
        {
            // A link is written through; a device can't be replaced.
            string target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
            bool isDevice = target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith("/proc/", StringComparison.Ordinal);
            if (!isDevice && File.Exists(target))
            {
                // Moving a file over one that may not be written would succeed; the user said that it may not.
                File.OpenHandle(target, FileMode.Open, FileAccess.Write).Dispose();
            }
            if (isDevice)
            {
                return new OutputFile(target, null, new FileStream(target, FileMode.Create, FileAccess.Write));
            }
            // A new file, not an emptied one: of those some file systems wait for the disk when they are closed.
            string temporary = $"{target}.{Environment.ProcessId}.tmp";
            File.Delete(temporary);
            return new OutputFile(target, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CliException($"{option}: can't write '{path}': {Reason(exception)}", exception);
        }
    }

    /// <summary>Puts the file in its place.</summary>
    public async Task CompleteAsync()
    {
        await _stream.DisposeAsync();
        if (_temporaryPath is not null)
        {
            File.Move(_temporaryPath, _path, overwrite: true);
        }
        _isComplete = true;
    }

    /// <summary>Closes the file; removes it when it is not complete.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        if (!_isComplete && _temporaryPath is not null)
        {
            File.Delete(_temporaryPath);
        }
    }

    private static string Reason(Exception exception) => exception switch
    {
        DirectoryNotFoundException => "there is no such directory",
        UnauthorizedAccessException => "permission denied",
        _ => exception.Message,
    };
}
