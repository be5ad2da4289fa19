using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Generation;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Training;

namespace IdentityResolution.Benchmarks.Matching;

/// <summary>Generated people, blocked, with a trained model of six fuzzy comparisons that weigh rare values more: what a run has before it scores.</summary>
internal sealed class ScoringWorld
{
    private static readonly FieldKind[] Compared =
        [FieldKind.GivenName, FieldKind.Surname, FieldKind.BirthDate, FieldKind.PostalCode, FieldKind.Email, FieldKind.Phone];

    private ScoringWorld(CompiledModel model, CandidatePairs candidates, int records)
    {
        Model = model;
        Candidates = candidates;
        Records = records;
    }

    /// <summary>The trained model.</summary>
    public CompiledModel Model { get; }

    /// <summary>The candidate pairs.</summary>
    public CandidatePairs Candidates { get; }

    /// <summary>How many records there are.</summary>
    public int Records { get; }

    /// <summary>Prepares generated records.</summary>
    public static ScoringWorld Generate(int records) => Prepare(RecordSet.From(PeopleGenerator
        .Generate(new PeopleGeneratorOptions { Records = records, Seed = 1 })
        .Select(person => SourceRecord.Create(
            person.Source,
            person.RecordId,
            ("first_name", person.FirstName),
            ("surname", person.Surname),
            ("dob", person.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("postcode", person.Postcode),
            ("email", person.Email),
            ("phone", person.Phone),
            ("city", person.City)))));

    /// <summary>Prepares the records of a CSV file.</summary>
    public static ScoringWorld Read(string file) => Prepare(RecordSet.FromCsv(file));

    /// <summary>Scores every pair.</summary>
    /// <param name="threads">Threads.</param>
    /// <param name="floor">The lowest weight that is kept, in millibits; null = the links alone.</param>
    public ScoredPairs Score(int threads, int? floor) =>
        PairScorer.Score(Model, Candidates, new Workers(threads, CancellationToken.None), static (_, _) => { }, floor);

    private static ScoringWorld Prepare(RecordSet input)
    {
        var workers = new Workers(0, CancellationToken.None);
        RecordTable records = RecordTableReader.ReadAsync([input], new RecordTableBuilder(), null, null, CancellationToken.None).GetAwaiter().GetResult();
        IdentityModel model = AutomaticModel.Propose(records, AutomaticModelOptions.Default, []);
        string[] compared = [.. Compared.Select(kind => model.Fields.First(field => field.Kind == kind).Name)];
        model = model with { Comparisons = [.. model.Comparisons.Where(comparison => compared.Contains(comparison.Field, StringComparer.Ordinal))] };
        var filter = new PairFilter(records.Keys, linkOnly: false, []);
        FieldTable table = FieldTableBuilder.Build(records, model, workers);
        model = ModelTrainer.Train(AutomaticModel.WithRules(model, table, filter, []), table, filter, seed: 1, workers).Model;
        return new ScoringWorld(new CompiledModel(model, table), CandidatePairs.Build(table, model.BlockingRules, filter, workers), records.Count);
    }
}
