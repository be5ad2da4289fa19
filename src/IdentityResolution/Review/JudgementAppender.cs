using System.Globalization;
using System.Text;

namespace IdentityResolution;

/// <summary>Adds judgements to a file one by one; each is on the disk when the call returns.</summary>
/// <remarks>Not safe for concurrent use; the file is closed to other writers meanwhile.</remarks>
public sealed class JudgementAppender : IDisposable
{
    private static readonly string[] Columns = ["source_l", "record_id_l", "source_r", "record_id_r", "decision", "judged_by", "judged_at", "note"];
    private readonly FileStream _file;
    private readonly string[] _columns;
    private readonly Stack<long> _starts = [];

    private JudgementAppender(FileStream file, string[] columns)
    {
        _file = file;
        _columns = columns;
    }

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">
    /// A CSV file, not packed. One that exists keeps what it holds; it must have the columns that <see cref="JudgementFile"/> reads, under their first
    /// names and separated by commas. Other columns stay empty in new rows.
    /// </param>
    /// <returns>The file.</returns>
    /// <exception cref="InvalidRecordException">The file lacks a column, is packed or is NDJSON, or has a quoted header.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be written.</exception>
    public static JudgementAppender Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidRecordException(path, 0, "answers can be added to a plain CSV file only.");
        }
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            string[] columns = file.Length == 0 ? Begin(file) : ReadHeader(file, path);
            EndLine(file);
            return new JudgementAppender(file, columns);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a judgement.</summary>
    /// <param name="judgement">The judgement.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Append(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        _starts.Push(_file.Position);
        Write(_file, string.Join(',', _columns.Select(column => Quote(Value(judgement, column)))));
    }

    /// <summary>Takes the last judgement out of the file again that was added since it was opened.</summary>
    /// <returns>Was there one?</returns>
    /// <exception cref="IOException">The file can't be written.</exception>
    public bool Undo()
    {
        if (!_starts.TryPop(out long start))
        {
            return false;
        }
        _file.SetLength(start);
        _file.Position = start;
        _file.Flush(flushToDisk: true);
        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static string[] Begin(FileStream file)
    {
        Write(file, string.Join(',', Columns));
        return Columns;
    }

    private static string[] ReadHeader(FileStream file, string path)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        string header = reader.ReadLine() ?? string.Empty;
        string[] columns = [.. header.Split(',').Select(column => column.Trim().ToLowerInvariant())];
        string? lacking = header.Contains('"', StringComparison.Ordinal) ? Columns[0] : Columns.Take(5).FirstOrDefault(column => !columns.Contains(column, StringComparer.Ordinal));
        return lacking is null
            ? columns
            : throw new InvalidRecordException(path, 1, $"answers can't be added: there is no column '{lacking}' among unquoted names separated by commas.");
    }

    // A last line without an end would swallow the first answer.
    private static void EndLine(FileStream file)
    {
        file.Position = file.Length - 1;
        if (file.ReadByte() != '\n')
        {
            Write(file, string.Empty);
        }
    }

    private static void Write(FileStream file, string line)
    {
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    private static string? Value(Judgement judgement, string column) => column switch
    {
        "source_l" => judgement.Left.Source,
        "record_id_l" => judgement.Left.Id,
        "source_r" => judgement.Right.Source,
        "record_id_r" => judgement.Right.Id,
        "decision" => judgement.Decision.ToString().ToLowerInvariant(),
        "judged_by" => judgement.JudgedBy,
        "judged_at" => judgement.JudgedAt?.ToString("O", CultureInfo.InvariantCulture),
        "note" => judgement.Note,
        _ => null,
    };

    private static string? Quote(string? value) => value is null || value.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? value
        : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
