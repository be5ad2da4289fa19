using System.Globalization;

namespace IdentityResolution.Evaluation;

/// <summary>A CSV file of scored pairs: what <c>idres resolve --scored-pairs</c> (or <c>--links</c>) wrote, or another tool's predictions.</summary>
public sealed class ScoredPairFile
{
    private static readonly string[] WeightNames = ["match_weight", "weight"];
    private static readonly string[] ProbabilityNames = ["match_probability", "probability"];

    private ScoredPairFile(IReadOnlyList<ScoredPair> pairs, bool hasSources)
    {
        Pairs = pairs;
        HasSources = hasSources;
    }

    /// <summary>The pairs in the order of the file.</summary>
    public IReadOnlyList<ScoredPair> Pairs { get; }

    /// <summary>Does the file say which sources the records are of? If not, the keys' sources are empty.</summary>
    public bool HasSources { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">
    /// A CSV file, plain or packed by gzip, with the columns <c>left_record_id</c> and <c>right_record_id</c>, optionally <c>left_source</c> with
    /// <c>right_source</c>, and <c>match_weight</c> (bits) or <c>match_probability</c> (in [0, 1]). Where both stand the weight counts; where the
    /// weight is empty and the probability is 1, a match rule linked the pair. Compared without case; other usual names are known too.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The pairs.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidRecordException">The file is empty, lacks a column, or has a row that can't be read.</exception>
    public static async Task<ScoredPairFile> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        LabelTable table = await LabelTable.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        var columns = PairColumns.Find(table);
        int weight = table.Find(WeightNames);
        int probability = weight >= 0 ? table.Find(ProbabilityNames) : table.Find("match weight or probability (match_weight)", null, ProbabilityNames);
        var pairs = new ScoredPair[table.RowCount];
        for (int row = 0; row < pairs.Length; row++)
        {
            (RecordKey left, RecordKey right) = columns.Read(table, row);
            pairs[row] = new ScoredPair(left, right, ParseWeight(table, row, weight, probability));
        }
        return new ScoredPairFile(pairs, columns.HasSources);
    }

    private static int ParseWeight(LabelTable table, int row, int weight, int probability)
    {
        if (weight >= 0 && table[row, weight] is { } bits)
        {
            return double.TryParse(bits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) <= 1_000_000
                ? (int)Math.Round(value * 1000)
                : throw table.Error(row, $"the column '{table.Columns[weight]}' must be a match weight in bits.");
        }
        if (probability < 0)
        {
            throw table.Error(row, $"the column '{table.Columns[weight]}' is empty.");
        }
        bool isNumber = double.TryParse(table.Required(row, probability), NumberStyles.Float, CultureInfo.InvariantCulture, out double share);
        return isNumber && share is >= 0 and <= 1
            ? share switch
            {
                0 => -MatchWeights.Limit,
                1 => ScoredPair.RuleWeight,
                _ => MatchWeights.FromProbability(share),
            }
            : throw table.Error(row, $"the column '{table.Columns[probability]}' must be a probability from 0 to 1.");
    }
}
