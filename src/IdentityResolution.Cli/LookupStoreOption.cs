using IdentityResolution.Sqlite;

namespace IdentityResolution.Cli;

/// <summary>Opens the lookup store that <c>--lookup</c> names.</summary>
internal static class LookupStoreOption
{
    private const string Sqlite = "sqlite:";
    private const string Csv = "csv:";
    private const string PostgreSql = "postgres:";
    private const string Memory = "memory";

    /// <summary>The store, not yet read; null when none is named.</summary>
    /// <param name="text">What the option says; null = it is not given.</param>
    /// <exception cref="CliException">The option does not name a store, or its folder does not exist.</exception>
    public static ILookupStore? Open(string? text)
    {
        if (text is null)
        {
            return null;
        }
        if (text == Memory)
        {
            return new InMemoryLookupStore();
        }
        if (text.StartsWith(Sqlite, StringComparison.Ordinal))
        {
            return SqliteLookupStore.Open(Path(text, Sqlite));
        }
        if (text.StartsWith(Csv, StringComparison.Ordinal))
        {
            return new CsvLookupStore(Path(text, Csv));
        }
        if (text.StartsWith(PostgreSql, StringComparison.Ordinal))
        {
            throw new CliException("--lookup: PostgreSQL stores are not part of this version; use sqlite:FILE or csv:FILE");
        }
        string suggestion = text.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? Csv : Sqlite;
        throw new CliException($"--lookup expects sqlite:FILE, csv:FILE or memory; did you mean '{suggestion}{text}'?");
    }

    /// <summary>The file of the store that the option names; null when it names none.</summary>
    public static string? FileOf(string? text) => text switch
    {
        _ when text?.StartsWith(Sqlite, StringComparison.Ordinal) == true => text[Sqlite.Length..],
        _ when text?.StartsWith(Csv, StringComparison.Ordinal) == true => text[Csv.Length..],
        _ => null,
    };

    private static string Path(string text, string scheme)
    {
        string path = text[scheme.Length..];
        if (path.Length == 0)
        {
            throw new CliException($"--lookup: a file is missing after '{scheme}'");
        }
        if (Directory.Exists(path))
        {
            throw new CliException($"--lookup: '{path}' is a directory");
        }
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new CliException($"--lookup: there is no directory '{folder}'");
        }
        return path;
    }
}
