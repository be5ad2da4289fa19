using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;
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
        var builder = new RecordTableBuilder();
        RecordTable records = await clock.RunAsync("read", () => RecordTableReader.ReadAsync(
            inputs, builder, options.MaxQuarantinedRows, progress, workers.CancellationToken)).ConfigureAwait(false);
        var decisions = new List<string>();
        IdentityModel model = given ?? clock.Run("infer", () => AutomaticModel.Propose(records, automatic, decisions));
        var filter = new PairFilter(records.Keys, model.LinkOnly, model.UniqueSources, model.DedupeOnly);
        clock.Report("standardize", 0, records.Count, "records");
        FieldTable table = clock.Run("standardize", () => FieldTableBuilder.Build(records, model, workers));
        if (given is null)
        {
            model = clock.Run("propose", () => AutomaticModel.WithRules(model, table, filter, decisions));
        }
        Coincidence? coincidence = null;
        if (model.Comparisons.Count > 0 && (retrain || !model.IsTrained))
        {
            clock.Report("train", 0, null, "pairs");
            TrainingOutcome outcome = clock.Run("train", () => ModelTrainer.Train(model, table, filter, options.Seed, workers));
            model = outcome.Model;
            decisions.AddRange(outcome.Notes);
            coincidence = outcome.Coincidence;
        }
        else if (MissingFrequencies.AreIn(model))
        {
            model = clock.Run("train", () => MissingFrequencies.Count(model, table, filter));
            decisions.Add("The model lacks term frequencies that it asks for: they were counted on these records.");
        }
        if (given is null)
        {
            model = clock.Run("guard", () => AutomaticModel.WithGuards(model, table, automatic, workers, decisions));
            filter = new PairFilter(records.Keys, model.LinkOnly, model.UniqueSources, model.DedupeOnly);
        }
        if (coincidence is not null && OneToOneTrainer.Applies(model, table))
        {
            double? threshold = given?.MatchProbabilityThreshold ?? automatic.MatchProbabilityThreshold;
            model = clock.Run("compete", () => OneToOneTrainer.Refine(model, table, coincidence, workers, decisions));
            model = threshold is { } stated ? model with { MatchProbabilityThreshold = stated } : model;
        }
        if (options.Target is { } target && model.Comparisons.Count > 0)
        {
            model = ChooseThreshold(model, table, filter, target, clock, workers, decisions);
        }
        if (given is null)
        {
            decisions.Add(string.Create(CultureInfo.InvariantCulture, $"Records are linked from a match probability of {model.MatchProbabilityThreshold} on."));
        }
        return new Preparation(records, table, filter, model, decisions, builder.Quarantine);
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
