namespace IdentityResolution.Tests;

/// <summary>Counts what code allocates on the thread that runs it.</summary>
internal static class Allocations
{
    private const int Tries = 5;

    /// <summary>The least that a run takes after the first one. Bytes.</summary>
    /// <remarks>Other tests may set off a collection between two runs, which takes back pooled arrays: the run after it has to make them anew.</remarks>
    public static long Of(Action run)
    {
        run();
        long least = long.MaxValue;
        for (int i = 0; i < Tries && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
