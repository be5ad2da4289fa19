using System.Diagnostics;
using System.Globalization;
using FuzzySharp;
using IdentityResolution.Records;
using IdentityResolution.Similarity;
using IdentityResolution.Standardization;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Judges measures of names by labelled pairs, and prints a Markdown table: area under the ROC curve, best single threshold.</summary>
/// <remarks>
/// The file has the columns name1, name2, is_match (true or false) and, where it has one, schema (Person, or an organisation). The area is
/// the probability that a match has a greater similarity than a non-match, ties counting half. The threshold is chosen on the same pairs.
/// </remarks>
internal static class NamePairTable
{
    private const int Rounds = 20;

    private delegate double Measure(string left, string right, bool isPerson);

    private static readonly (string Name, Measure Of)[] Measures =
    [
        ("NameSimilarity", (l, r, person) => person ? NameSimilarity.OfPeople(l, r) : NameSimilarity.OfOrganizations(l, r)),
        ("Jaro-Winkler of standard forms", (l, r, person) => JaroWinkler.Similarity(Form(l, person), Form(r, person))),
        ("token sort of standard forms", (l, r, person) => TokenSort.Similarity(Form(l, person), Form(r, person))),
        ("Jaro-Winkler of raw names", (l, r, _) => JaroWinkler.Similarity(l.ToLowerInvariant(), r.ToLowerInvariant())),
        ("FuzzySharp token sort of raw names", (l, r, _) => Fuzz.TokenSortRatio(l, r) / 100.0),
        ("FuzzySharp weighted ratio of raw names", (l, r, _) => Fuzz.WeightedRatio(l, r) / 100.0),
    ];

    private static readonly IStandardizer People = Standardizers.For(FieldKind.FullName);
    private static readonly IStandardizer Companies = Standardizers.For(FieldKind.OrganizationName);

    /// <summary>Measures and prints.</summary>
    public static async Task PrintAsync(TextWriter output, string path)
    {
        List<NamePair> pairs = await ReadAsync(path);
        output.WriteLine($"{pairs.Count} pairs, {pairs.Count(pair => pair.IsMatch)} of them matches.");
        output.WriteLine();
        output.WriteLine("| measure | ROC AUC: all | people | others | best threshold (F1) | P | R | F1 | accuracy | best accuracy at | us a pair |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach ((string name, Measure measure) in Measures)
        {
            Scored[] scored = [.. pairs.Select(pair => new Scored(measure(pair.Left, pair.Right, pair.IsPerson), pair))];
            double microseconds = Enumerable.Range(0, Rounds).Min(_ =>
            {
                Stopwatch clock = Stopwatch.StartNew();
                foreach (NamePair pair in pairs)
                {
                    measure(pair.Left, pair.Right, pair.IsPerson);
                }
                return clock.Elapsed.TotalMicroseconds / pairs.Count;
            });
            double[] thresholds = [.. scored.Select(item => item.Similarity).Distinct().Order()];
            (double threshold, Counts best) = thresholds.Select(at => (at, Count(scored, at))).MaxBy(item => item.Item2.F1);
            (double accurate, Counts most) = thresholds.Select(at => (at, Count(scored, at))).MaxBy(item => item.Item2.Accuracy);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Area(scored):0.0000} | {Area([.. scored.Where(item => item.Pair.IsPerson)]):0.0000} | {Area([.. scored.Where(item => !item.Pair.IsPerson)]):0.0000} "
                + $"| {threshold:0.000} | {best.Precision:0.000} | {best.Recall:0.000} | {best.F1:0.000} | {best.Accuracy:0.000} | {most.Accuracy:0.000} ({accurate:0.000}) | {microseconds:0.0} |"));
        }
    }

    private static async Task<List<NamePair>> ReadAsync(string path)
    {
        RecordTable table = await RecordTableReader.ReadAsync([RecordSet.FromFile(path)], new RecordTableBuilder(), null, null, CancellationToken.None);
        RecordSegment segment = table.Segments[0];
        string Value(string column, int row) => segment.Find(column) is { } values && values.Codes[row] >= 0 ? values.Values.GetString(values.Codes[row]) : "";
        return [.. Enumerable.Range(0, segment.Count).Select(row => new NamePair(
            Value("name1", row), Value("name2", row), Value("is_match", row) is "true" or "1", Value("schema", row) is "Person" or ""))];
    }

    private static string Form(string raw, bool isPerson)
    {
        IStandardizer standardizer = isPerson ? People : Companies;
        var form = new char[standardizer.MaxLength(raw.Length)];
        return new string(form, 0, standardizer.Standardize(raw, form).Length);
    }

    private static double Area(Scored[] scored)
    {
        double[] matches = [.. scored.Where(item => item.Pair.IsMatch).Select(item => item.Similarity)];
        double[] others = [.. scored.Where(item => !item.Pair.IsMatch).Select(item => item.Similarity)];
        return matches.Sum(match => others.Sum(other => match > other ? 1 : match == other ? 0.5 : 0)) / ((double)matches.Length * others.Length);
    }

    private static Counts Count(Scored[] scored, double threshold) => new(
        scored.Count(item => item.Pair.IsMatch && item.Similarity >= threshold),
        scored.Count(item => !item.Pair.IsMatch && item.Similarity >= threshold),
        scored.Count(item => item.Pair.IsMatch && item.Similarity < threshold),
        scored.Length);

    private readonly record struct NamePair(string Left, string Right, bool IsMatch, bool IsPerson);

    private readonly record struct Scored(double Similarity, NamePair Pair);

    private readonly record struct Counts(int TruePositives, int FalsePositives, int FalseNegatives, int All)
    {
        public double Precision => TruePositives / Math.Max(1.0, TruePositives + FalsePositives);

        public double Recall => TruePositives / Math.Max(1.0, TruePositives + FalseNegatives);

        public double F1 => 2.0 * TruePositives / Math.Max(1, (2 * TruePositives) + FalsePositives + FalseNegatives);

        public double Accuracy => 1 - ((double)(FalsePositives + FalseNegatives) / All);
    }
}
