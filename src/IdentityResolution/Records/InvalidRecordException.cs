namespace IdentityResolution;

/// <summary>An input can't be read at all, or holds more bad rows than allowed: fix the data.</summary>
public sealed class InvalidRecordException : IdentityResolutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="input">The file or other input.</param>
    /// <param name="lineNumber">1-based line or row, or 0 when none is at fault.</param>
    /// <param name="message">What is wrong; without values of the row.</param>
    /// <param name="innerException">The cause, if another exception is.</param>
    public InvalidRecordException(string input, long lineNumber, string message, Exception? innerException = null)
        : base(lineNumber > 0 ? $"{input}:{lineNumber}: {message}" : $"{input}: {message}", innerException)
    {
        Input = input;
        LineNumber = lineNumber;
    }

    /// <summary>The file or other input.</summary>
    public string Input { get; }

    /// <summary>1-based line or row, or 0 when none is at fault.</summary>
    public long LineNumber { get; }
}
