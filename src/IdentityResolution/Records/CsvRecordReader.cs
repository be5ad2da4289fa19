namespace IdentityResolution.Records;

/// <summary>Reads the rows of a CSV text into a segment; sets the rows aside that can't be read.</summary>
/// <remarks>
/// Four stretches of the text are in work at a time: one is read, the next is cut into rows, of the third the keys are taken, and the
/// values of the fourth are encoded, each column by one thread. What is shared has one writer at a time and sees the rows in their order,
/// so the outcome is that of one thread.
/// </remarks>
internal sealed class CsvRecordReader
{
    /// <summary>How much of a text is cut at a time. Bytes.</summary>
    public const int DefaultChunkBytes = 1 << 20;

    private const int FirstChunkBytes = 64 * 1024;
    private const int BatchesInWork = 4;

    // So few are taken sooner than a second thread wakes up.
    private const int FewRows = 512;
    private readonly RecordSegmentBuilder _segment;
    private readonly RecordProgress _progress;
    private readonly CsvRowReader _rows;
    private readonly CsvChunk[] _chunks;
    private readonly int _chunkBytes;
    private long _bytesRead;

    /// <summary>Creates the reader of one input.</summary>
    public CsvRecordReader(
        string input, string source, CsvOptions options, string encodingName, RecordSegmentBuilder segment, IProgress<long>? progress,
        int chunkBytes = DefaultChunkBytes)
    {
        _segment = segment;
        _progress = new RecordProgress(segment, progress);
        _rows = new CsvRowReader(input, source, options, encodingName, segment);
        _chunks = [.. Enumerable.Range(0, BatchesInWork).Select(_ => new CsvChunk())];
        _chunkBytes = chunkBytes;
    }

    /// <summary>Reads to the end.</summary>
    /// <param name="text">UTF-8 without byte order mark.</param>
    /// <param name="length">How many bytes there will be, about; null = not known.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidRecordException">The header can't be used, or more rows than allowed are in quarantine.</exception>
    public async Task ReadAsync(Stream text, long? length, CancellationToken cancellationToken)
    {
        CsvChunk current = _chunks[0];
        await FillAsync(current, text, Math.Min(FirstChunkBytes, _chunkBytes), length, cancellationToken).ConfigureAwait(false);
        for (int round = 0; ; round++)
        {
            CsvChunk next = _chunks[(round + 1) % BatchesInWork];
            Task reading = current.IsFinal ? Task.CompletedTask : StartFilling(next, text, length, cancellationToken);
            try
            {
                Work(round, lastRound: round, cancellationToken);
            }
            finally
            {
                await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await reading.ConfigureAwait(false);
            _progress.Report(_segment.Count);
            if (current.IsFinal)
            {
                Work(round + 1, lastRound: round, cancellationToken);
                Work(round + 2, lastRound: round, cancellationToken);
                _progress.Report(_segment.Count);
                _progress.Report();
                return;
            }
            next.Prepend(current.Unread);
            // A row that is longer than what is read at a time comes back with twice the bytes: it is looked at a logarithmic number of times.
            while (!next.IsFinal && next.Length < 2 * current.Unread.Length)
            {
                await FillAsync(next, text, current.Unread.Length, length, cancellationToken).ConfigureAwait(false);
            }
            current = next;
        }
    }

    private Task StartFilling(CsvChunk chunk, Stream text, long? length, CancellationToken cancellationToken)
    {
        chunk.Clear();
        return _segment.Workers.Count == 1
            ? FillAsync(chunk, text, _chunkBytes, length, cancellationToken)
            : Task.Run(() => FillAsync(chunk, text, _chunkBytes, length, cancellationToken), cancellationToken);
    }

    private async Task FillAsync(CsvChunk chunk, Stream text, int count, long? length, CancellationToken cancellationToken)
    {
        _bytesRead += await chunk.ReadAsync(text, count, cancellationToken).ConfigureAwait(false);
        chunk.Rows.Share = chunk.IsFinal ? 1 : length > 0 ? Math.Min(1, (double)_bytesRead / length.Value) : 0;
    }

    // One round: the chunk of this round is cut, the keys of the one before are taken, the values of the one before that are encoded.
    private void Work(int round, int lastRound, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TableLayout? layout = _rows.Layout;
        CsvChunk? scanned = round <= lastRound ? _chunks[round % BatchesInWork] : null;
        RowBatch? keyed = round >= 1 && round - 1 <= lastRound ? _chunks[(round - 1) % BatchesInWork].Rows : null;
        RowBatch? encoded = round >= 2 && layout is not null ? _chunks[(round - 2) % BatchesInWork].Rows : null;
        int[] columns = encoded?.Count > 0 ? _segment.ByCost(layout!.KeptColumns) : [];
        int tasks = 2 + columns.Length;
        int threads = (encoded ?? keyed)?.Count is null or < FewRows ? 1 : Math.Min(_segment.Workers.Count, tasks);
        int taken = -1;
        _segment.Workers.Run(threads, _ =>
        {
            for (int task = Interlocked.Increment(ref taken); task < tasks; task = Interlocked.Increment(ref taken))
            {
                if (task >= 2)
                {
                    int place = columns[task - 2];
                    _segment.Encode(layout!.KeptColumns[place], encoded!, layout.KeptFields[place]);
                }
                else if (task == 1)
                {
                    _segment.TakeKeys(keyed, layout);
                }
                else if (scanned is not null)
                {
                    _rows.Cut(scanned);
                }
            }
        });
    }
}
