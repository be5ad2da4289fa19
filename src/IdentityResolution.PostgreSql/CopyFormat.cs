using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>The frame of PostgreSQL's binary COPY format: a header, rows that begin with their number of columns, and an end.</summary>
internal static class CopyFormat
{
    /// <summary>Stands where the next row's number of columns would.</summary>
    public const short End = -1;

    /// <summary>Length of the fixed part of the header: signature, flags and the length of an extension.</summary>
    public const int HeaderLength = 19;

    /// <summary>Signature, no flags, no extension.</summary>
    public static ReadOnlySpan<byte> Header =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Ends a COPY that is not to be finished. What comes of it is the transaction's matter: it is rolled back.</summary>
    public static async Task BreakOffAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync().ConfigureAwait(false);
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or InvalidOperationException)
        {
            // The connection is gone, and the COPY with it. The error that led here is the one to be told.
        }
    }
}
