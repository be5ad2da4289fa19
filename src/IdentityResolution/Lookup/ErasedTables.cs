namespace IdentityResolution.Lookup;

/// <summary>What every store writes into an <see cref="ErasureReceipt"/>; for writers of stores.</summary>
public static class ErasedTables
{
    /// <summary>How many rows were removed, by table.</summary>
    /// <param name="rows">Rows of the lookup table.</param>
    /// <param name="pastRows">Their earlier versions.</param>
    /// <param name="records">Records with their values.</param>
    /// <param name="links">Links.</param>
    /// <param name="judgements">Judgements.</param>
    /// <param name="changes">Rows of the history.</param>
    /// <param name="terms">Standard values and keys; null where the store keeps none.</param>
    /// <returns>The counts under the names of the tables.</returns>
    public static IReadOnlyDictionary<string, long> Count(
        long rows, long pastRows, long records, long links, long judgements, long changes, long? terms = null)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["changes"] = changes,
            ["judgements"] = judgements,
            ["links"] = links,
            ["lookup"] = rows,
            ["past_rows"] = pastRows,
            ["records"] = records,
        };
        if (terms is { } erased)
        {
            counts["record_terms"] = erased;
        }
        return counts;
    }

    /// <summary>What no store can reach.</summary>
    /// <param name="hasModel">Does the store keep a model?</param>
    /// <returns>The notes.</returns>
    public static IReadOnlyList<string> Notes(bool hasModel) => hasModel
        ? ["The model that the store keeps was not changed: its table of frequencies may hold values that many records share. Train it anew to renew them."]
        : [];
}
