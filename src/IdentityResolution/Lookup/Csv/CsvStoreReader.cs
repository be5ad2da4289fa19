using System.Globalization;
using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>Reads the files of a store.</summary>
internal sealed class CsvStoreReader(string store, CsvStorePaths paths)
{
    private const int RowsPerLook = 4096;

    public static ReadOnlySpan<byte> EntitiesHeader => "customer_id,created_sequence,successor_id"u8;

    public static ReadOnlySpan<byte> HistoryHeader => "at,run_id,kind,customer_id,related_id,source,record_id,reason"u8;

    public static ReadOnlySpan<byte> RunsHeader => "run_id,at,model_hash"u8;

    /// <summary>Is there a store? False when none of its files is there.</summary>
    /// <exception cref="LookupFormatException">Some are there and some are not.</exception>
    public bool Exists()
    {
        List<string> missing = [.. paths.Data.Where(path => !File.Exists(path))];
        if (missing.Count == 0 || missing.Count == paths.Data.Count)
        {
            return missing.Count == 0;
        }
        throw new LookupFormatException(
            store, $"{Path.GetFileName(missing[0])} is missing, so this is no lookup store, or a damaged one. Give a path of its own.");
    }

    /// <summary>Reads the runs, the ids and the rows.</summary>
    public CsvStoreContents Load(CancellationToken cancellationToken)
    {
        var runs = new HashSet<string>(StringComparer.Ordinal);
        long runsLength = new FileInfo(paths.Runs).Length;
        using (var rows = new CsvRows(store, paths.Runs, RunsHeader))
        {
            while (rows.Read())
            {
                if (!runs.Add(rows.Text(0)))
                {
                    throw rows.Fault("the run stands there twice");
                }
            }
        }
        var builder = new LookupStateBuilder(store);
        using (var rows = new CsvRows(store, paths.Entities, EntitiesHeader))
        {
            while (rows.Read())
            {
                if (!long.TryParse(rows[1], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
                {
                    throw rows.Fault("created_sequence is not a count");
                }
                string id = rows.Text(0);
                string? successor = rows.TextOrNull(2);
                // An id that is its own successor was retired without one.
                bool isRetired = string.Equals(id, successor, StringComparison.Ordinal);
                builder.AddEntity(new EntityState(id, sequence, isRetired || string.IsNullOrEmpty(successor) ? null : successor) { IsRetired = isRetired });
            }
        }
        ReadRows(builder, cancellationToken);
        return new CsvStoreContents(builder.BuildColumns(runs.Count), runs, runsLength);
    }

    /// <summary>Reads the history row by row.</summary>
    public IEnumerable<EntityChange> Changes()
    {
        using var rows = new CsvRows(store, paths.History, HistoryHeader);
        while (rows.Read())
        {
            if (!Enum.TryParse(rows.Text(2), ignoreCase: true, out EntityChangeKind kind) || !Enum.IsDefined(kind)
                || !DateTimeOffset.TryParseExact(
                    rows.Text(0), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset at))
            {
                throw rows.Fault("the kind or the moment can't be read");
            }
            RecordKey? record = rows.TextOrNull(5) is { } source ? new RecordKey(source, rows.Text(6)) : null;
            yield return new EntityChange(kind, rows.Text(3), rows.TextOrNull(4), record, rows.Text(7), rows.Text(1), at);
        }
    }

    private void ReadRows(LookupStateBuilder builder, CancellationToken cancellationToken)
    {
        using var rows = new CsvRows(store, paths.Lookup, LookupCsvRows.Header[..^1]);
        string source = string.Empty;
        string rule = string.Empty;
        byte[] lastSource = [];
        byte[] lastRule = [];
        for (int count = 1; rows.Read(); count++)
        {
            if (count % RowsPerLook == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            int probability = Millionths.None;
            if (rows[0].IsEmpty || rows[1].IsEmpty || rows[2].IsEmpty
                || (!rows[4].IsEmpty && !Millionths.TryRead(rows[4], out probability)))
            {
                throw rows.Fault("source, record_id or customer_id is empty, or match_probability is not in [0, 1]");
            }
            // Sources and rules repeat: make a string only when they change.
            source = Same(rows[0], ref lastSource, source);
            rule = Same(rows[3], ref lastRule, rule);
            builder.AddRow(source, rows[1], rows[2], rule, probability);
        }
    }

    private static string Same(ReadOnlySpan<byte> utf8, ref byte[] last, string text)
    {
        if (utf8.SequenceEqual(last))
        {
            return text;
        }
        last = utf8.ToArray();
        return System.Text.Encoding.UTF8.GetString(utf8);
    }
}

/// <summary>What the files of a store hold, apart from the history.</summary>
/// <param name="State">The rows and ids.</param>
/// <param name="Runs">The runs written so far.</param>
/// <param name="RunsLength">Bytes in the file of runs; each commit makes it longer, so it tells whether the contents are still those.</param>
internal sealed record CsvStoreContents(IdentityState State, HashSet<string> Runs, long RunsLength);
