using System.Diagnostics;
using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Identity;
using IdentityResolution.Internals;
using IdentityResolution.Lookup;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Review;
using IdentityResolution.Training;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IdentityResolution;

/// <summary>The front door: customer records in, stable customer ids and a lookup table out.</summary>
/// <remarks>Immutable and safe for concurrent use; register it as a singleton. One store is used by one run at a time.</remarks>
public sealed class IdentityResolver
{
    private readonly IdentityModel? _model;
    private readonly AutomaticModelOptions _automatic;
    private readonly ResolverOptions _options;
    private readonly ILogger _logger;

    private IdentityResolver(IdentityModel? model, AutomaticModelOptions automatic, ResolverOptions? options, ILogger<IdentityResolver>? logger)
    {
        _model = model;
        _automatic = automatic;
        _options = options ?? ResolverOptions.Default;
        _logger = logger ?? (ILogger)NullLogger.Instance;
        ModelError[] errors = [.. (model is null ? automatic.Validate() : ModelValidator.Validate(model)).Concat(_options.Validate())];
        if (errors.Length > 0)
        {
            throw new InvalidModelException(errors);
        }
    }

    /// <summary>A resolver that uses a model; what the model leaves untrained is trained on the records of each run.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to run; null = <see cref="ResolverOptions.Default"/>.</param>
    /// <param name="logger">Receives stages and warnings, never values; null = none.</param>
    /// <returns>The resolver.</returns>
    /// <exception cref="InvalidModelException">The model or the options are invalid; holds every error.</exception>
    public static IdentityResolver Create(IdentityModel model, ResolverOptions? options = null, ILogger<IdentityResolver>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new IdentityResolver(model, AutomaticModelOptions.Default, options, logger);
    }

    /// <summary>A resolver whose model is written in code.</summary>
    /// <param name="build">Describes the model.</param>
    /// <param name="options">How to run; null = <see cref="ResolverOptions.Default"/>.</param>
    /// <param name="logger">Receives stages and warnings, never values; null = none.</param>
    /// <returns>The resolver.</returns>
    /// <exception cref="InvalidModelException">The model or the options are invalid; holds every error.</exception>
    public static IdentityResolver Create(Action<IdentityModelBuilder> build, ResolverOptions? options = null, ILogger<IdentityResolver>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        var builder = new IdentityModelBuilder();
        build(builder);
        return Create(builder.Build(), options, logger);
    }

    /// <summary>A resolver that infers its model from the records of each run.</summary>
    /// <param name="automatic">What the user decides; null = <see cref="AutomaticModelOptions.Default"/>.</param>
    /// <param name="options">How to run; null = <see cref="ResolverOptions.Default"/>.</param>
    /// <param name="logger">Receives stages and warnings, never values; null = none.</param>
    /// <returns>The resolver.</returns>
    /// <exception cref="InvalidModelException">The options are invalid; holds every error.</exception>
    public static IdentityResolver CreateAutomatic(
        AutomaticModelOptions? automatic = null, ResolverOptions? options = null, ILogger<IdentityResolver>? logger = null) =>
        new(null, automatic ?? AutomaticModelOptions.Default, options, logger);

    /// <summary>Resolves records that are at hand, without a store.</summary>
    /// <param name="inputs">The records.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidRecordException">An input can't be read, or more rows than allowed are in quarantine.</exception>
    /// <exception cref="InvalidModelException">The model does not fit the columns; holds every error.</exception>
    public Resolution Resolve(params IReadOnlyList<RecordSet> inputs) => ResolveAsync(inputs).GetAwaiter().GetResult();

    /// <summary>Reads all inputs, decides who is who, and keeps the ids that a store has given before.</summary>
    /// <param name="inputs">The records; several inputs make one run.</param>
    /// <param name="store">Where the lookup table lives; null = ids are made anew and returned only. Records in the store that are not among the inputs keep their ids.</param>
    /// <param name="progress">Hears how far the run has come, from any thread; null = nobody.</param>
    /// <param name="cancellationToken">Stops the run; the store is then as it was.</param>
    /// <returns>The result, after the store holds it (unless <see cref="ResolverOptions.DryRun"/>).</returns>
    /// <exception cref="InvalidRecordException">An input can't be read, or more rows than allowed are in quarantine.</exception>
    /// <exception cref="InvalidModelException">The model does not fit the columns; holds every error.</exception>
    /// <exception cref="LookupFormatException">The store is not ours.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<Resolution> ResolveAsync(
        IReadOnlyList<RecordSet> inputs,
        ILookupStore? store = null,
        IProgress<ResolutionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using Activity? activity = Telemetry.Source.StartActivity("resolve");
        var clock = new StageClock(_options.TimeProvider, progress);
        var workers = new Workers(_options.Threads, cancellationToken);
        LookupState? state = store is null ? null : await clock.RunAsync("load", () => store.LoadAsync(cancellationToken)).ConfigureAwait(false);
        Preparation prepared = await PrepareAsync(inputs, clock, workers, progress).ConfigureAwait(false);

