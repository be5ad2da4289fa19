using System.Text;

namespace IdentityResolution.PostgreSql;

/// <summary>Where in a database a lookup store lives, and how long it waits.</summary>
/// <remarks>Immutable. Derive a variant: <c>PostgreSqlLookupOptions.Default with { Schema = "customers" }</c>.</remarks>
public sealed record PostgreSqlLookupOptions
{
    private const int LongestName = 63;

    /// <summary>The options used when none are given.</summary>
    public static PostgreSqlLookupOptions Default { get; } = new();

    /// <summary>The schema that holds the tables; made by the first commit when it does not exist.</summary>
    /// <value>
    /// Any name that PostgreSQL takes, as it is written, with capitals and signs: 1 to 63 bytes in UTF-8, without zero characters and not
    /// beginning with <c>pg_</c>. Stores in several schemas of one database do not know of each other. Default <c>identity_resolution</c>.
    /// </value>
    public string Schema { get; init; } = "identity_resolution";

    /// <summary>How long a commit waits for another writer before it fails.</summary>
    /// <value>At least zero, which does not wait, and at most 24 days; <see cref="Timeout.InfiniteTimeSpan"/> waits without end. Default 30 seconds.</value>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Are the statements of a commit kept prepared on the connection, so that the server plans each of them once?</summary>
    /// <value>
    /// Turn it off behind a pooler that hands the connection to others between transactions and does not follow prepared statements, such as PgBouncer before
    /// version 1.21 in transaction mode. A connection string says it with <c>Prepare=false</c>. Default true.
    /// </value>
    public bool PreparesStatements { get; init; } = true;

    /// <summary>Shall the store keep the standard values and keys of its records as a table?</summary>
    /// <value>Null = as it did before. Default null.</value>
    public RecordTermOptions? Terms { get; init; }

    internal void Validate(string parameter)
    {
        // The server would cut a longer name off, and two stores could become one.
        if (string.IsNullOrEmpty(Schema) || Schema.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(Schema)
            || Encoding.UTF8.GetByteCount(Schema) > LongestName || Schema.StartsWith("pg_", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                "The schema must have 1 to 63 bytes in UTF-8, no zero character and no broken surrogate, and must not begin with pg_.", parameter);
        }
        if (LockTimeout != Timeout.InfiniteTimeSpan && (LockTimeout < TimeSpan.Zero || LockTimeout.TotalMilliseconds > int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(parameter, "The lock timeout must be between zero and 24 days, or infinite.");
        }
    }

    private static bool IsWellFormed(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            // A broken surrogate is given as the replacement character; a real one is refused with it.
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }
        return true;
    }
}
