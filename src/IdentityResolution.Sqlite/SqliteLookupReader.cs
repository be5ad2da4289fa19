using System.Globalization;
using IdentityResolution.Lookup;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite;

/// <summary>Reads a lookup store whose schema was found to be ours.</summary>
internal static class SqliteLookupReader
{
    private const int RowsPerLook = 4096;

    /// <summary>Reads everything, as of one moment.</summary>
    public static LookupState Load(SqliteConnection connection, string store, CancellationToken cancellationToken)
    {
        // One read transaction: customers and rows are of the same commit though another process writes meanwhile.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        long runs = (long)SqliteLookupSchema.Scalar(connection, "SELECT count(*) FROM runs")!;
        var builder = new LookupStateBuilder(store);
        using (var customers = new SqliteStatement(connection, "SELECT customer_id, created_sequence, successor_id FROM customers ORDER BY created_sequence"))
        {
            while (customers.Read())
            {
                builder.AddEntity(customers.Text(0), customers.Integer(1), customers.TextOrNull(2));
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

    /// <summary>One row, or null.</summary>
    public static LookupRow? Find(SqliteConnection connection, RecordKey key)
    {
        using var rows = new SqliteStatement(
            connection, "SELECT customer_id, matched_by, match_probability FROM lookup WHERE source = ?1 AND record_id = ?2");
        rows.Bind(0, key.Source);
        rows.Bind(1, key.Id);
        return rows.Read() ? new LookupRow(key, rows.Text(0), rows.Text(1), rows.Real(2)) : null;
    }

    /// <summary>The current id, or null.</summary>
    public static string? Resolve(SqliteConnection connection, string entityId, string store)
    {
        // Our own runs leave one step at most; a chain that somebody else wrote is followed too.
        const int MostSteps = 10_000;
        using var customers = new SqliteStatement(connection, "SELECT successor_id FROM customers WHERE customer_id = ?1");
        string id = entityId;
        for (int step = 0; step < MostSteps; step++)
        {
            customers.Bind(0, id);
            if (!customers.Read())
            {
                return step == 0 ? null : throw new LookupFormatException(store, "a customer id has a successor that is not among the customers.");
            }
            if (customers.TextOrNull(0) is not { } successor)
            {
                return id;
            }
            id = successor;
            customers.Reset();
        }
        throw new LookupFormatException(store, "the successors of retired customer ids run in a circle.");
    }

    /// <summary>The next changes after a number, which is moved on.</summary>
    public static List<EntityChange> Changes(SqliteConnection connection, ref long last, int count, string store)
    {
        using var changes = new SqliteStatement(connection, """
            SELECT change_number, kind, customer_id, related_id, source, record_id, reason, run_id, at
            FROM changes JOIN runs USING (run_number) WHERE change_number > ?1 ORDER BY change_number LIMIT ?2
            """);
        changes.Bind(0, last);
        changes.Bind(1, count);
        var page = new List<EntityChange>();
        while (changes.Read())
        {
            last = changes.Integer(0);
            page.Add(new EntityChange(
                Kind(changes.Text(1), store),
                changes.Text(2),
                changes.TextOrNull(3),
                changes.TextOrNull(4) is { } source ? new RecordKey(source, changes.Text(5)) : null,
                changes.Text(6),
                changes.Text(7),
                DateTimeOffset.ParseExact(changes.Text(8), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)));
        }
        return page;
    }

    private static EntityChangeKind Kind(string name, string store) => name switch
    {
        "created" => EntityChangeKind.Created,
        "joined" => EntityChangeKind.Joined,
        "moved" => EntityChangeKind.Moved,
        "merged" => EntityChangeKind.Merged,
        "split" => EntityChangeKind.Split,
        _ => throw new LookupFormatException(store, "a change has a kind that this library does not know."),
    };

    // One string object per distinct text; the same text mostly comes many times in a row.
    private sealed class Utf8Strings
    {
        private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
        private byte[] _lastUtf8 = [];
        private string _last = string.Empty;

        public string Get(ReadOnlySpan<byte> utf8)
        {
            if (!utf8.SequenceEqual(_lastUtf8))
            {
                string text = System.Text.Encoding.UTF8.GetString(utf8);
                if (!_known.TryGetValue(text, out string? known))
                {
                    _known.Add(text, text);
                    known = text;
                }
                _last = known;
                _lastUtf8 = utf8.ToArray();
            }
            return _last;
        }
    }
}
