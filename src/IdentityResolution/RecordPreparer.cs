using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Review;
using IdentityResolution.Training;

namespace IdentityResolution;

/// <summary>What a run knows before it links: the records, their standardized values, and a model that leaves nothing open.</summary>
internal sealed record Preparation(
    RecordTable Records, FieldTable Table, PairFilter Filter, IdentityModel Model, List<string> Decisions, IReadOnlyList<QuarantinedRow> Quarantine);

/// <summary>Reads and standardizes the records of a run, and infers and trains what its model leaves open.</summary>
internal sealed class RecordPreparer(IdentityModel? given, AutomaticModelOptions automatic, ResolverOptions options)
{
    public async Task<Preparation> PrepareAsync(
        IReadOnlyList<RecordSet> inputs, StageClock clock, Workers workers, IProgress<ResolutionProgress>? progress, bool retrain = false)
    {
        (RecordTable records, IReadOnlyList<QuarantinedRow> quarantine) = await ReadRecordsAsync(inputs, clock, workers, progress).ConfigureAwait(false);
        return Train(Standardize(records, quarantine, clock, workers, keepRaw: false), options.Labels, clock, workers, retrain);
    }

    /// <summary>The records and a model that may be untrained.</summary>
    public async Task<Preparation> ReadAsync(IReadOnlyList<RecordSet> inputs, StageClock clock, Workers workers, IProgress<ResolutionProgress>? progress)
    {
        (RecordTable records, IReadOnlyList<QuarantinedRow> quarantine) = await ReadRecordsAsync(inputs, clock, workers, progress).ConfigureAwait(false);
        return Standardize(records, quarantine, clock, workers, keepRaw: true);
    }

    /// <summary>The fingerprint of a run over records.</summary>
    public string Fingerprint(RecordTable records, IReadOnlyList<Judgement> judgements, Workers workers) =>
        RunFingerprint.Of(records, given, automatic, options with { Judgements = judgements }, workers);

    /// <summary>The records alone, and the rows that are none.</summary>
    public async Task<(RecordTable Records, IReadOnlyList<QuarantinedRow> Quarantine)> ReadRecordsAsync(
        IReadOnlyList<RecordSet> inputs, StageClock clock, Workers workers, IProgress<ResolutionProgress>? progress)
    {
        Task<(RecordTable, IReadOnlyList<QuarantinedRow>)> reading = ReadAllAsync(inputs, clock, workers, progress);
        bool waits = !reading.IsCompleted;
        (RecordTable, IReadOnlyList<QuarantinedRow>) read = await reading.ConfigureAwait(false);
        if (waits)
        {
            // Else the whole run would go on inside of the last step of reading, whose stack holds on to buffers and raw values.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        return read;
    }

    /// <summary>Standard values, and a model that may be untrained.</summary>
    /// <param name="records">What was read.</param>
    /// <param name="quarantine">The rows that are no records.</param>
    /// <param name="clock">Times the stages.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="keepRaw">Are raw values looked at later? Else their memory is let go.</param>
    public Preparation Standardize(RecordTable records, IReadOnlyList<QuarantinedRow> quarantine, StageClock clock, Workers workers, bool keepRaw)
    {
        var decisions = new List<string>();
        IdentityModel model = given ?? clock.Run("infer", () => AutomaticModel.Propose(records, automatic, decisions, workers));
        var filter = new PairFilter(records.Keys, model.LinkOnly, model.UniqueSources, model.DedupeOnly);
        clock.Report("standardize", 0, records.Count, "records");
        FieldTable table = clock.Run("standardize", () => FieldTableBuilder.Build(records, model, workers));
        if (!keepRaw)
        {
            records.ReleaseValues();
        }
        if (given is null)
        {
            model = clock.Run("propose", () => AutomaticModel.WithRules(model, table, filter, decisions, workers));
            Garbage.Collect();
        }
        return new Preparation(records, table, filter, WithFrequencies(model, decisions), decisions, quarantine);
    }

    private async Task<(RecordTable Records, IReadOnlyList<QuarantinedRow> Quarantine)> ReadAllAsync(
        IReadOnlyList<RecordSet> inputs, StageClock clock, Workers workers, IProgress<ResolutionProgress>? progress)
    {
        MemoryNeed.Check(options.MemoryLimit ?? 0, inputs.Sum(input => input.EstimateRecords() ?? 0));
        var builder = new RecordTableBuilder { Workers = workers };
        RecordTable records = await clock.RunAsync("read", () => RecordTableReader.ReadAsync(
            inputs, builder, options.MaxQuarantinedRows, progress, workers.CancellationToken)).ConfigureAwait(false);
        MemoryNeed.Check(options.MemoryLimit ?? 0, records.Count);
        return (records, builder.Quarantine);
    }

    private IdentityModel WithFrequencies(IdentityModel model, List<string> decisions)
    {
        foreach ((string field, IReadOnlyDictionary<string, double> frequencies) in options.TermFrequencies.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!model.Comparisons.Any(comparison => string.Equals(comparison.Field, field, StringComparison.Ordinal)))
            {
                throw new InvalidModelException([new(
                    "options.termFrequencies", $"'{field}' is not compared; compared are {string.Join(", ", model.Comparisons.Select(comparison => comparison.Field))}.")]);
            }
            model = model.WithTermFrequencies(field, frequencies);
            decisions.Add(string.Create(CultureInfo.InvariantCulture, $"Term frequencies of '{field}' were given from outside: {frequencies.Count:N0} values."));
        }
        return model;
    }

