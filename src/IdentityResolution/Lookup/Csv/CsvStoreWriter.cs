using System.Globalization;
using System.Text;
using IdentityResolution.Identity;
using IdentityResolution.Records;

namespace IdentityResolution.Lookup;

/// <summary>Writes the new files of a store; they take their places afterwards.</summary>
internal sealed class CsvStoreWriter(CsvStorePaths paths, StoreFiles files)
{
    /// <summary>Writes what a commit changes.</summary>
    /// <param name="state">The state after the commit.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="isNew">Is there no store yet? Then every file is written.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>The files that have a new one.</returns>
    public IReadOnlyList<string> Write(IdentityState state, LookupCommit commit, bool isNew, CancellationToken cancellationToken)
    {
        var changed = new List<string>();
        if (isNew || commit.Rows.Count > 0 || commit.RemovedRows.Count > 0)
        {
            changed.Add(WriteFile(paths.Lookup, null, Rows(state), cancellationToken));
        }
        if (isNew || commit.Entities.Count > 0)
        {
            changed.Add(WriteFile(paths.Entities, null, Entities(state), cancellationToken));
        }
        if (isNew || commit.Changes.Count > 0)
        {
            changed.Add(WriteFile(paths.History, isNew ? null : paths.History, Changes(commit, isNew), cancellationToken));
        }
        changed.Add(WriteFile(paths.Runs, isNew ? null : paths.Runs, Run(commit, isNew), cancellationToken));
        return changed;
    }

    // Each step of the sequence writes a part; the buffer is handed on whenever it is full.
    private string WriteFile(string path, string? begin, IEnumerable<Action<CsvBuffer>> parts, CancellationToken cancellationToken)
    {
        var csv = new CsvBuffer();
        using Stream file = files.Create(path + CsvStorePaths.NewSuffix);
        if (begin is not null)
        {
            using FileStream old = File.OpenRead(begin);
            old.CopyTo(file);
        }
        foreach (Action<CsvBuffer> part in parts)
        {
            part(csv);
            if (csv.IsFull)
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.Write(csv.Written.Span);
                csv.Clear();
            }
        }
        cancellationToken.ThrowIfCancellationRequested();
        file.Write(csv.Written.Span);
        files.Sync(file);
        return path;
    }

    private static IEnumerable<Action<CsvBuffer>> Rows(IdentityState state)
    {
        yield return csv => csv.Append(LookupCsvRows.Header);
        var rows = new LookupCsvRows(state.Keys, state.Names);
        int[] order = RecordKeyOrder.Sort(state.Keys);
        for (int start = 0; start < order.Length; start += CsvBuffer.RowsPerBlock)
        {
            ReadOnlyMemory<int> block = order.AsMemory(start, Math.Min(CsvBuffer.RowsPerBlock, order.Length - start));
            yield return csv =>
            {
                foreach (int row in block.Span)
                {
                    rows.Write(
                        csv,
                        state.Keys.SourceOf(row),
                        state.Keys.Id(row),
                        state.Entities.Id(state.EntityOf(row)),
                        state.NameOf(row),
                        state.ProbabilityOf(row));
                }
            };
        }
    }

    private static IEnumerable<Action<CsvBuffer>> Entities(IdentityState state)
    {
        EntityDirectory entities = state.Entities;
        yield return csv => WriteHeader(csv, CsvStoreReader.EntitiesHeader);
        int[] order = [.. Enumerable.Range(0, entities.Count)];
        Array.Sort(order, (left, right) => EntityAge.Compare(entities, left, right));
        foreach (int entity in order)
        {
            yield return csv =>
            {
                csv.AppendField(entities.Id(entity));
                csv.AppendComma();
                csv.AppendField(entities.Sequence(entity).ToString(CultureInfo.InvariantCulture));
                csv.AppendComma();
                if (entities.IsRetired(entity))
                {
                    csv.AppendField(entities.Id(entity));
                }
                else if (entities.Successor(entity) >= 0)
                {
                    csv.AppendField(entities.Id(entities.Successor(entity)));
                }
                csv.EndLine();
            };
        }
    }

    private static IEnumerable<Action<CsvBuffer>> Changes(LookupCommit commit, bool isNew)
    {
        if (isNew)
        {
            yield return csv => WriteHeader(csv, CsvStoreReader.HistoryHeader);
        }
        foreach (EntityChange change in commit.Changes)
        {
            yield return csv => WriteLine(
                csv,
                change.At.ToString("O", CultureInfo.InvariantCulture),
                change.RunId,
                StoredNames.Of(change.Kind),
                change.EntityId,
                change.RelatedEntityId ?? string.Empty,
                change.Record?.Source ?? string.Empty,
                change.Record?.Id ?? string.Empty,
                change.Reason);
        }
    }

    private static IEnumerable<Action<CsvBuffer>> Run(LookupCommit commit, bool isNew)
    {
        if (isNew)
        {
            yield return csv => WriteHeader(csv, CsvStoreReader.RunsHeader);
        }
        yield return csv => WriteLine(csv, commit.RunId, commit.At.ToString("O", CultureInfo.InvariantCulture), commit.ModelHash);
    }

    private static void WriteHeader(CsvBuffer csv, ReadOnlySpan<byte> header)
    {
        csv.Append(header);
        csv.EndLine();
    }

    private static void WriteLine(CsvBuffer csv, params ReadOnlySpan<string> fields)
    {
        for (int field = 0; field < fields.Length; field++)
        {
            if (field > 0)
            {
                csv.AppendComma();
            }
            csv.AppendField(Encoding.UTF8.GetBytes(fields[field]));
        }
        csv.EndLine();
    }
}
