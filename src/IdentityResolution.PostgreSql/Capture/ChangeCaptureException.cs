namespace IdentityResolution.PostgreSql;

/// <summary>A source database can't be captured as asked, or changes of it are lost: the message says what is wrong and what to do.</summary>
/// <remarks>Trying again without doing anything about it fails again. Errors of the driver pass through as they are.</remarks>
public sealed class ChangeCaptureException : IdentityResolutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do; without values of rows.</param>
    /// <param name="innerException">The cause, if another exception is.</param>
    public ChangeCaptureException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
