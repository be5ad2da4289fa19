using System.Globalization;

namespace IdentityResolution.Evaluation;

/// <summary>A CSV file of sampled pairs that a person has labelled.</summary>
public sealed class SampleFile
{
    private SampleFile(IReadOnlyList<SampleLabel> labels, bool hasSources)
    {
        Labels = labels;
        HasSources = hasSources;
    }

    /// <summary>The labels in the order of the file.</summary>
    public IReadOnlyList<SampleLabel> Labels { get; }

    /// <summary>Does the file say which sources the records are of? If not, the keys' sources are empty.</summary>
    public bool HasSources { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">
    /// The CSV file that <c>idres evaluate --sample</c> wrote, with its column <c>match</c> filled in: 1 or 0, true or false, yes or no, empty for
    /// what could not be decided. The columns <c>stratum</c> and <c>stratum_pairs</c> must be as they were.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidRecordException">The file is empty, lacks a column, or has a row that can't be read.</exception>
    public static async Task<SampleFile> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        LabelTable table = await LabelTable.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        var columns = PairColumns.Find(table);
        int stratum = table.Find("stratum", null, ["stratum"]);
        int stratumPairs = table.Find("pairs of the stratum (stratum_pairs)", null, ["stratum_pairs"]);
        int match = table.Find("judgement (match)", null, PairFile.MatchNames);
        var labels = new SampleLabel[table.RowCount];
        for (int row = 0; row < labels.Length; row++)
        {
            (RecordKey left, RecordKey right) = columns.Read(table, row);
            bool? isMatch = table[row, match] is null ? null : PairFile.ParseMatch(table, row, match);
            labels[row] = new SampleLabel(left, right, (int)Number(table, row, stratum, int.MaxValue), Number(table, row, stratumPairs, long.MaxValue), isMatch);
        }
        return new SampleFile(labels, columns.HasSources);
    }

    private static long Number(LabelTable table, int row, int column, long most) =>
        long.TryParse(table.Required(row, column), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= 1 && number <= most
            ? number
            : throw table.Error(row, $"the column '{table.Columns[column]}' must be a whole number of at least 1.");
}
