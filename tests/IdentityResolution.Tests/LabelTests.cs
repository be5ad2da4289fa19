using System.Globalization;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests;

/// <summary>What labels do to a run, through the front door.</summary>
public class LabelTests
{
    private const int Records = 2000;
    private static readonly SourceRecord[] People = Customers.Generate(Records, seed: 5);
    private static readonly Dictionary<RecordKey, string> Truth = Customers.Truth(Records, seed: 5);

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Labels_of_candidate_pairs_never_make_the_result_much_worse(int count)
    {
        double without = F1(Resolve(null));
        Judgement[] candidates = [.. Resolve(null, all: true).ScoredPairs.Select(pair => Judge(pair.Left, pair.Right)).OrderBy(judgement => judgement.Left).ThenBy(judgement => judgement.Right)];
        new Random(4).Shuffle(candidates);
        double with = F1(Resolve(new TrainingLabels { Pairs = candidates[..Math.Min(count, candidates.Length)] }));
        Assert.InRange(with, without - 0.01, 1);
    }

    [Fact]
    public void True_clusters_label_every_candidate_pair_between_known_records()
    {
        Resolution resolution = Resolve(new TrainingLabels { Clusters = Truth });
        string learned = resolution.Decisions.Single(decision => decision.StartsWith("Learned from ", StringComparison.Ordinal));
        int known = int.Parse(learned.Split(' ')[2], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.InRange(known, resolution.Links.Count / 2, resolution.Summary.CandidatePairs);
        Assert.InRange(F1(resolution), F1(Resolve(null)) - 0.005, 1);
    }

    [Fact]
    public void Of_a_pair_the_latest_judgement_counts_and_unsure_says_nothing()
    {
        (RecordKey one, RecordKey other, RecordKey third) = (People[0].Key, People[1].Key, People[2].Key);
        Resolution resolution = Resolve(new TrainingLabels
        {
            Pairs =
            [
                new Judgement(one, other, JudgementDecision.Same) { JudgedAt = Customers.Now },
                new Judgement(other, one, JudgementDecision.Different) { JudgedAt = Customers.Now.AddDays(1) },
                new Judgement(one, third, JudgementDecision.Unsure),
                new Judgement(one, new RecordKey("nowhere", "1"), JudgementDecision.Same),
            ],
        });
        Assert.Contains("Learned from 1 labelled pairs: 0 the same, 1 different.", resolution.Decisions);
        Assert.Contains("1 labels name records that are not among the inputs: they were left out.", resolution.Decisions);
    }

    [Fact]
    public void Labels_teach_and_do_not_link()
    {
        (RecordKey one, RecordKey other) = (People[0].Key, People.First(record => Truth[record.Key] != Truth[People[0].Key]).Key);
        Resolution resolution = Resolve(new TrainingLabels { Pairs = [new Judgement(one, other, JudgementDecision.Same)] });
        Assert.NotEqual(resolution.Lookup.First(row => row.Key == one).EntityId, resolution.Lookup.First(row => row.Key == other).EntityId);
    }

    [Fact]
    public void A_record_without_source_is_found_by_its_id_unless_two_have_it()
    {
        SourceRecord[] two =
        [
            .. People.Take(300).Select((record, i) => record with { Key = new("a", $"{i + 1}") }),
            .. People.Skip(300).Take(300).Select((record, i) => record with { Key = new("b", i == 0 ? "1" : $"b{i}") }),
        ];
        Resolution Run(string left, string right) => Resolver(new TrainingLabels { Pairs = [new Judgement(new("", left), new("", right), JudgementDecision.Different)] })
            .Resolve(RecordSet.From(two.Where(record => record.Key.Source == "a"), "a"), RecordSet.From(two.Where(record => record.Key.Source == "b"), "b"));
        Assert.Throws<InvalidRecordException>(() => Run("1", "2"));
        Assert.Contains("1 labels name records that are not among the inputs: they were left out.", Run("2", "nobody").Decisions);
    }

    [Fact]
    public void A_label_of_one_record_with_itself_is_refused()
    {
        InvalidModelException error = Assert.Throws<InvalidModelException>(() => Resolver(new TrainingLabels { Pairs = [new Judgement(new("a", "1"), new("a", "1"), JudgementDecision.Same)] }));
        Assert.Equal("options.labels.pairs[0]", Assert.Single(error.Errors).Path);
    }

    [Fact]
    public void A_threshold_that_the_user_states_stands()
    {
        var options = new AutomaticModelOptions { MatchProbabilityThreshold = 0.77 };
        Resolution resolution = IdentityResolver.CreateAutomatic(options, Customers.Options with { Labels = new TrainingLabels { Clusters = Truth } }).Resolve(RecordSet.From(People, "people"));
        Assert.Equal(0.77, resolution.Model.MatchProbabilityThreshold);
    }

    internal static Judgement Judge(RecordKey left, RecordKey right) =>
        new(left, right, Truth[left] == Truth[right] ? JudgementDecision.Same : JudgementDecision.Different);

    private static IdentityResolver Resolver(TrainingLabels? labels, bool all = false) =>
        IdentityResolver.CreateAutomatic(options: Customers.Options with { Labels = labels, ScoredPairsFrom = all ? 0 : null });

    private static Resolution Resolve(TrainingLabels? labels, bool all = false) => Resolver(labels, all).Resolve(RecordSet.From(People, "people"));

    private static double F1(Resolution resolution) => ClusterEvaluator.Evaluate(
        resolution.Lookup.Select(row => new ClusterMember(row.Key, row.EntityId)), Truth.Select(entry => new ClusterMember(entry.Key, entry.Value))).Pairwise.F1;
}
