namespace IdentityResolution.Lookup;

/// <summary>Removes every trace of records from the store in memory.</summary>
internal static class MemoryErasure
{
    /// <summary>Applies the erasing commit.</summary>
    public static ErasureReceipt Erase(MemoryTables tables, StagedCommit staged)
    {
        HashSet<RecordKey> keys = [.. staged.RemovedRows];
        var entities = new SortedSet<string>(StringComparer.Ordinal);
        long rows = 0, past = 0, records = 0, links = 0;
        foreach (RecordKey key in keys)
        {
            if (tables.Rows.TryGetValue(key, out MemoryRow row))
            {
                entities.Add(row.Entity.Id);
                rows++;
            }
            if (tables.PastRows.TryGetValue(key, out List<MemoryRow>? earlier))
            {
                entities.UnionWith(earlier.Select(version => version.Entity.Id));
                past += earlier.Count;
            }
            records += tables.Records.ContainsKey(key) ? 1 : 0;
        }
        links = keys.SelectMany(tables.LinksOf).Distinct().LongCount();
        tables.Apply(staged);
        foreach (RecordKey key in keys)
        {
            tables.PastRows.Remove(key);
        }
        long judgements = tables.Judgements.RemoveAll(judgement => keys.Contains(judgement.Left) || keys.Contains(judgement.Right));
        long changes = tables.Changes.RemoveAll(change => change.Change.Record is { } key && keys.Contains(key));
        tables.Undo = null;
        var receipt = new ErasureReceipt(staged.Commit.RunId, staged.Commit.At, [.. entities], ErasedTables.Count(rows, past, records, links, judgements, changes), ErasedTables.Notes(tables.Model is not null));
        tables.Erasures.Add(receipt);
        return receipt;
    }
}
