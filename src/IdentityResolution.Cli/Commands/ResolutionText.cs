using System.Globalization;

namespace IdentityResolution.Cli.Commands;

/// <summary>The summary of a run for people.</summary>
internal static class ResolutionText
{
    /// <summary>Writes what was found and where it is.</summary>
    /// <param name="output">Receives the text.</param>
    /// <param name="resolution">The run.</param>
    /// <param name="file">The file that holds the lookup table; null = none.</param>
    /// <param name="store">The store that holds it; null = none.</param>
    public static void Write(TextWriter output, Resolution resolution, string? file, ILookupStore? store)
    {
        ResolutionSummary summary = resolution.Summary;
        TextTable.Write(
            output,
            ["records", Number(summary.Records)],
            ["customers", Number(summary.Customers)],
            ["links", Number(summary.Links)],
            ["rows that could not be read", Number(summary.Quarantined)],
            ["ids created", Number(summary.Created)],
            ["ids merged", Number(summary.Merged)],
            ["ids split off", Number(summary.Split)],
            ["seconds", summary.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)]);
        string[] places = [.. new[] { file, store?.Description }.OfType<string>()];
        output.Write(places.Length == 0
            ? "The lookup table was not kept: name a file with --output or a store with --lookup.\n"
            : $"The lookup table is in {string.Join(" and in ", places)}.\n");
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
