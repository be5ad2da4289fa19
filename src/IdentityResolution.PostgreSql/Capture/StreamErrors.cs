namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Errors of a stream's connection.</summary>
internal static class StreamErrors
{
    /// <summary>
    /// Waits for something that reads from the stream. When a connection breaks while its timer writes to it, Npgsql 10 takes the buffers away from the
    /// read that waits, which then fails in any way: that is a lost connection too.
    /// </summary>
    public static async Task<T> Watch<T>(Task<T> read)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception error) when (error is NullReferenceException or InvalidOperationException or ArgumentException)
        {
            throw new IOException("The connection of the stream of changes is lost.", error);
        }
    }
}