    /// <summary>The same with a model that leaves nothing open.</summary>
    /// <param name="read">What was read; stays as it is.</param>
    /// <param name="labels">What is known about who is who; null = nothing.</param>
    /// <param name="clock">Times the stages.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="retrain">Is a model that is trained already trained anew? With labels it always is.</param>
    public Preparation Train(Preparation read, TrainingLabels? labels, StageClock clock, Workers workers, bool retrain = false)
    {
        (RecordTable records, FieldTable table, PairFilter filter, IdentityModel model, _, _) = read;
        List<string> decisions = [.. read.Decisions];
        Coincidence? coincidence = null;
        List<PairLabel>? known = null;
        if (model.Comparisons.Count > 0 && (retrain || !model.IsTrained || labels is not null))
        {
            clock.Report("train", 0, null, "pairs");
            known = labels is null ? null : clock.Run("label", () => new LabelResolver(table.Keys).Resolve(
                labels, CandidatePairs.Build(table, model.BlockingRules, filter, workers), options.Seed, workers, decisions));
            TrainingOutcome outcome = clock.Run("train", () => ModelTrainer.Train(model, table, filter, options.Seed, workers, known));
            model = outcome.Model;
            decisions.AddRange(outcome.Notes);
            coincidence = outcome.Coincidence;
            Garbage.Collect();
        }
        else if (MissingFrequencies.AreIn(model))
        {
            model = clock.Run("train", () => MissingFrequencies.Count(model, table, filter));
            decisions.Add("The model lacks term frequencies that it asks for: they were counted on these records.");
        }
        if (given is null)
        {
            model = clock.Run("guard", () => AutomaticModel.WithGuards(model, table, filter, automatic, workers, decisions));
            filter = new PairFilter(records.Keys, model.LinkOnly, model.UniqueSources, model.DedupeOnly);
        }
        double? stated = given?.MatchProbabilityThreshold ?? automatic.MatchProbabilityThreshold;
        if (coincidence is not null && OneToOneTrainer.Applies(model, table))
        {
            model = clock.Run("compete", () => OneToOneTrainer.Refine(model, table, coincidence, workers, decisions, known));
            model = stated is { } threshold ? model with { MatchProbabilityThreshold = threshold } : model;
        }
        if (known is { Count: > 0 } && stated is null)
        {
            model = clock.Run("threshold", () => LabelledThreshold.Choose(model, table, filter, known, workers, decisions));
        }
        if (options.Target is { } target && model.Comparisons.Count > 0)
        {
            model = ChooseThreshold(model, table, filter, target, clock, workers, decisions);
        }
        if (given is null)
        {
            decisions.Add(string.Create(CultureInfo.InvariantCulture, $"Records are linked from a match probability of {model.MatchProbabilityThreshold} on."));
        }
        return read with { Filter = filter, Model = model, Decisions = decisions };
    }

    private static IdentityModel ChooseThreshold(
        IdentityModel model, FieldTable table, PairFilter filter, ThresholdTarget target, StageClock clock, Workers workers, List<string> decisions)
    {
        if (OneToOneTrainer.Applies(model, table))
        {
            decisions.Add($"The target {target} is not followed: no source holds a customer twice, so candidates compete, and who wins decides instead of a threshold.");
            return model;
        }
        if (clock.Run("threshold", () => ThresholdChoice.Make(model, table, filter, target, workers)) is not { } choice)
        {
            decisions.Add($"The target {target} can't be reached by any threshold on these candidate pairs: the threshold stays as it is.");
            return model;
        }
        decisions.Add(choice.Describe(target));
        return model with { MatchProbabilityThreshold = choice.Threshold };
    }
}
