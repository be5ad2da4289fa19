using Npgsql;
using Npgsql.Replication;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Opens connections on which every value has one text form, whatever the settings of server, database and role.</summary>
internal sealed class CaptureConnections
{
    // Dates ISO, floating-point numbers shortest and exact, bytes hexadecimal. A policy that hides rows is an error and no gap.
    private const string Settings =
        "-c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1 -c bytea_output=hex -c lc_monetary=C -c row_security=off";

    private readonly string _connectionString;

    /// <summary>Takes a connection string of Npgsql's or a URI; nothing is connected yet.</summary>
    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public CaptureConnections(string connectionString, string parameter)
    {
        (NpgsqlConnectionStringBuilder connection, string? schema) = ConnectionText.Parse(connectionString, parameter);
        if (schema is not null)
        {
            throw new ArgumentException("The connection string of a capture names no schema: tables have theirs.", parameter);
        }
        connection.Options = string.IsNullOrEmpty(connection.Options) ? Settings : connection.Options + " " + Settings;
        connection.Timezone = "UTC";
        // Nothing that other users made is called.
        connection.SearchPath = "pg_catalog";
        connection.Pooling = false;
        connection.Enlist = false;
        _connectionString = connection.ConnectionString;
        Description = $"{connection.Host}:{connection.Port}/{connection.Database ?? connection.Username}";
    }

    /// <summary>The database, without user and password.</summary>
    public string Description { get; }

    /// <summary>A connection for queries.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A connection for a stream of changes.</summary>
    public async Task<LogicalReplicationConnection> OpenReplicationAsync(CancellationToken cancellationToken)
    {
        var connection = new LogicalReplicationConnection(_connectionString);
        try
        {
            await connection.Open(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
