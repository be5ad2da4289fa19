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
    private readonly ResolverOptions _options;
    private readonly RecordPreparer _preparer;
    private readonly ILogger _logger;

    private IdentityResolver(IdentityModel? model, AutomaticModelOptions automatic, ResolverOptions? options, ILogger<IdentityResolver>? logger)
    {
        _options = options ?? ResolverOptions.Default;
        _logger = logger ?? (ILogger)NullLogger.Instance;
        ModelError[] errors = [.. (model is null ? automatic.Validate() : ModelValidator.Validate(model)).Concat(_options.Validate())];
        if (errors.Length > 0)
        {
            throw new InvalidModelException(errors);
        }
        _preparer = new RecordPreparer(model, automatic, _options);
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
        using MemoryBudget memory = _options.CreateMemory();
        var workers = new Workers(_options.Threads, cancellationToken) { Memory = memory };
        // Records are read while the store is.
        StoreReading stored = StoreReading.Start(store, _options, clock, cancellationToken);
        Task<IncomingRecords> reading = ReadAsync(inputs, stored, clock, workers, progress);
        await Task.WhenAll(stored.State, reading).ConfigureAwait(false);
        LookupState? state = await stored.State.ConfigureAwait(false);
        (RecordTable records, IReadOnlyList<QuarantinedRow> quarantine, string? fingerprint, int[]? order) = await reading.ConfigureAwait(false);
        (IReadOnlyList<Judgement> judgements, IReadOnlyList<Judgement> added, _, bool owesTerms) = await stored.Knowledge.ConfigureAwait(false);
        ILiveStore? live = stored.Live;
        if (order is not null && await AnswerAsync(stored, records, order, quarantine, clock, workers).ConfigureAwait(false) is { } answer)
        {
            Report(answer);
            return answer;
        }
        Preparation prepared = _preparer.Train(
            _preparer.Standardize(records, quarantine, clock, workers, keepRaw: live is not null), _options.Labels, clock, workers);
        ResolverOptions options = _options with { Judgements = judgements };
        Linkage linkage = RecordLinker.Link(prepared, options, clock, workers);
        if (options.Review is null)
        {
            // From here on only keys are looked at.
            prepared.Table.Release();
        }
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        (IdentityPlan plan, string modelHash) = clock.Run("assign", () => Assign(
            prepared,
            linkage,
            state is null ? ColumnarState.Empty : state.ToColumns(store!.Description),
            hash => new RunStamp(RunId(now, hash, state), now),
            workers));
        if (store is not null && !_options.DryRun)
        {
            await clock.RunAsync("write", async () =>
            {
                LookupCommit commit = plan.ToCommit(modelHash) with { Judgements = added };
                if (live is not null)
                {
                    commit = await StoredRecords.AddAsync(commit, plan, prepared, linkage.Links, live, cancellationToken).ConfigureAwait(false);
                    // A run that changes nothing stays one: what it could note down would count as a change, and take the place of the run that can be rolled back.
                    bool changes = commit.ExpectedRunCount == 0 || commit.Rows.Count + commit.Changes.Count + commit.Links.Count + commit.RemovedLinks.Count + added.Count > 0 || owesTerms;
                    commit = changes
                        ? commit with { Position = new KnownRun((state?.RunCount ?? 0) + 1, fingerprint!, linkage.Scored.Pairs, linkage.Links.Length).ToPosition() }
                        : commit;
                }
                await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
                return 0;
            }).ConfigureAwait(false);
        }
        Resolution resolution = ResolutionWriter.Write(prepared, linkage, plan, modelHash, options, clock, workers);
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
        using MemoryBudget memory = _options.CreateMemory();
        var workers = new Workers(_options.Threads, cancellationToken) { Memory = memory };
        Preparation prepared = await _preparer.PrepareAsync(inputs, clock, workers, progress, retrain: true).ConfigureAwait(false);
        return new TrainedModel(prepared.Model, prepared.Decisions, prepared.Quarantine);
    }

    /// <summary>Begins a session in which a person is asked about the pairs whose answers teach the model most.</summary>
    /// <param name="inputs">The records; they stay in memory.</param>
    /// <param name="progress">Hears how far the first training has come, from any thread; null = nobody.</param>
    /// <param name="cancellationToken">Stops the first training.</param>
    /// <returns>The session; <see cref="ResolverOptions.Labels"/> are answers that it starts with.</returns>
    /// <exception cref="InvalidRecordException">An input can't be read, or more rows than allowed are in quarantine.</exception>
    /// <exception cref="InvalidModelException">The model does not fit the columns; holds every error.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public async Task<ActiveLearner> LearnAsync(
        IReadOnlyList<RecordSet> inputs, IProgress<ResolutionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using Activity? activity = Telemetry.Source.StartActivity("learn");
        var clock = new StageClock(_options.TimeProvider, progress);
        var workers = new Workers(_options.Threads, cancellationToken);
        Preparation read = await _preparer.ReadAsync(inputs, clock, workers, progress).ConfigureAwait(false);
        return new ActiveLearner(read, _preparer, _options, clock, workers);
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
        using MemoryBudget memory = _options.CreateMemory();
        var workers = new Workers(_options.Threads, cancellationToken) { Memory = memory };
        Preparation prepared = await _preparer.PrepareAsync(inputs, clock, workers, progress).ConfigureAwait(false);
        IdentityModel model = prepared.Model;
        CandidatePairs candidates = clock.Run("block", () => CandidatePairs.Build(prepared.Table, model.BlockingRules, prepared.Filter, workers));
        BlockingReport report = clock.Run("count", () => BlockingReporter.Count(model, prepared.Table, candidates, reportOptions, workers));
        if (model.Comparisons.Count > 0)
        {
            report = clock.Run("estimate", () => BlockingCompleteness.Estimate(report, prepared.Table, candidates, _options.Seed, workers));
        }
        return report with { Decisions = prepared.Decisions, Quarantine = prepared.Quarantine };
    }

    // The ids, and the hash of the model, which the run is named by.
    private static (IdentityPlan Plan, string ModelHash) Assign(
        Preparation prepared, Linkage linkage, IdentityState previous, Func<string, RunStamp> stampOf, Workers workers)
    {
        RecordKeyIndex keys = prepared.Records.Keys;
        IdentityChoice? choice = null;
        RecordEvidence? evidence = null;
        string modelHash = "";
        Action[] parts =
        [
            () => choice = IdentityReconciler.Choose(
                keys, linkage.Clusters.ClusterOf, linkage.Clusters.Count, previous, RecordKeyOrder.Sort(keys, workers)),
            () => evidence = RecordEvidence.FromLinks(keys.Count, prepared.Model.MatchRules, linkage.Links),
            () => modelHash = prepared.Model.Hash,
        ];
        workers.Run(parts.Length, part => parts[part]());
        return (choice!.ToPlan(stampOf(modelHash), evidence!), modelHash);
    }

    // The records; and, where they are those of the store's last batch, their order, since the answer is all but found then.
    private async Task<IncomingRecords> ReadAsync(
        IReadOnlyList<RecordSet> inputs, StoreReading stored, StageClock clock, Workers workers, IProgress<ResolutionProgress>? progress)
    {
        (RecordTable records, IReadOnlyList<QuarantinedRow> quarantine) = await _preparer.ReadRecordsAsync(inputs, clock, workers, progress).ConfigureAwait(false);
        if (stored.Live is null)
        {
            return new IncomingRecords(records, quarantine, null, null);
        }
        StoreKnowledge knowledge = await stored.Knowledge.ConfigureAwait(false);
        string fingerprint = clock.Run("fingerprint", () => _preparer.Fingerprint(records, knowledge.Judgements, workers));
        bool isKnown = knowledge.LastBatch is { } known && string.Equals(known.Fingerprint, fingerprint, StringComparison.Ordinal)
            && !knowledge.OwesTerms && knowledge.NewJudgements.Count == 0 && _options.Review is null && _options.ScoredPairsFrom is null;
        return new IncomingRecords(records, quarantine, fingerprint, isKnown ? clock.Run("order", () => RecordKeyOrder.Sort(records.Keys, workers)) : null);
    }

    // The result that the store holds already; null when it lacks a part of it, or somebody wrote since.
    private async Task<Resolution?> AnswerAsync(
        StoreReading stored, RecordTable records, int[] order, IReadOnlyList<QuarantinedRow> quarantine, StageClock clock, Workers workers)
    {
        LookupState state = (await stored.State.ConfigureAwait(false))!;
        KnownRun known = (await stored.Knowledge.ConfigureAwait(false)).LastBatch!;
        if (known.RunCount != state.RunCount || await stored.Live!.FindModelAsync(workers.CancellationToken).ConfigureAwait(false) is not { } json)
        {
            return null;
        }
        IdentityModel model = IdentityModel.Parse(json);
        string modelHash = model.Hash;
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        IdentityPlan? plan = clock.Run("assign", () => KnownRun.Plan(
            records.Keys, order, state.ToColumns(stored.Live.Description), new RunStamp(RunId(now, modelHash, state), now)));
        return plan is null ? null : ResolutionWriter.WriteUnchanged(
            plan, model, modelHash, quarantine, KnownRun.LinksOf(stored.Live, records.Keys), known, _options.Threads, clock);
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

    /// <summary>What was read; a fingerprint where the store keeps records, and their order where the store's last batch had the same.</summary>
    private sealed record IncomingRecords(RecordTable Records, IReadOnlyList<QuarantinedRow> Quarantine, string? Fingerprint, int[]? Order);
}
