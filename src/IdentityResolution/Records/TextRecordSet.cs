namespace IdentityResolution.Records;

/// <summary>How records stand in a text.</summary>
internal enum TextFormat
{
    /// <summary>To be told from the first character: <c>{</c> is NDJSON, everything else CSV.</summary>
    Unknown = 0,

    /// <summary>Delimited text.</summary>
    Csv,

    /// <summary>One JSON object per line.</summary>
    NdJson,
}

/// <summary>The records of a text file or stream.</summary>
internal sealed class TextRecordSet : RecordSet
{
    private readonly Stream? _given;
    private readonly TextFormat _format;
    private readonly CsvOptions _csv;
    private readonly NdJsonOptions _ndJson;
    private bool _isRead;

    /// <summary>Creates the set of a file (when <paramref name="given"/> is null) or of a stream.</summary>
    public TextRecordSet(string name, string? source, Stream? given, TextFormat format, CsvOptions csv, NdJsonOptions ndJson)
        : base(name, source ?? SourceName.FromPath(name))
    {
        CsvOptions.Validate(csv);
        NdJsonOptions.Validate(ndJson);
        _given = given;
        _format = format;
        _csv = csv;
        _ndJson = ndJson;
    }

    private bool LeaveOpen => _format == TextFormat.NdJson ? _ndJson.LeaveOpen : _csv.LeaveOpen;

    /// <inheritdoc/>
    internal override async Task ReadAsync(RecordSegmentBuilder segment, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (_given is null)
        {
            FileStream file = OpenFile(Name);
            await using (file.ConfigureAwait(false))
            {
                await ReadAsync(file, segment, progress, cancellationToken).ConfigureAwait(false);
            }
            return;
        }
        if (_isRead)
        {
            throw new InvalidOperationException($"The stream of '{Name}' was read already; create a new record set on a new stream.");
        }
        _isRead = true;
        try
        {
            await ReadAsync(_given, segment, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!LeaveOpen)
            {
                await _given.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    internal override long? EstimateRecords()
    {
        const int SampleBytes = 1 << 18;
        if (_given is not null || !File.Exists(Name))
        {
            return null;
        }
        using FileStream file = OpenFile(Name);
        var sample = new byte[SampleBytes];
        int read = file.ReadAtLeast(sample, SampleBytes, throwOnEndOfStream: false);
        int lines = sample.AsSpan(0, read).Count((byte)'\n');
        return lines == 0 || GzipText.IsGzip(sample.AsSpan(0, read)) ? null : (long)((double)file.Length / read * lines);
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidRecordException(path, 0, "this is a directory; a file is expected.");
        }
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: there is no such file.", path);
        }
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new InvalidRecordException(path, 0, "the file may not be read by this user.", exception);
        }
    }

    private async Task ReadAsync(Stream stream, RecordSegmentBuilder segment, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            TextInput text = await TextInput.OpenAsync(
                stream, _format == TextFormat.NdJson ? _ndJson.Encoding : _csv.Encoding, cancellationToken).ConfigureAwait(false);
            await using (text.ConfigureAwait(false))
            {
                if (_format == TextFormat.NdJson || (_format == TextFormat.Unknown && text.FirstByte is (byte)'{' or (byte)'['))
                {
                    var reader = new NdJsonRecordReader(Name, Source, _ndJson, text.EncodingName, segment, progress);
                    await reader.ReadAsync(new ByteWindow(text.Reader), cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    var reader = new CsvRecordReader(Name, Source, _csv, text.EncodingName, segment, progress);
                    await reader.ReadAsync(text.Text, text.Length, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidRecordException(Name, 0, "the gzip data is broken or cut off.", exception);
        }
    }
}
