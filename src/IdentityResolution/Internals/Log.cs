using Microsoft.Extensions.Logging;

namespace IdentityResolution.Internals;

/// <summary>What the library logs; counts and times, never values.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information,
        Message = "Resolved {Records} records into {Customers} customers: {CandidatePairs} candidate pairs, {Links} links, {Seconds:F1} s.")]
    public static partial void Resolved(ILogger logger, long records, long customers, long candidatePairs, long links, double seconds);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void Warned(ILogger logger, string warning);
}
