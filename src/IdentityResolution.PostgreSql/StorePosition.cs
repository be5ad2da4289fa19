using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Where a store stands as a run is about to be written.</summary>
/// <param name="HasRun">Does the store have the run already?</param>
/// <param name="RunCount">How many runs it has.</param>
/// <param name="Ticks">The moment of the last one.</param>
/// <param name="LastChange">The last number of the history.</param>
/// <param name="TermForm">In which form it keeps terms; null = it keeps none.</param>
internal readonly record struct StorePosition(bool HasRun, long RunCount, long Ticks, long LastChange, string? TermForm)
{
    /// <summary>The statement that finds it.</summary>
    public static (string Sql, NpgsqlParameter[] Parameters) Query(StoreTables tables, string runId) => (
        $"""
        SELECT EXISTS (SELECT FROM {tables.Runs} WHERE run_id = $1), run_number, ticks, last_change, (SELECT value FROM {tables.Meta} WHERE key = 'record_terms')
        FROM (SELECT 0::bigint AS run_number, 0::bigint AS ticks, 0::bigint AS last_change
            UNION ALL (SELECT run_number, ticks, last_change FROM {tables.Runs} ORDER BY run_number DESC LIMIT 1)) r
        ORDER BY run_number DESC LIMIT 1
        """,
        [new NpgsqlParameter<string> { TypedValue = StoredText.Key(runId) }]);

    /// <summary>Reads what the statement found.</summary>
    public static StorePosition Read(NpgsqlDataReader row) => new(row.GetBoolean(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4));
}
