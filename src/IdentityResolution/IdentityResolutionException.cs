namespace IdentityResolution;

/// <summary>The base of the library's own exceptions. Driver and file errors pass through as they are.</summary>
public class IdentityResolutionException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do; without personal values.</param>
    /// <param name="innerException">The cause, if another exception is.</param>
    public IdentityResolutionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
