using System.Net.Sockets;
using Npgsql;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Tells errors that pass from those that stay.</summary>
internal static class CaptureErrors
{
    /// <summary>Is a connection lost, or the server not there for a while?</summary>
    public static bool IsLost(Exception error) => error switch
    {
        // A slot whose log is gone says so with this one.
        PostgresException { SqlState: PostgresErrorCodes.ObjectNotInPrerequisiteState } => false,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.QueryCanceled } => true,
        PostgresException known => known.IsTransient,
        NpgsqlException => true,
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Is the slot in use by another connection?</summary>
    public static bool IsBusy(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.ObjectInUse };
}
