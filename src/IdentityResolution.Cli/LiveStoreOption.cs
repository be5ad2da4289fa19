using System.CommandLine;

namespace IdentityResolution.Cli;

/// <summary>Opens a store that keeps history for the verbs that look back.</summary>
internal static class LiveStoreOption
{
    /// <summary>The option; it must be given.</summary>
    public static Option<string?> Create() => new("--lookup")
    {
        HelpName = "STORE",
        Description = "The store: sqlite:FILE or postgres://USER@HOST/DATABASE?schema=NAME (or Host=...;Database=...).",
        Required = true,
    };

    /// <summary>The store, which must exist and keep history.</summary>
    /// <exception cref="CliException">It does not.</exception>
    public static ILiveStore Open(string? text, RecordTermOptions? terms = null)
    {
        if (LookupStoreOption.FileOf(text) is { } file && !File.Exists(file))
        {
            throw new CliException("--lookup: there is no such store");
        }
        return LookupStoreOption.Open(text, terms) is ILiveStore live and not InMemoryLookupStore
            ? live
            : throw new CliException("--lookup: this store keeps no past; give sqlite:FILE or postgres://USER@HOST/DATABASE");
    }
}
