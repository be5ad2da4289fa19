using System.Data.Common;
using IdentityResolution.Records;

namespace IdentityResolution;

public abstract partial class RecordSet
{
    private static readonly string[] CsvExtensions = [".csv", ".tsv", ".txt", ".psv"];
    private static readonly string[] NdJsonExtensions = [".ndjson", ".jsonl", ".json-lines"];

    /// <summary>The records of a CSV file, plain or packed by gzip.</summary>
    /// <param name="path">The file. It is opened when the records are read.</param>
    /// <param name="options">How to read it; null = <see cref="CsvOptions.Default"/>.</param>
    /// <returns>The set. It can be read any number of times.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <remarks>
    /// Reading throws <see cref="FileNotFoundException"/> when there is no such file, and <see cref="InvalidRecordException"/> when the
    /// path is a directory or the header can't be used. Rows that can't be read go to quarantine.
    /// </remarks>
    public static RecordSet FromCsv(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= CsvOptions.Default;
        return new TextRecordSet(path, options.Source, null, TextFormat.Csv, options, NdJsonOptions.Default);
    }

    /// <summary>The records of a CSV stream, plain or packed by gzip.</summary>
    /// <param name="stream">The bytes, from where the stream stands.</param>
    /// <param name="name">What to call the input in messages; gives the source name too when the options do not.</param>
    /// <param name="options">How to read it; null = <see cref="CsvOptions.Default"/>.</param>
    /// <returns>The set. It can be read once.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static RecordSet FromCsv(Stream stream, string name, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= CsvOptions.Default;
        return new TextRecordSet(name, options.Source, stream, TextFormat.Csv, options, NdJsonOptions.Default);
    }

    /// <summary>The records of an NDJSON file (one JSON object per line), plain or packed by gzip.</summary>
    /// <param name="path">The file. It is opened when the records are read.</param>
    /// <param name="options">How to read it; null = <see cref="NdJsonOptions.Default"/>.</param>
    /// <returns>The set. It can be read any number of times.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <remarks>
    /// Reading throws <see cref="FileNotFoundException"/> when there is no such file, and <see cref="InvalidRecordException"/> when the
    /// path is a directory or the file holds a JSON array. Lines that can't be read go to quarantine.
    /// </remarks>
    public static RecordSet FromNdJson(string path, NdJsonOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= NdJsonOptions.Default;
        return new TextRecordSet(path, options.Source, null, TextFormat.NdJson, CsvOptions.Default, options);
    }

    /// <summary>The records of an NDJSON stream (one JSON object per line), plain or packed by gzip.</summary>
    /// <param name="stream">The bytes, from where the stream stands.</param>
    /// <param name="name">What to call the input in messages; gives the source name too when the options do not.</param>
    /// <param name="options">How to read it; null = <see cref="NdJsonOptions.Default"/>.</param>
    /// <returns>The set. It can be read once.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static RecordSet FromNdJson(Stream stream, string name, NdJsonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= NdJsonOptions.Default;
        return new TextRecordSet(name, options.Source, stream, TextFormat.NdJson, CsvOptions.Default, options);
    }

    /// <summary>The records of a CSV or NDJSON file, whichever it is, plain or packed by gzip.</summary>
    /// <param name="path">
    /// The file. Names ending in .csv, .tsv, .txt, .psv are CSV, in .ndjson, .jsonl, .json-lines NDJSON (a further .gz does not count);
    /// any other file is NDJSON when its first character is <c>{</c>, else CSV.
    /// </param>
    /// <param name="source">The source name of the records; null = the file's name without extensions.</param>
    /// <param name="idColumn">The column of the record ids; null = found by its name, else rows are numbered.</param>
    /// <param name="sourceColumn">The column that names the source of each record; null = none.</param>
    /// <param name="onlyColumns">The columns to keep; null = all.</param>
    /// <returns>The set. It can be read any number of times.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static RecordSet FromFile(
        string path, string? source = null, string? idColumn = null, string? sourceColumn = null, IReadOnlyCollection<string>? onlyColumns = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        TextFormat format = EndsWithAny(plain, CsvExtensions) ? TextFormat.Csv
            : EndsWithAny(plain, NdJsonExtensions) ? TextFormat.NdJson
            : TextFormat.Unknown;
        char? delimiter = EndsWithAny(plain, [".tsv"]) ? '\t' : EndsWithAny(plain, [".psv"]) ? '|' : null;
        return FromText(path, null, format, delimiter, source, idColumn, sourceColumn, onlyColumns);
    }

    /// <summary>The records of a CSV or NDJSON stream, whichever it is, plain or packed by gzip: NDJSON when the first character is <c>{</c>, else CSV.</summary>
    /// <param name="stream">The bytes, from where the stream stands; left open.</param>
    /// <param name="name">What to call the input in messages.</param>
    /// <param name="source">The source name of the records; null = <paramref name="name"/> without extensions.</param>
    /// <param name="idColumn">The column of the record ids; null = found by its name, else rows are numbered.</param>
    /// <param name="sourceColumn">The column that names the source of each record; null = none.</param>
    /// <param name="onlyColumns">The columns to keep; null = all.</param>
    /// <returns>The set. It can be read once.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static RecordSet FromStream(
        Stream stream, string name, string? source = null, string? idColumn = null, string? sourceColumn = null,
        IReadOnlyCollection<string>? onlyColumns = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return FromText(name, stream, TextFormat.Unknown, null, source, idColumn, sourceColumn, onlyColumns);
    }

    /// <summary>The rows of an ADO.NET reader: a query on a database or warehouse, or another library's parser.</summary>
    /// <param name="reader">The reader, before its first row; closing it is the caller's part.</param>
    /// <param name="source">The source name of the records.</param>
    /// <param name="idColumn">The column of the record ids, compared without case.</param>
    /// <param name="name">What to call the input in messages; null = <paramref name="source"/>.</param>
    /// <param name="sourceColumn">The column that names the source of each record; null = none.</param>
    /// <returns>The set. It can be read once.</returns>
    /// <remarks>
    /// Values become text: numbers by the invariant culture, dates and times by ISO 8601 (the date alone at midnight), booleans true or
    /// false, bytes as lower-case hexadecimal digits; NULL is missing. Errors of the driver pass through.
    /// </remarks>
    public static RecordSet FromReader(DbDataReader reader, string source, string idColumn, string? name = null, string? sourceColumn = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(idColumn);
        return new ReaderRecordSet(name ?? source, source, reader, idColumn, sourceColumn);
    }

    /// <summary>Records that the caller holds.</summary>
    /// <param name="records">The records; enumerated anew at each reading.</param>
    /// <param name="source">The source of records whose key names none.</param>
    /// <param name="name">What to call the input in messages; null = <paramref name="source"/>.</param>
    /// <returns>The set.</returns>
    public static RecordSet From(IEnumerable<SourceRecord> records, string source = "records", string? name = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new ListRecordSet(name ?? source, source, records);
    }

    /// <summary>Records that the caller produces.</summary>
    /// <param name="records">The records; enumerated anew at each reading.</param>
    /// <param name="source">The source of records whose key names none.</param>
    /// <param name="name">What to call the input in messages; null = <paramref name="source"/>.</param>
    /// <returns>The set.</returns>
    public static RecordSet From(IAsyncEnumerable<SourceRecord> records, string source = "records", string? name = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new ListRecordSet(name ?? source, source, records);
    }

    private static TextRecordSet FromText(
        string name, Stream? stream, TextFormat format, char? delimiter,
        string? source, string? idColumn, string? sourceColumn, IReadOnlyCollection<string>? onlyColumns)
    {
        var csv = new CsvOptions
        {
            Source = source,
            IdColumn = idColumn,
            SourceColumn = sourceColumn,
            OnlyColumns = onlyColumns,
            Delimiter = delimiter,
        };
        var ndJson = new NdJsonOptions { Source = source, IdColumn = idColumn, SourceColumn = sourceColumn, OnlyColumns = onlyColumns };
        return new TextRecordSet(name, source, stream, format, csv, ndJson);
    }

    private static bool EndsWithAny(string path, string[] extensions) =>
        extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
