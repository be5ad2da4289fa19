namespace IdentityResolution;

/// <summary>Another run has written to the store since this one read it: read the store and resolve again.</summary>
public sealed class LookupConflictException : IdentityResolutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="store">The store's description.</param>
    public LookupConflictException(string store)
        : base($"{store}: another run has written to the store since it was read; nothing was changed. Resolve again.") => Store = store;

    /// <summary>The store's description.</summary>
    public string Store { get; }
}
