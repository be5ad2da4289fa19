namespace IdentityResolution.Live;

/// <summary>Lets one thread read records from a store while another puts those before into the table; in order.</summary>
internal sealed class RecordContentPipe(RecordContentReader reader)
{
    private const int BytesPerBatch = 1 << 20;
    private Batch _filling = new();
    private Batch _taken = new();
    private Task _taking = Task.CompletedTask;

    /// <summary>Takes a record; waits when the other thread is a batch behind.</summary>
    public void Add(string source, ReadOnlySpan<byte> id, ReadOnlySpan<byte> content)
    {
        if (_filling.Add(source, id, content) < BytesPerBatch)
        {
            return;
        }
        _taking.GetAwaiter().GetResult();
        (_filling, _taken) = (_taken, _filling);
        Batch batch = _taken;
        _taking = Task.Run(() => batch.MoveTo(reader));
    }

    /// <summary>Waits until every record is in the table.</summary>
    public async Task CompleteAsync()
    {
        await _taking.ConfigureAwait(false);
        _filling.MoveTo(reader);
    }

    /// <summary>Waits for the other thread, whatever became of it.</summary>
    public Task EndAsync() => _taking.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private sealed class Batch
    {
        private readonly List<(string Source, int IdEnd, int End)> _records = [];
        private byte[] _bytes = new byte[BytesPerBatch * 5 / 4];
        private int _length;

        public int Add(string source, ReadOnlySpan<byte> id, ReadOnlySpan<byte> content)
        {
            int needed = checked(_length + id.Length + content.Length);
            if (needed > _bytes.Length)
            {
                Array.Resize(ref _bytes, needed);
            }
            id.CopyTo(_bytes.AsSpan(_length));
            content.CopyTo(_bytes.AsSpan(_length + id.Length));
            _records.Add((source, _length + id.Length, needed));
            return _length = needed;
        }

        public void MoveTo(RecordContentReader reader)
        {
            int start = 0;
            foreach ((string source, int idEnd, int end) in _records)
            {
                reader.Add(source, _bytes.AsSpan(start, idEnd - start), _bytes.AsSpan(idEnd, end - idEnd));
                start = end;
            }
            _records.Clear();
            _length = 0;
        }
    }
}
