using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary>The list of wrong pairs as CSV.</summary>
internal static class ErrorFile
{
    /// <summary>How many pairs of either kind are written when nothing else is said.</summary>
    public const long StandardLimit = 10_000;

    private const string Header =
        "error,left_source,left_record_id,right_source,right_record_id,left_customer_id,right_customer_id,left_true_id,right_true_id";

    /// <summary>Writes the pairs, with the values of their records where there are any.</summary>
    /// <param name="output">Receives the CSV.</param>
    /// <param name="pairs">The wrong pairs, those of one kind after those of the other.</param>
    /// <param name="limit">The most of either kind.</param>
    /// <param name="values">The values; null = ids alone.</param>
    /// <param name="error">Hears what was left out.</param>
    public static async Task WriteAsync(Stream output, IEnumerable<ConfusedPair> pairs, long limit, RecordValues? values, TextWriter error)
    {
        var counts = new Dictionary<ConfusionKind, long>();
        IEnumerable<string?[]> rows = pairs
            .Where(pair => (counts[pair.Kind] = counts.GetValueOrDefault(pair.Kind) + 1) <= limit)
            .Select(pair => (string?[])
            [
                Name(pair.Kind),
                pair.Left.Source, pair.Left.Id, pair.Right.Source, pair.Right.Id,
                pair.LeftCluster, pair.RightCluster, pair.LeftPerson, pair.RightPerson,
                .. PairValues.Of(values, pair.Left, pair.Right),
            ]);
        await CsvWriter.WriteAsync(output, Header + PairValues.Header(values), rows);
        foreach ((ConfusionKind kind, long count) in counts.Where(entry => entry.Value > limit))
        {
            error.WriteLine($"--errors: {limit} of {count} pairs {Name(kind)} were written (see --max-errors).");
        }
    }

    private static string Name(ConfusionKind kind) => kind == ConfusionKind.FalsePositive ? "wrongly joined" : "missed";
}
