using System.Runtime.CompilerServices;
using IdentityResolution.PostgreSql;
using IdentityResolution.Sqlite;

namespace IdentityResolution.Cli;

/// <summary>Opens the lookup store that <c>--lookup</c> names.</summary>
internal static class LookupStoreOption
{
    private const string Sqlite = "sqlite:";
    private const string Csv = "csv:";
    private const string Memory = "memory";
    private const string Forms = "sqlite:FILE, csv:FILE, postgres://USER@HOST/DATABASE or memory";

    // As users write them: the URIs of libpq, Npgsql's keywords behind our scheme, and the keywords alone.
    private static readonly string[] PostgreSqlSchemes = ["postgres:", "postgresql:"];
    private static readonly string[] PostgreSqlKeywords = ["Host=", "Server="];

    /// <summary>The store, not yet read; null when none is named.</summary>
    /// <param name="text">What the option says; null = it is not given.</param>
    /// <param name="terms">What is told about terms; null = nothing.</param>
    /// <exception cref="CliException">The option does not name a store, or its folder does not exist, or it keeps no terms.</exception>
    public static ILookupStore? Open(string? text, RecordTermOptions? terms = null)
    {
        if (terms is not null && (text is null || text == Memory || text.StartsWith(Csv, StringComparison.Ordinal)))
        {
            throw new CliException("--terms: only a store in SQLite or PostgreSQL keeps them; name one with --lookup");
        }
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
            return OpenSqlite(Path(text, Sqlite), terms);
        }
        if (text.StartsWith(Csv, StringComparison.Ordinal))
        {
            return new CsvLookupStore(Path(text, Csv));
        }
        if (ConnectionOf(text) is { } connection)
        {
            return OpenPostgreSql(connection, terms);
        }
        if (text.Contains('=', StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal))
        {
            // Perhaps a connection string with a password: it is not repeated.
            throw new CliException($"--lookup expects {Forms}");
        }
        string suggestion = text.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? Csv : Sqlite;
        throw new CliException($"--lookup expects {Forms}; did you mean '{suggestion}{text}'?");
    }

    /// <summary>The store, which must be one that keeps records.</summary>
    /// <param name="text">What the option says; null = it is not given.</param>
    /// <param name="terms">What is told about terms; null = nothing.</param>
    /// <exception cref="CliException">The option is missing, does not name a store, or names one that keeps no records.</exception>
    public static ILiveStore OpenLive(string? text, RecordTermOptions? terms = null) => Open(text, terms) switch
    {
        null => throw new CliException("--lookup is missing: the store that keeps records and customer ids"),
        ILiveStore live => live,
        _ => throw new CliException("--lookup: this kind of store keeps no records; use sqlite:FILE"),
    };

    /// <summary>The file of the store that the option names; null when it names none.</summary>
    public static string? FileOf(string? text) => text switch
    {
        _ when text?.StartsWith(Sqlite, StringComparison.Ordinal) == true => text[Sqlite.Length..],
        _ when text?.StartsWith(Csv, StringComparison.Ordinal) == true => text[Csv.Length..],
        _ => null,
    };

    // The connection string or URI of a PostgreSQL store; null when the text names another one.
    private static string? ConnectionOf(string text)
    {
        if (PostgreSqlSchemes.FirstOrDefault(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) is { } named)
        {
            return text.AsSpan(named.Length).StartsWith("//", StringComparison.Ordinal) ? text : text[named.Length..];
        }
        return PostgreSqlKeywords.Any(keyword => text.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)) ? text : null;
    }

    // A store's library is loaded where such a store is named, and not before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SqliteLookupStore OpenSqlite(string path, RecordTermOptions? terms) => SqliteLookupStore.Open(path, terms);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgreSqlLookupStore OpenPostgreSql(string connection, RecordTermOptions? terms)
    {
        try
        {
            return PostgreSqlLookupStore.OpenConnectionString(connection, PostgreSqlLookupOptions.Default with { Terms = terms });
        }
        catch (ArgumentException error)
        {
            // The message holds nothing of what was written, which may be a password; behind it stands the name of the library's parameter.
            string reason = connection.Trim().Length == 0 ? "A connection string is missing" : error.Message.Split(" (Parameter", 2)[0].TrimEnd('.');
            reason = char.ToLowerInvariant(reason[0]) + reason[1..];
            throw new CliException($"--lookup: {reason}; use postgres://USER@HOST/DATABASE or postgres:Host=...;Database=...;Username=...");
        }
    }

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
