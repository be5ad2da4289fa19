using System.Globalization;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Benchmarks.Training;

/// <summary>
/// F1 after as many answers of somebody who knows the truth: about pairs that <see cref="ActiveLearner"/> asks for, about candidate pairs drawn at random,
/// and about pairs drawn at random among those within eight bits of the threshold. Read a row from left to right; the least of the seeds stands in brackets.
/// </summary>
internal static class SimulatedLabelling
{
    private const int Batch = 10;
    private const double DoubtBits = 8;
    private static readonly int[] Counts = [0, 20, 50, 100, 200];

    /// <summary>Prints a table for each data set.</summary>
    /// <param name="output">Receives Markdown.</param>
    /// <param name="folders">Data sets: one CSV per source (record_id first), truth.csv (source, record_id, entity_id), meta.json; pairs.csv where only its left records are judged.</param>
    public static async Task PrintAsync(TextWriter output, IEnumerable<string> folders)
    {
        foreach (string folder in folders)
        {
            DataSet set = await DataSet.ReadAsync(folder);
            await output.WriteLineAsync($"\n| {Path.GetFileName(folder)} | {string.Join(" | ", Counts)} |\n|---|{string.Concat(Counts.Select(_ => "---|"))}");
            await PrintAsync(output, "active", await RunAsync(3, seed => AskAsync(set, seed)));
            await PrintAsync(output, "random, in doubt", await RunAsync(5, seed => DrawAsync(set, seed, DoubtBits)));
            await PrintAsync(output, "random candidates", await RunAsync(5, seed => DrawAsync(set, seed, double.PositiveInfinity)));
        }
    }

    private static Task PrintAsync(TextWriter output, string name, List<double[]> runs) => output.WriteLineAsync(
        $"| {name} | {string.Join(" | ", Counts.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{runs.Average(run => run[i]):F4} ({runs.Min(run => run[i]):F4})")))} |");

    private static async Task<List<double[]>> RunAsync(int seeds, Func<ulong, Task<double[]>> run)
    {
        var runs = new List<double[]>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            runs.Add(await run((ulong)seed));
        }
        return runs;
    }

    private static async Task<double[]> AskAsync(DataSet set, ulong seed)
    {
        // The samples of training stay those of the default seed; only the choice among equal pairs differs.
        ActiveLearner learner = await set.Resolver(ResolverOptions.Default with { Seed = seed }).LearnAsync(set.Inputs());
        var figures = new List<double>();
        foreach (int count in Counts)
        {
            while (Known(learner) < count && learner.Next(Math.Min(Batch, count - Known(learner))) is { Count: > 0 } pairs)
            {
                foreach (PairToLabel pair in pairs)
                {
                    learner.Answer(set.Judge(pair.Left, pair.Right));
                }
                learner.Retrain();
            }
            figures.Add(await set.MeasureAsync(learner.Judgements));
        }
        return [.. figures];
    }

    private static int Known(ActiveLearner learner) => learner.Judgements.Count(judgement => judgement.Decision != JudgementDecision.Unsure);

    private static async Task<double[]> DrawAsync(DataSet set, ulong seed, double bits)
    {
        Resolution all = await set.Resolver(ResolverOptions.Default with { ScoredPairsFrom = 0 }).ResolveAsync(set.Inputs());
        int threshold = MatchWeights.FromProbability(all.Model.MatchProbabilityThreshold);
        Judgement[] pool = [.. all.ScoredPairs
            .Where(pair => pair.Weight != ScoredPair.RuleWeight && Math.Abs(pair.Weight - threshold) <= bits * 1000)
            .Select(pair => set.Judge(pair.Left, pair.Right))
            .Where(judgement => judgement.Decision != JudgementDecision.Unsure)
            .OrderBy(judgement => judgement.Left).ThenBy(judgement => judgement.Right)];
        new Random((int)seed).Shuffle(pool);
        var figures = new List<double>();
        foreach (int count in Counts)
        {
            figures.Add(await set.MeasureAsync(pool[..Math.Min(count, pool.Length)]));
        }
        return [.. figures];
    }

    private sealed class DataSet(string[] files, AutomaticModelOptions options, Dictionary<RecordKey, string> truth, LabelledPair[]? pairs)
    {
        private readonly HashSet<RecordKey>? _people = pairs?.Select(pair => pair.Left).ToHashSet();

        public static async Task<DataSet> ReadAsync(string folder)
        {
            string[] files = [.. Directory.GetFiles(folder, "*.csv").Where(file => Path.GetFileName(file) is not ("truth.csv" or "pairs.csv")).Order(StringComparer.Ordinal)];
            bool link = (await File.ReadAllTextAsync(Path.Combine(folder, "meta.json"))).Contains("\"kind\": \"link", StringComparison.Ordinal);
            ClusterFile truth = await ClusterFile.ReadAsync([Path.Combine(folder, "truth.csv")]);
            var byId = truth.Members.ToLookup(member => member.Record.Id, member => member.Record, StringComparer.Ordinal);
            LabelledPair[]? pairs = null;
            if (Path.Combine(folder, "pairs.csv") is var path && File.Exists(path) && await PairFile.ReadAsync(path) is { HasLabels: true } judged)
            {
                pairs = [.. judged.Pairs.Select(pair => new LabelledPair(byId[pair.Left.Id].First(), byId[pair.Right.Id].First(), pair.IsMatch))];
            }
            return new DataSet(
                files, new AutomaticModelOptions { LinkOnly = link }, truth.Members.ToDictionary(member => member.Record, member => member.Cluster), pairs);
        }

        public RecordSet[] Inputs() => [.. files.Select(file => RecordSet.FromFile(file))];

        public IdentityResolver Resolver(ResolverOptions run) => IdentityResolver.CreateAutomatic(options, run);

        // Where only some people are judged, nobody knows about the others.
        public Judgement Judge(RecordKey left, RecordKey right) => new(
            left,
            right,
            _people is not null && !_people.Contains(left) && !_people.Contains(right) ? JudgementDecision.Unsure
                : string.Equals(truth[left], truth[right], StringComparison.Ordinal) ? JudgementDecision.Same
                : JudgementDecision.Different);

        public async Task<double> MeasureAsync(IReadOnlyList<Judgement> answers)
        {
            ResolverOptions run = ResolverOptions.Default with { Labels = answers.Count == 0 ? null : new TrainingLabels { Pairs = answers } };
            Resolution resolution = await Resolver(run).ResolveAsync(Inputs());
            IEnumerable<ClusterMember> predicted = resolution.Lookup.Select(row => new ClusterMember(row.Key, row.EntityId));
            var evaluation = new EvaluationOptions { AcrossSources = options.LinkOnly };
            return pairs is null
                ? ClusterEvaluator.Evaluate(predicted, truth.Select(entry => new ClusterMember(entry.Key, entry.Value)), evaluation).Pairwise.F1
                : PairEvaluator.Evaluate(predicted, pairs, PairScope.LeftRecords, evaluation).Pairwise.F1;
        }
    }
}
