namespace IdentityResolution.Records;

/// <summary>The limits that keep the memory of a reader bounded.</summary>
internal static class TextLimits
{
    /// <summary>Longest field when nothing else is said. Bytes.</summary>
    public const int DefaultMaxFieldBytes = 1 << 20;

    /// <summary>Largest limit that may be set for a field. Bytes.</summary>
    public const int LargestMaxFieldBytes = 256 << 20;

    /// <summary>Most columns that an NDJSON input may bring.</summary>
    public const int MaxDiscoveredColumns = 4096;

    /// <summary>Longest row or line, all fields together: 8 MiB, or twice the longest field when that is more. Bytes.</summary>
    public static int MaxRowBytes(int maxFieldBytes) => Math.Max(8 << 20, 2 * maxFieldBytes);

    public static void Validate(int maxFieldBytes, string parameter)
    {
        if (maxFieldBytes is < 1 or > LargestMaxFieldBytes)
        {
            throw new ArgumentException($"MaxFieldBytes must be in [1, {LargestMaxFieldBytes}] but is {maxFieldBytes}.", parameter);
        }
    }

    public static void ValidateNames(string? source, string? idColumn, string? sourceColumn, string parameter)
    {
        if (source is "" || idColumn is "" || sourceColumn is "")
        {
            throw new ArgumentException("Source, IdColumn and SourceColumn must not be empty; null means none.", parameter);
        }
    }
}
