namespace IdentityResolution;

/// <summary>A file or database that was given as a lookup store is not one of ours, or is of a later version.</summary>
public sealed class LookupFormatException : IdentityResolutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="store">The store's description.</param>
    /// <param name="message">What was found and what was expected.</param>
    /// <param name="innerException">The cause, if another exception is.</param>
    public LookupFormatException(string store, string message, Exception? innerException = null)
        : base($"{store}: {message}", innerException) => Store = store;

    /// <summary>The store's description.</summary>
    public string Store { get; }
}
