using System.Runtime.InteropServices;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Processor time of this thread, which does not count waiting for a core nor other threads; of the process where the system has no such clock.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Time used so far. Nanoseconds.</summary>
    public static double Now() =>
        OperatingSystem.IsLinux() && clock_gettime(ThreadCpuTime, out TimeSpec time) == 0
            ? (time.Seconds * 1e9) + time.Nanoseconds
            : Environment.CpuUsage.TotalTime.TotalNanoseconds;

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
