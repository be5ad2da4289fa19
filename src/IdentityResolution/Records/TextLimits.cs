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

    /// <summary>Longest row or line, all fields together: 16 MiB, or twice the longest field when that is more. Bytes.</summary>
    public static int MaxRowBytes(int maxFieldBytes) => Math.Max(16 << 20, 2 * maxFieldBytes);

    public static void ThrowIfInvalid(int maxFieldBytes)
    {
        if (maxFieldBytes is < 1 or > LargestMaxFieldBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(CsvOptions.MaxFieldBytes), maxFieldBytes,
                $"MaxFieldBytes must be in [1, {LargestMaxFieldBytes}].");
        }
    }

    public static void ThrowIfEmptyName(string? name, string option)
    {
        if (name is { Length: 0 })
        {
            throw new ArgumentException($"{option} must not be empty.", option);
        }
    }
}
