using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary>The values of both records of a pair as columns side by side, so that a person sees what differs.</summary>
internal static class PairValues
{
    /// <summary>The names of the columns, each after a comma.</summary>
    public static string Header(RecordValues? values) =>
        values is null ? "" : string.Concat(values.Columns.Select(column => $",{CsvWriter.Quote($"left_{column}")},{CsvWriter.Quote($"right_{column}")}"));

    /// <summary>The values, left and right in turn.</summary>
    public static IEnumerable<string?> Of(RecordValues? values, RecordKey left, RecordKey right) =>
        values is null ? [] : values.Of(left).Zip(values.Of(right)).SelectMany(pair => (string?[])[pair.First, pair.Second]);
}