        JudgementSet judged = JudgementSet.Resolve(prepared.Records.Keys, _options.Judgements);
        MatchRuleLinks[] ruleLinks = clock.Run("match", () => MatchRuleLinker.Link(
            prepared.Table, prepared.Model.MatchRules, prepared.Filter, workers, keepsApart: judged.Apart.Count > 0));
        CandidatePairs candidates = clock.Run("block", () => CandidatePairs.Build(
            prepared.Table, prepared.Model.Comparisons.Count == 0 ? [] : prepared.Model.BlockingRules, prepared.Filter, workers));
        var compiled = new CompiledModel(prepared.Model, prepared.Table);
        ScoredPairs scored = clock.Run("score", () => PairScorer.Score(
            compiled,
            candidates,
            workers,
            (done, all) => clock.Report("score", done, all, "blocks of pairs"),
            LowestKept(compiled.Threshold)));
        SuggestedPairs suggested = SuggestedPairs.Score(prepared.Model.MatchRules, ruleLinks, compiled, candidates, workers);
        CompetingLinks competing = clock.Run("choose", () => CompetingLinks.Decide(prepared.Records.Keys, scored.Links, prepared.Model));
        RecordLink[] accepted = [.. judged.Links, .. Linked(prepared.Model, ruleLinks), .. competing.Won, .. suggested.Links];
        RecordClusters clusters = clock.Run("cluster", () =>
        {
            var guards = ClusterGuards.Create(prepared.Model, prepared.Table, judged.Apart);
            RecordClusters guarded = RecordClusters.Build(prepared.Records.Count, accepted, guards, workers);
            RecordClusters cohesive = prepared.Model.SplitOverMerged ? CohesionSplitter.Split(guarded, accepted, compiled, prepared.Records.Keys, workers) : guarded;
            return cohesive.Refuse(competing.Lost, Guard.Rival);
        });
        RecordLink[] links = Followed(accepted, clusters);

