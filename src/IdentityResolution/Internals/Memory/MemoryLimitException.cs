using System.Globalization;

namespace IdentityResolution;

/// <summary>A run can't keep within <see cref="ResolverOptions.MemoryLimit"/>: give it more, or fewer records.</summary>
public sealed class MemoryLimitException : IdentityResolutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="limit">The limit in bytes.</param>
    /// <param name="needed">About how many bytes the run needs.</param>
    /// <param name="records">About how many records it is of.</param>
    public MemoryLimitException(long limit, long needed, long records)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"About {records:N0} records need at least {Megabytes(needed):N0} MB of memory, whatever goes to temporary files; the limit is {Megabytes(limit):N0} MB."))
    {
        (Limit, Needed) = (limit, needed);
    }

    /// <summary>The limit in bytes.</summary>
    public long Limit { get; }

    /// <summary>About how many bytes the run needs.</summary>
    public long Needed { get; }

    private static double Megabytes(long bytes) => bytes / 1e6;
}
