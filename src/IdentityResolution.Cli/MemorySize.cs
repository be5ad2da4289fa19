using System.Globalization;

namespace IdentityResolution.Cli;

/// <summary>Reads amounts of memory as people write them: 800MB, 1GB, 1.5GiB, or plain bytes.</summary>
internal static class MemorySize
{
    private static readonly (string Name, double Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
        ("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("B", 1),
    ];

    /// <summary>The number of bytes; null when the text is no amount above 0.</summary>
    public static long? Parse(string text)
    {
        (string name, double unit) = Array.Find(Units, unit => text.EndsWith(unit.Name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } found ? found : ("", 1);
        string number = text[..^name.Length].TrimEnd();
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount) && amount * unit is >= 1 and < long.MaxValue
            ? (long)(amount * unit)
            : null;
    }
}
