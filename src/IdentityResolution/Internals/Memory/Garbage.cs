namespace IdentityResolution.Internals;

/// <summary>Gives memory back while a run goes on.</summary>
/// <remarks>
/// Large arrays are collected late: a run that lets go of its raw values and allocates on would hold both at its peak. They hold no references,
/// so that looking for them is quick; in a process with a large heap of its own the collector is left alone.
/// </remarks>
internal static class Garbage
{
    private const long Least = 64 << 20;
    private const int LeastShare = 16;

    /// <summary>Collects if much was allocated since the last full collection: called where a stage lets go of what it worked with.</summary>
    public static void Collect()
    {
        GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        Collect(GC.GetTotalMemory(forceFullCollection: false) - (last.HeapSizeBytes - last.FragmentedBytes));
    }

    /// <summary>Collects if what was just let go is much, and a good part of all that is allocated.</summary>
    /// <param name="bytes">How much was let go.</param>
    public static void Collect(long bytes)
    {
        if (bytes >= Least && bytes >= GC.GetTotalMemory(forceFullCollection: false) / LeastShare)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        }
    }
}
