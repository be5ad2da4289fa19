using IdentityResolution.Lookup;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite;

/// <summary>Reads a lookup store whose schema was found to be ours.</summary>
internal static class SqliteLookupReader
{
    private const int RowsPerLook = 4096;

    /// <summary>Reads everything, as of one moment.</summary>
    public static LookupState Load(SqliteSession session, CancellationToken cancellationToken)
    {
        SqliteConnection connection = session.Connection;
        // One read transaction: customers and rows are of the same commit though another process writes meanwhile.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        long runs = CountRuns(session);
        var builder = new LookupStateBuilder(session.Store);
        using (var customers = new SqliteStatement(connection, $"SELECT customer_id, created_sequence, successor_id, {(session.IsCurrent ? "is_retired" : "0")} FROM customers"))
        {
            while (customers.Read())
            {
                builder.AddEntity(customers.Utf8(0), customers.Integer(1), customers.Utf8(2), isRetired: customers.Integer(3) != 0);
            }
        }
        cancellationToken.ThrowIfCancellationRequested();
        var sources = new Utf8Strings();
        var rules = new Utf8Strings();
        using var rows = new SqliteStatement(
            connection, "SELECT source, record_id, customer_id, matched_by, match_probability FROM lookup ORDER BY source, record_id");
        for (int count = 1; rows.Read(); count++)
        {
            if (count % RowsPerLook == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            builder.AddRow(sources.Get(rows.Utf8(0)), rows.Utf8(1), rows.Utf8(2), rules.Get(rows.Utf8(3)), rows.Real(4));
        }
        return builder.Build(runs);
    }

    /// <summary>How many runs there are.</summary>
    public static long CountRuns(SqliteSession session) => session.Number("SELECT max(run_number) FROM runs") ?? 0;

    /// <summary>One row, or null.</summary>
    public static LookupRow? Find(SqliteSession session, RecordKey key)
    {
        SqliteStatement rows = session.Get("SELECT customer_id, matched_by, match_probability FROM lookup WHERE source = ?1 AND record_id = ?2");
        rows.Bind(0, key.Source);
        rows.Bind(1, key.Id);
        LookupRow? row = rows.Read() ? new LookupRow(key, rows.Text(0), rows.Text(1), rows.Real(2)) : null;
        rows.Reset();
        return row;
    }

    /// <summary>The current id, or null.</summary>
    public static string? Resolve(SqliteSession session, string entityId)
    {
        string retired = session.IsCurrent ? "is_retired" : "0";
        return Follow(session, entityId, id =>
        {
            SqliteStatement customers = session.Get($"SELECT successor_id, {retired} FROM customers WHERE customer_id = ?1");
            customers.Bind(0, id);
            (bool, string?, bool)? state = customers.Read() ? (true, customers.TextOrNull(0), customers.Integer(1) != 0) : null;
            customers.Reset();
            return state;
        });
    }

    /// <summary>Follows successors to the end; null when the id is not known, or is retired without one.</summary>
    public static string? Follow(SqliteSession session, string entityId, Func<string, (bool IsGiven, string? Successor, bool IsRetired)?> find)
    {
        // Our own runs leave few steps; a chain that somebody else wrote is followed too.
        const int MostSteps = 10_000;
        string id = entityId;
        for (int step = 0; step < MostSteps; step++)
        {
            if (find(id) is not { } state)
            {
                return step == 0 ? null : throw new LookupFormatException(session.Store, "a customer id has a successor that is not among the customers.");
            }
            if (!state.IsGiven || state.IsRetired)
            {
                return null;
            }
            if (state.Successor is not { } successor)
            {
                return id;
            }
            id = successor;
        }
        throw new LookupFormatException(session.Store, "the successors of retired customer ids run in a circle.");
    }
}
