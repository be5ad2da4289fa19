namespace IdentityResolution.Cli;

/// <summary>Says in one line what went wrong, and whether the user or the machine has to mend it.</summary>
internal static class ErrorReport
{
    /// <summary>The exit code and the line for an exception.</summary>
    public static (int ExitCode, string Message) Describe(Exception exception) => exception switch
    {
        CliException => (ExitCode.Usage, exception.Message),
        InvalidRecordException or InvalidModelException or LookupFormatException => (ExitCode.Usage, exception.Message),
        FileNotFoundException { FileName: { } file } => (ExitCode.Usage, $"{file}: there is no such file"),
        DirectoryNotFoundException => (ExitCode.Usage, exception.Message),
        UnauthorizedAccessException => (ExitCode.Usage, exception.Message),
        OutOfMemoryException => (ExitCode.Failure, "out of memory"),
        IOException => (ExitCode.Failure, exception.Message),
        MemoryLimitException => (ExitCode.Usage, $"--memory: {exception.Message}"),
        IdentityResolutionException => (ExitCode.Failure, exception.Message),
        _ => (ExitCode.Failure, $"{exception.Message} ({exception.GetType().Name}; --verbose tells more)"),
    };
}
