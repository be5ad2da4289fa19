namespace IdentityResolution.Internals;

/// <summary>Tells whether a run can keep within a limit at all.</summary>
/// <remarks>What can't go to files: the runtime and its code, links, numbers by record, and room for sorting. Measured, with a reserve; see docs/performance.md.</remarks>
internal static class MemoryNeed
{
    private const long Base = 96 << 20;
    private const long PerRecord = 72;

    /// <summary>About how many bytes a run needs.</summary>
    public static long Of(long records) => Base + (PerRecord * records);

    /// <summary>Checks a run whose number of records is known, or estimated.</summary>
    /// <param name="limit">The limit in bytes; 0 = none.</param>
    /// <param name="records">How many records.</param>
    /// <exception cref="MemoryLimitException">The limit is too low.</exception>
    public static void Check(long limit, long records)
    {
        if (limit > 0 && Of(records) > limit)
        {
            throw new MemoryLimitException(limit, Of(records), records);
        }
    }
}
