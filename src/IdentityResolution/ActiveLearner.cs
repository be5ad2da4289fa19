using System.Text;
using IdentityResolution.Clustering;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Review;
using IdentityResolution.Training;

namespace IdentityResolution;

/// <summary>Asks about the pairs of records whose answers teach the model most, and learns from the answers.</summary>
/// <remarks>
/// Made by <see cref="IdentityResolver.LearnAsync"/>; keeps the records in memory. Ask <see cref="Next"/>, give each answer to <see cref="Answer"/>, and
/// <see cref="Retrain"/> from time to time. The same records, options and answers give the same questions. Not safe for concurrent use.
/// </remarks>
public sealed class ActiveLearner
{
    private readonly Preparation _read;
    private readonly RecordPreparer _preparer;
    private readonly ResolverOptions _options;
    private readonly List<Judgement> _judgements;
    private readonly Preparation _start;
    private readonly WeighedPairs _startWeighed;
    private Preparation _now;
    private WeighedPairs _weighed;

    internal ActiveLearner(Preparation read, RecordPreparer preparer, ResolverOptions options, StageClock clock, Workers workers)
    {
        (_read, _preparer, _options) = (read, preparer, options);
        _judgements = [.. options.Labels?.Pairs ?? []];
        _now = _start = preparer.Train(read, options.Labels, clock, workers);
        _weighed = _startWeighed = Weigh(workers);
    }

    /// <summary>The model as it was trained last.</summary>
    public IdentityModel Model => _now.Model;

    /// <summary>What the library decided and found when it trained last, in plain sentences.</summary>
    public IReadOnlyList<string> Decisions => _now.Decisions;

    /// <summary>The rows that could not be read.</summary>
    public IReadOnlyList<QuarantinedRow> Quarantine => _read.Quarantine;

    /// <summary>All answers, those included that the resolver was given as <see cref="ResolverOptions.Labels"/>.</summary>
    public IReadOnlyList<Judgement> Judgements => _judgements;

    /// <summary>The pairs about which an answer says most now, no two of them comparing alike.</summary>
    /// <param name="count">How many pairs are wanted, at least 1.</param>
    /// <returns>At most as many, most informative first; none when nothing is in doubt.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public IReadOnlyList<PairToLabel> Next(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var answers = new Dictionary<(int Left, int Right), bool?>();
        var groups = new JudgedGroups();
        foreach (Judgement judgement in _judgements)
        {
            if (judgement.Decision == JudgementDecision.Same)
            {
                groups.TryJoin(judgement.Left, judgement.Right);
            }
            (int left, int right) = (Find(judgement.Left), Find(judgement.Right));
            answers[(Math.Min(left, right), Math.Max(left, right))] = judgement.Decision switch
            {
                JudgementDecision.Same => true,
                JudgementDecision.Different => false,
                _ => null,
            };
        }
        Calibration calibration = Calibrate(_weighed);
        var explainer = new PairExplainer(Model, _now.Records, _now.Table);
        return [.. PairSelector.Select(_now.Table.Keys, _weighed, calibration, answers, groups, count, _options.Seed)
            .Select(chosen => explainer.Explain(
                _weighed.Pairs.Links[chosen.Pair].Left, _weighed.Pairs.Links[chosen.Pair].Right, _weighed.Probability(chosen.Pair, calibration), chosen.Similar))];
    }

    /// <summary>Takes an answer; it counts in <see cref="Next"/> at once, and in the model from <see cref="Retrain"/> on.</summary>
    /// <param name="judgement">The answer. About any pair of the records, asked about or not.</param>
    /// <exception cref="ArgumentException">The judgement names one record twice.</exception>
    public void Answer(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        if (judgement.Left == judgement.Right)
        {
            throw new ArgumentException("The judgement names one record twice.", nameof(judgement));
        }
        _judgements.Add(judgement);
    }

    /// <summary>Takes an answer back.</summary>
    /// <param name="judgement">The answer.</param>
    /// <returns>Was there such an answer?</returns>
    public bool Withdraw(Judgement judgement)
    {
        int last = _judgements.LastIndexOf(judgement);
        if (last >= 0)
        {
            _judgements.RemoveAt(last);
        }
        return last >= 0;
    }

    /// <summary>Trains the model anew with all answers.</summary>
    /// <param name="cancellationToken">Stops the training; the model is then as it was.</param>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public void Retrain(CancellationToken cancellationToken = default)
    {
        var workers = new Workers(_options.Threads, cancellationToken);
        TrainingLabels labels = (_options.Labels ?? new TrainingLabels()) with { Pairs = _judgements };
        Preparation before = _now;
        try
        {
            _now = _preparer.Train(_read, labels, new StageClock(_options.TimeProvider, null), workers);
            _weighed = Weigh(workers);
        }
        catch (OperationCanceledException)
        {
            _now = before;
            throw;
        }
    }

    /// <summary>What the answers have changed since this object was made; of the model as it was trained last.</summary>
    /// <returns>The summary.</returns>
    public LabellingSummary Summarize() => new(
        _judgements.Count(judgement => judgement.Decision == JudgementDecision.Same),
        _judgements.Count(judgement => judgement.Decision == JudgementDecision.Different),
        _judgements.Count(judgement => judgement.Decision == JudgementDecision.Unsure),
        _start.Model.MatchProbabilityThreshold,
        Model.MatchProbabilityThreshold,
        Expect(_startWeighed),
        Expect(_weighed),
        FindMoved());

    private WeighedPairs Weigh(Workers workers) => WeighedPairs.Collect(_now.Model, _now.Table, _now.Filter, workers);

    private Calibration Calibrate(WeighedPairs weighed) => Calibration.Fit(LabelledThreshold.Known(weighed, Labels()));

    private ExpectedAccuracy Expect(WeighedPairs weighed)
    {
        (double precision, double recall) = LabelledThreshold.Expect(weighed, Calibrate(weighed), weighed.Threshold);
        return new ExpectedAccuracy(precision, recall);
    }

    private List<PairLabel> Labels() => new LabelResolver(_now.Table.Keys).ResolvePairs(_judgements, _now.Filter, out _);

    private MovedLevel[] FindMoved() => [.. _start.Model.Comparisons.Zip(Model.Comparisons)
        .SelectMany(pair => pair.First.Levels.Zip(pair.Second.Levels, (before, after) =>
            new MovedLevel(pair.First.Field, before.When, before.MProbability ?? 0, after.MProbability ?? 0)))
        .Where(level => Math.Abs(level.After - level.Before) >= 0.001)
        .OrderByDescending(level => Math.Abs(level.After - level.Before))
        .Take(5)];

    private int Find(RecordKey key) => _now.Table.Keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id));
}
