using System.Globalization;
using System.Text.Json;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary>What became of labelled pairs, by label: match, possible match, none.</summary>
internal sealed class DecisionTable
{
    private readonly (string Name, string Key, DecisionCounts Counts)[] _rows;

    private DecisionTable((string Name, string Key, DecisionCounts Counts)[] rows) => _rows = rows;

    /// <summary>Counts the decisions.</summary>
    /// <param name="lookup">The lookup table.</param>
    /// <param name="pairs">The labelled pairs.</param>
    /// <param name="alignment">Recognizes their records.</param>
    /// <param name="reviewPath">The review queue; null = none is known.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The table; null where there is no review queue and no pair is a possible match: precision and recall tell all.</returns>
    public static async Task<DecisionTable?> CreateAsync(
        ClusterFile lookup, PairFile pairs, KeyAlignment alignment, string? reviewPath, CancellationToken cancellationToken)
    {
        if (reviewPath is null && pairs.Possible.Count == 0)
        {
            return null;
        }
        PairFile? review = reviewPath is null ? null : await PairFile.ReadAsync(reviewPath, cancellationToken);
        (RecordKey Left, RecordKey Right)[] asked = [.. (review?.Pairs ?? []).Select(pair => (pair.Left, pair.Right))];
        return new DecisionTable(
        [
            ("match", "match", Count(pairs.Pairs.Where(pair => pair.IsMatch).Select(pair => (pair.Left, pair.Right)))),
            ("possible match", "possible", Count(pairs.Possible)),
            ("no match", "noMatch", Count(pairs.Pairs.Where(pair => !pair.IsMatch).Select(pair => (pair.Left, pair.Right)))),
        ]);

        DecisionCounts Count(IEnumerable<(RecordKey Left, RecordKey Right)> labelled) =>
            DecisionCounts.Of(lookup.Members, labelled.Select(pair => (alignment.Map(pair.Left), alignment.Map(pair.Right))), asked);
    }

    /// <summary>Writes the table for people.</summary>
    public void Write(TextWriter output)
    {
        output.Write("\n");
        TextTable.Write(output, [["labelled", "joined", "in review", "kept apart", "in review"], .. _rows.Select(row => (string[])
        [
            row.Name, Number(row.Counts.Joined), Number(row.Counts.JoinedInReview), Number(row.Counts.Apart), Number(row.Counts.ApartInReview),
        ])]);
    }

    /// <summary>Writes the table as a property of an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("decisions");
        foreach ((_, string key, DecisionCounts counts) in _rows)
        {
            json.WriteStartObject(key);
            json.WriteNumber("joined", counts.Joined);
            json.WriteNumber("joinedInReview", counts.JoinedInReview);
            json.WriteNumber("apart", counts.Apart);
            json.WriteNumber("apartInReview", counts.ApartInReview);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
