using System.Text;

namespace IdentityResolution.PostgreSql;

/// <summary>What to capture, and how.</summary>
/// <remarks>Immutable. Holds no connection string, so it may be logged.</remarks>
public sealed record PostgreSqlCaptureOptions
{
    private const int LongestName = 63;

    /// <summary>The replication slot. The server keeps its log from where the slot stands, until the slot is dropped.</summary>
    /// <value>1 to 63 lower-case letters, digits and underscores.</value>
    public required string Slot { get; init; }

    /// <summary>The publication, which says what tables are sent.</summary>
    /// <value>1 to 63 bytes in UTF-8, as it is written.</value>
    public required string Publication { get; init; }

    /// <summary>The tables, each with a source of its own.</summary>
    /// <value>At least one.</value>
    public required IReadOnlyList<CaptureTable> Tables { get; init; }

    /// <summary>Is what is missing to be made: the publication, tables in it, and the slot?</summary>
    /// <value>Default false: what is missing is an error. A slot that was dropped after changes were read from it is an error either way.</value>
    public bool Create { get; init; }

    /// <summary>Are all tables to be read anew? So a capture goes on whose slot was dropped, or whose store is older than the slot.</summary>
    /// <value>Default false. Rows that say what they said change nothing; records of rows that are gone are deleted.</value>
    public bool Resnapshot { get; init; }

    /// <summary>Most changes that are written at once.</summary>
    /// <value>
    /// A count in [1, 1000000]. Default 1000. Small transactions are written together; one with more changes is written in pieces, and so is
    /// one with over 16 million characters: until its last piece, the index holds a part of it.
    /// </value>
    public int MaxBatchSize { get; init; } = 1000;

    /// <summary>How long a transaction waits for others that could be written with it.</summary>
    /// <value>In [0, 1 minute]. Default 20 milliseconds.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often the slot is moved on when the tables are quiet and the server is not.</summary>
    /// <value>In [100 milliseconds, 1 hour]. Default 10 seconds. A server that shuts down may wait as long; each move is a run without changes.</value>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait before a lost connection is tried again; the first is 100 milliseconds, each next one twice as long.</summary>
    /// <value>In [100 milliseconds, 1 hour]. Default 30 seconds.</value>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a slot that another connection uses is waited for: after a crash the server needs a while to see that it is free.</summary>
    /// <value>In [0, 1 hour]. Default 2 minutes.</value>
    public TimeSpan SlotPatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The clock that waits go by.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Is told of each connection that was lost, and will be tried again.</summary>
    /// <value>Called with the error; null (the default) = nobody is told.</value>
    public Action<Exception>? OnReconnect { get; init; }

    internal void Validate(string parameter)
    {
        if (string.IsNullOrEmpty(Slot) || Slot.Length > LongestName || !Slot.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new ArgumentException("The slot must have 1 to 63 lower-case letters, digits and underscores.", parameter);
        }
        CheckName(Publication, "The publication", parameter);
        if (Tables is null || Tables.Count == 0)
        {
            throw new ArgumentException("At least one table must be named.", parameter);
        }
        foreach (CaptureTable table in Tables)
        {
            CheckName(table.Schema, "A schema", parameter);
            CheckName(table.Name, "A table", parameter);
            if (string.IsNullOrEmpty(table.Source) || table.IdColumns is { Count: 0 } || table.Columns is { Count: 0 })
            {
                throw new ArgumentException("A table needs a source; id columns and columns must not be empty, null means the default.", parameter);
            }
        }
        if (Tables.Select(table => (table.Schema, table.Name)).Distinct().Count() < Tables.Count)
        {
            throw new ArgumentException("A table is named twice.", parameter);
        }
        if (Tables.Select(table => table.Source).Distinct(StringComparer.Ordinal).Count() < Tables.Count)
        {
            throw new ArgumentException("Two tables have one source; each needs its own.", parameter);
        }
        CheckRange(MaxBatchSize is >= 1 and <= 1_000_000, "MaxBatchSize must be in [1, 1000000].", parameter);
        CheckRange(MaxDelay >= TimeSpan.Zero && MaxDelay <= TimeSpan.FromMinutes(1), "MaxDelay must be between 0 and 1 minute.", parameter);
        CheckRange(IsTimeSpan(ProgressInterval), "ProgressInterval must be between 100 milliseconds and 1 hour.", parameter);
        CheckRange(IsTimeSpan(MaxReconnectDelay), "MaxReconnectDelay must be between 100 milliseconds and 1 hour.", parameter);
        CheckRange(SlotPatience >= TimeSpan.Zero && SlotPatience <= TimeSpan.FromHours(1), "SlotPatience must be between 0 and 1 hour.", parameter);
    }

    private static bool IsTimeSpan(TimeSpan span) => span >= TimeSpan.FromMilliseconds(100) && span <= TimeSpan.FromHours(1);

    private static void CheckRange(bool isWithin, string message, string parameter)
    {
        if (!isWithin)
        {
            throw new ArgumentOutOfRangeException(parameter, message);
        }
    }

    // The server would cut a longer name off, and mean another thing by it.
    private static void CheckName(string name, string what, string parameter)
    {
        if (string.IsNullOrEmpty(name) || name.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            throw new ArgumentException($"{what} must have 1 to 63 bytes in UTF-8 and no zero character.", parameter);
        }
    }
}
