using System.Runtime.ExceptionServices;
using IdentityResolution.PostgreSql.Capture;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Keeps a live index up to date with tables of a PostgreSQL database, by logical replication.</summary>
/// <remarks>
/// <para>The first run reads the tables as they stood when the slot was made, then follows all changes from there. Changes of customers and the
/// position in the stream are committed together, and the server is told only afterwards: whatever is stopped or crashes, and when, nothing is
/// lost and nothing is applied twice. docs/capture.md tells what the server needs.</para>
/// <para>One slot has one capture. The object holds no connection between runs.</para>
/// </remarks>
public sealed class PostgreSqlChangeCapture
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private readonly CaptureConnections _connections;
    private readonly PostgreSqlCaptureOptions _options;

    private PostgreSqlChangeCapture(CaptureConnections connections, PostgreSqlCaptureOptions options)
    {
        _connections = connections;
        _options = options;
    }

    /// <summary>The database, the slot, without user and password, for messages.</summary>
    public string Description => $"postgres:{_connections.Description} slot {_options.Slot}";

    /// <summary>Prepares a capture; nothing is connected yet.</summary>
    /// <param name="connectionString">
    /// Npgsql's keywords or a URI, as <see cref="PostgreSqlLookupStore.OpenConnectionString"/> takes them. The role needs the attribute
    /// REPLICATION and SELECT on the tables. Replication does not go through a connection pooler.
    /// </param>
    /// <param name="options">What to capture.</param>
    /// <returns>The capture.</returns>
    /// <exception cref="ArgumentException">The connection string (of which the message holds nothing) or an option is not valid.</exception>
    public static PostgreSqlChangeCapture Create(string connectionString, PostgreSqlCaptureOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        return new PostgreSqlChangeCapture(new CaptureConnections(connectionString, nameof(connectionString)), options);
    }

    /// <summary>Follows the tables until it is cancelled or something can't be mended by trying again.</summary>
    /// <param name="index">The index to keep up to date.</param>
    /// <param name="store">The store that the index was opened on.</param>
    /// <param name="onBatch">Is told of each batch once it is durable, in order; the stream waits for it. What it throws ends the run.</param>
    /// <param name="cancellationToken">Ends the run; the next one goes on behind the last batch.</param>
    /// <returns>A task that never ends well: it is cancelled, or it fails.</returns>
    /// <exception cref="ChangeCaptureException">The server or a table is not as it must be, or changes are lost.</exception>
    /// <exception cref="NpgsqlException">The server can't be reached at the start, or refuses; a connection that is lost later is tried again.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task RunAsync(
        LiveIndex index, ILiveStore store, Func<CapturedBatch, CancellationToken, ValueTask>? onBatch = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(store);
        bool resnapshots = _options.Resnapshot;
        bool wasChecked = false;
        TimeSpan delay = FirstDelay;
        long? busySince = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var writer = new CaptureWriter(index, store, _options.Slot, onBatch);
            var session = new CaptureSession(_connections, _options, writer, resnapshots);
            try
            {
                await session.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (CaptureStoppedException stopped)
            {
                ExceptionDispatchInfo.Throw(stopped.InnerException!);
            }
            catch (TableChangedException changed)
            {
                await writer.WriteMarkerAsync(changed.Table.Options, null, cancellationToken).ConfigureAwait(false);
                (wasChecked, resnapshots) = (wasChecked || session.IsChecked, resnapshots && !session.IsStreaming);
                continue;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && CaptureErrors.IsLost(error))
            {
                (wasChecked, resnapshots) = (wasChecked || session.IsChecked, resnapshots && !session.IsStreaming);
                delay = session.IsStreaming ? FirstDelay : delay;
                busySince = CaptureErrors.IsBusy(error) ? busySince ?? _options.TimeProvider.GetTimestamp() : null;
                bool isPatient = busySince is { } since ? _options.TimeProvider.GetElapsedTime(since) < _options.SlotPatience : wasChecked;
                if (!isPatient)
                {
                    throw;
                }
                _options.OnReconnect?.Invoke(error);
            }
            catch (Exception error) when (cancellationToken.IsCancellationRequested && error is NpgsqlException or IOException or ObjectDisposedException)
            {
                throw new OperationCanceledException("The capture was cancelled.", error, cancellationToken);
            }
            await Task.Delay(delay, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < _options.MaxReconnectDelay ? delay * 2 : _options.MaxReconnectDelay;
        }
    }
}