        string modelHash = prepared.Model.Hash;
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        var run = new RunStamp(RunId(now, modelHash, state), now);
        IdentityPlan plan = clock.Run("assign", () => IdentityReconciler.Reconcile(
            prepared.Records.Keys, clusters.ClusterOf, clusters.Count,
            state is null ? ColumnarState.Empty : state.ToColumns(store!.Description), run, Evidence(prepared.Model, links, clusters)));
        if (store is not null && !_options.DryRun)
        {
            await clock.RunAsync("write", async () =>
            {
                await store.CommitAsync(plan.ToCommit(modelHash), cancellationToken).ConfigureAwait(false);
                return 0;
            }).ConfigureAwait(false);
        }
        var warnings = RunWarnings.Collect(prepared.Model, prepared.Records, ruleLinks, candidates, clusters, judged);
        ReviewList review = _options.Review is null ? ReviewList.Empty : clock.Run("review", () =>
            new ReviewBuilder(prepared.Model, prepared.Table, clusters, judged, _options.Review).Build(
                links, scored.Below, suggested.Pairs, record => plan.EntityId(plan.EntityOf[record])));
        Resolution resolution = Finish(prepared, plan, links, scored, clusters, clock, warnings, modelHash, review);
        Report(resolution);
        return resolution;
    }

    /// <summary>Infers what the resolver's model leaves open and trains it on the records.</summary>
    /// <param name="inputs">The records.</param>
    /// <param name="progress">Hears how far the training has come, from any thread; null = nobody.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="InvalidRecordException">An input can't be read, or more rows than allowed are in quarantine.</exception>
    /// <exception cref="InvalidModelException">The model does not fit the columns; holds every error.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public async Task<TrainedModel> TrainAsync(
        IReadOnlyList<RecordSet> inputs, IProgress<ResolutionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using Activity? activity = Telemetry.Source.StartActivity("train");
        var clock = new StageClock(_options.TimeProvider, progress);
        Preparation prepared = await PrepareAsync(inputs, clock, new Workers(_options.Threads, cancellationToken), progress, retrain: true).ConfigureAwait(false);
        return new TrainedModel(prepared.Model, prepared.Decisions, prepared.Quarantine);
    }

    /// <summary>Tells what the blocking rules of the resolver's model, or of the one it infers, do with the records.</summary>
    /// <param name="inputs">The records.</param>
    /// <param name="reportOptions">What to show; null = <see cref="BlockingReportOptions.Default"/>.</param>
    /// <param name="progress">Hears how far the work has come, from any thread; null = nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The report. A model that is not trained is trained first, as the matches are estimated by it.</returns>
    /// <exception cref="ArgumentException">Records of the truth can't be recognized: it names none of the sources, and ids repeat between those.</exception>
    /// <exception cref="InvalidRecordException">An input can't be read, or more rows than allowed are in quarantine.</exception>
    /// <exception cref="InvalidModelException">The model does not fit the columns; holds every error.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public async Task<BlockingReport> ReportBlockingAsync(
        IReadOnlyList<RecordSet> inputs,
        BlockingReportOptions? reportOptions = null,
        IProgress<ResolutionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        reportOptions ??= BlockingReportOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(reportOptions.LargestBlocks, nameof(reportOptions));
        using Activity? activity = Telemetry.Source.StartActivity("block");
        var clock = new StageClock(_options.TimeProvider, progress);
        var workers = new Workers(_options.Threads, cancellationToken);
        Preparation prepared = await PrepareAsync(inputs, clock, workers, progress).ConfigureAwait(false);
        IdentityModel model = prepared.Model;
        CandidatePairs candidates = clock.Run("block", () => CandidatePairs.Build(prepared.Table, model.BlockingRules, prepared.Filter, workers));
        BlockingReport report = clock.Run("count", () => BlockingReporter.Count(model, prepared.Table, candidates, reportOptions, workers));
        if (model.Comparisons.Count > 0)
        {
            report = clock.Run("estimate", () => BlockingCompleteness.Estimate(report, prepared.Table, candidates, _options.Seed, workers));
        }
        return report with { Decisions = prepared.Decisions, Quarantine = prepared.Quarantine };
    }

    private async Task<Preparation> PrepareAsync(
        IReadOnlyList<RecordSet> inputs, StageClock clock, Workers workers, IProgress<ResolutionProgress>? progress, bool retrain = false)
    {
        var builder = new RecordTableBuilder();
        RecordTable records = await clock.RunAsync("read", () => RecordTableReader.ReadAsync(
            inputs, builder, _options.MaxQuarantinedRows, progress, workers.CancellationToken)).ConfigureAwait(false);
        var decisions = new List<string>();
        IdentityModel model = _model ?? clock.Run("infer", () => AutomaticModel.Propose(records, _automatic, decisions));
        var filter = new PairFilter(records.Keys, model.LinkOnly, model.UniqueSources, model.DedupeOnly);
        clock.Report("standardize", 0, records.Count, "records");
        FieldTable table = clock.Run("standardize", () => FieldTableBuilder.Build(records, model, workers));
        if (_model is null)
        {
            model = clock.Run("propose", () => AutomaticModel.WithRules(model, table, filter, decisions));
        }
        Coincidence? coincidence = null;
        if (model.Comparisons.Count > 0 && (retrain || !model.IsTrained))
        {
            clock.Report("train", 0, null, "pairs");
            TrainingOutcome outcome = clock.Run("train", () => ModelTrainer.Train(model, table, filter, _options.Seed, workers));
            model = outcome.Model;
            decisions.AddRange(outcome.Notes);
            coincidence = outcome.Coincidence;
        }
        else if (MissingFrequencies.AreIn(model))
        {
            model = clock.Run("train", () => MissingFrequencies.Count(model, table, filter));
            decisions.Add("The model lacks term frequencies that it asks for: they were counted on these records.");
        }
        if (_model is null)
        {
            model = clock.Run("guard", () => AutomaticModel.WithGuards(model, table, _automatic, workers, decisions));
            filter = new PairFilter(records.Keys, model.LinkOnly, model.UniqueSources, model.DedupeOnly);
        }
        if (coincidence is not null && OneToOneTrainer.Applies(model, table))
        {
            double? threshold = _model?.MatchProbabilityThreshold ?? _automatic.MatchProbabilityThreshold;
            model = clock.Run("compete", () => OneToOneTrainer.Refine(model, table, coincidence, workers, decisions));
            model = threshold is { } given ? model with { MatchProbabilityThreshold = given } : model;
        }
        if (_model is null)
        {
            decisions.Add(string.Create(CultureInfo.InvariantCulture, $"Records are linked from a match probability of {model.MatchProbabilityThreshold} on."));
        }
        return new Preparation(records, table, filter, model, decisions, builder.Quarantine);
    }

    private static IEnumerable<RecordLink> Linked(IdentityModel model, MatchRuleLinks[] ruleLinks) =>
        ruleLinks.Where((_, rule) => model.MatchRules[rule].Effect == MatchRuleEffect.Link).SelectMany(rule => rule.Links);

    // What a guard refused is no link: its two records are two customers.
    // The lowest weight of pairs that somebody asked for; null = links alone.
    private int? LowestKept(int threshold)
    {
        int? scored = _options.ScoredPairsFrom switch
        {
            null => null,
            0 => int.MinValue,
            { } least => MatchWeights.FromProbability(least),
        };
        int? reviewed = _options.Review is null ? null : threshold - (int)(_options.Review.BandBits * 1000);
        return scored is null || reviewed is null ? scored ?? reviewed : Math.Min(scored.Value, reviewed.Value);
    }

    private static RecordLink[] Followed(RecordLink[] accepted, RecordClusters clusters) =>
        clusters.RefusedLinks.Count == 0 ? accepted : Array.FindAll(accepted, link => clusters.ClusterOf[link.Left] == clusters.ClusterOf[link.Right]);

    private static RecordEvidence Evidence(IdentityModel model, RecordLink[] links, RecordClusters clusters)
    {
        string[] names = [Link.JudgementName, .. model.MatchRules.Select(rule => rule.Name), Link.ScoreName];
        int score = names.Length - 1;
        var evidence = new EvidenceLink[links.Length];
        for (int i = 0; i < links.Length; i++)
        {
            RecordLink link = links[i];
            evidence[i] = new EvidenceLink(link.Left, link.Right, link.Rule == RecordLink.ByScore
                ? new LinkEvidence((short)score, link.Weight, (int)Math.Round(link.Probability * 1_000_000))
                : new LinkEvidence((short)(link.Rule + 1), LinkEvidence.NoWeight, 1_000_000));
        }
        return RecordEvidence.FromLinks(names, evidence, clusters.ClusterOf);
    }

    private Resolution Finish(
        Preparation prepared, IdentityPlan plan, RecordLink[] links, ScoredPairs scored, RecordClusters clusters, StageClock clock, List<string> warnings, string modelHash,
        ReviewList review)
    {
        using var process = Process.GetCurrentProcess();
        return new Resolution
        {
            Model = prepared.Model,
            Decisions = prepared.Decisions,
            Warnings = warnings,
            Lookup = new LookupTable(plan),
            Links = new LinkList(prepared.Records.Keys, links, prepared.Model.MatchRules),
            ScoredPairs = _options.ScoredPairsFrom is null ? [] : new ScoredPairList(
                prepared.Records.Keys,
                [.. links.Where(link => link.Rule != RecordLink.ByScore), .. scored.Links, .. scored.Below]),
            Changes = plan.ToCommit(modelHash).Changes,
            Quarantine = prepared.Quarantine,
            Review = review,
            Summary = new ResolutionSummary
            {
                Records = prepared.Records.Count,
                Quarantined = prepared.Quarantine.Count,
                CandidatePairs = scored.Pairs,
                Links = links.Length,
                Customers = clusters.Count,
                Created = plan.CountOf(EntityChangeKind.Created),
                Merged = plan.CountOf(EntityChangeKind.Merged),
                Split = plan.CountOf(EntityChangeKind.Split),
                StageSeconds = clock.Seconds,
                TotalSeconds = clock.TotalSeconds,
                PeakMemoryBytes = process.PeakWorkingSet64,
                ModelHash = modelHash,
            },
        };
    }

    private void Report(Resolution resolution)
    {
        ResolutionSummary summary = resolution.Summary;
        Telemetry.Records.Add(summary.Records);
        Telemetry.Quarantined.Add(summary.Quarantined);
        Telemetry.CandidatePairs.Add(summary.CandidatePairs);
        Telemetry.Links.Add(summary.Links);
        Telemetry.RunSeconds.Record(summary.TotalSeconds);
        Log.Resolved(_logger, summary.Records, summary.Customers, summary.CandidatePairs, summary.Links, summary.TotalSeconds);
        foreach (string warning in resolution.Warnings)
        {
            Log.Warned(_logger, warning);
        }
    }

    // The same data, model and moment give the same run id; another run on the store gives another one.
    private static string RunId(DateTimeOffset now, string modelHash, LookupState? state) => string.Create(
        CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}-{modelHash.AsSpan(0, 8)}-{(state?.RunCount ?? 0) + 1}");

    private sealed record Preparation(
        RecordTable Records, FieldTable Table, PairFilter Filter, IdentityModel Model, List<string> Decisions, IReadOnlyList<QuarantinedRow> Quarantine);
}
