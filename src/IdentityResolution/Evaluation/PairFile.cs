using System.Globalization;

namespace IdentityResolution.Evaluation;

/// <summary>A CSV file of pairs of records that somebody has looked at.</summary>
public sealed class PairFile
{
    internal static readonly string[] MatchNames = ["match", "is_match", "label", "clerical_match_score"];

    private PairFile(IReadOnlyList<LabelledPair> pairs, IReadOnlyList<(RecordKey Left, RecordKey Right)> possible, bool hasSources, bool hasLabels)
    {
        Pairs = pairs;
        Possible = possible;
        HasSources = hasSources;
        HasLabels = hasLabels;
    }

    /// <summary>The pairs in the order of the file, without those of <see cref="Possible"/>.</summary>
    public IReadOnlyList<LabelledPair> Pairs { get; }

    /// <summary>Pairs that whoever labelled them could not decide: neither right nor wrong to join. In the order of the file.</summary>
    public IReadOnlyList<(RecordKey Left, RecordKey Right)> Possible { get; }

    /// <summary>Does the file say which sources the records are of? If not, the keys' sources are empty.</summary>
    public bool HasSources { get; }

    /// <summary>Does the file say of each pair whether it is a match? If not, all are.</summary>
    public bool HasLabels { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">
    /// A CSV file, plain or packed by gzip, with the columns <c>record_id_l</c> and <c>record_id_r</c>; optionally <c>source_l</c> with
    /// <c>source_r</c>, and <c>match</c>: 1 or 0, true or false, yes or no, match or no_match; a number between counts as a match from 0.5;
    /// possible_match, possible or unsure for what can't be told. Compared without case.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The pairs.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidRecordException">The file is empty, lacks a column, or has a row that can't be read.</exception>
    public static async Task<PairFile> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        LabelTable table = await LabelTable.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        var columns = PairColumns.Find(table);
        int match = table.Find(MatchNames);
        var pairs = new List<LabelledPair>(table.RowCount);
        var possible = new List<(RecordKey Left, RecordKey Right)>();
        for (int row = 0; row < table.RowCount; row++)
        {
            (RecordKey left, RecordKey right) = columns.Read(table, row);
            if (match >= 0 && IsPossible(table[row, match]))
            {
                possible.Add((left, right));
            }
            else
            {
                pairs.Add(new LabelledPair(left, right, match < 0 || ParseMatch(table, row, match)));
            }
        }
        return new PairFile(pairs, possible, columns.HasSources, match >= 0);
    }

    private static bool IsPossible(string? value) => value?.ToLowerInvariant() is "possible" or "possible_match" or "possible-match" or "unsure";

    /// <summary>Reads a judgement.</summary>
    /// <exception cref="InvalidRecordException">The value is empty or says neither yes nor no.</exception>
    internal static bool ParseMatch(LabelTable table, int row, int column)
    {
        string value = table.Required(row, column);
        return value.ToLowerInvariant() switch
        {
            "true" or "yes" or "y" or "match" => true,
            "false" or "no" or "n" or "non-match" or "no-match" or "no_match" => false,
            _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1 => number >= 0.5,
            _ => throw table.Error(row, $"the column '{table.Columns[column]}' must be 1 or 0, true or false, yes or no."),
        };
    }
}
