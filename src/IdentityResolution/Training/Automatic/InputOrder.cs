using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>The order in which inputs are looked at when a model is inferred, so that the order in which they were named decides nothing.</summary>
internal static class InputOrder
{
    /// <summary>The inputs by source, and of one source by their columns.</summary>
    public static RecordSegment[] Of(RecordTable records) => [.. records.Segments
        .OrderBy(segment => segment.Source, StringComparer.Ordinal)
        .ThenBy(segment => string.Join('\0', segment.Columns.Select(column => column.Name)), StringComparer.Ordinal)];
}
