using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Follows a slot: reads message by message, writes in between.</summary>
internal sealed class ChangeStream(
    LogicalReplicationConnection connection, PostgreSqlCaptureOptions options, CaptureWriter writer, TransactionReader transactions, BatchFlush flush,
    Func<Task> terminate)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private long? _waitingSince;

    /// <summary>Runs until it is cancelled or fails.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Npgsql puts the name into quotes, but does not look into it.
        string publication = options.Publication.Replace("\"", "\"\"", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
        IAsyncEnumerator<PgOutputReplicationMessage> messages = connection.StartReplication(
            new PgOutputReplicationSlot(options.Slot),
            new PgOutputReplicationOptions(publication, PgOutputProtocolVersion.V1),
            stop.Token,
            writer.Position!.Value.Lsn).GetAsyncEnumerator(stop.Token);
        Task<bool>? next = null;
        try
        {
            connection.SetReplicationStatus(writer.Position.Value.Lsn);
            while (true)
            {
                next = messages.MoveNextAsync().AsTask();
                await WaitAsync(next, cancellationToken).ConfigureAwait(false);
                if (!await StreamErrors.Watch(next).ConfigureAwait(false))
                {
                    throw new IOException("The server ended the stream of changes.");
                }
                await transactions.ReadAsync(messages.Current, cancellationToken).ConfigureAwait(false);
                await FlushDueAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            if (await EndsAsync(next).ConfigureAwait(false))
            {
                await messages.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    // Npgsql 10 may miss a cancellation that comes while the stream begins, and then reads for ever: the server ends the connection.
    private async Task<bool> EndsAsync(Task<bool>? next)
    {
        if (next is null)
        {
            return true;
        }
        await Task.WhenAny(next, Task.Delay(Grace, options.TimeProvider, CancellationToken.None)).ConfigureAwait(false);
        if (!next.IsCompleted)
        {
            await terminate().ConfigureAwait(false);
            await Task.WhenAny(next, Task.Delay(Grace * 10, options.TimeProvider, CancellationToken.None)).ConfigureAwait(false);
        }
        _ = next.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return next.IsCompleted;
    }

    // While a batch is written, the connection reads on: what the server asks is answered.
    private async Task WaitAsync(Task<bool> next, CancellationToken cancellationToken)
    {
        if (transactions.IsOpen)
        {
            return;
        }
        if (flush.IsWaiting && !await ComesAsync(next, Remaining(), cancellationToken).ConfigureAwait(false))
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!await ComesAsync(next, options.ProgressInterval, cancellationToken).ConfigureAwait(false))
        {
            await flush.IdleAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FlushDueAsync(CancellationToken cancellationToken)
    {
        if (transactions.IsOpen || !flush.IsWaiting)
        {
            return;
        }
        _waitingSince ??= options.TimeProvider.GetTimestamp();
        if (flush.IsFull || Remaining() <= TimeSpan.Zero)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        _waitingSince = null;
        await flush.WholeAsync(cancellationToken).ConfigureAwait(false);
    }

    private TimeSpan Remaining() => _waitingSince is { } since ? options.MaxDelay - options.TimeProvider.GetElapsedTime(since) : TimeSpan.Zero;

    private async Task<bool> ComesAsync(Task<bool> next, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (next.IsCompleted || wait <= TimeSpan.Zero)
        {
            return next.IsCompleted;
        }
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next, Task.Delay(wait, options.TimeProvider, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return next.IsCompleted;
    }
}
