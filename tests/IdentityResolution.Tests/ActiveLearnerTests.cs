namespace IdentityResolution.Tests;

public class ActiveLearnerTests
{
    private const int Records = 1000;
    private static readonly SourceRecord[] People = Customers.Generate(Records, seed: 5);
    private static readonly Dictionary<RecordKey, string> Truth = Customers.Truth(Records, seed: 5);

    [Fact]
    public async Task The_same_records_and_answers_give_the_same_questions()
    {
        ActiveLearner one = await StartAsync();
        ActiveLearner other = await StartAsync(People.Reverse());
        Assert.Equal(Keys(one.Next(20)), Keys(other.Next(20)));
        foreach (PairToLabel pair in one.Next(20))
        {
            one.Answer(Judge(pair));
            other.Answer(Judge(pair));
        }
        one.Retrain(TestContext.Current.CancellationToken);
        other.Retrain(TestContext.Current.CancellationToken);
        Assert.Equal(Keys(one.Next(20)), Keys(other.Next(20)));
        Assert.Equal(one.Model.ToJson(), other.Model.ToJson());
    }

    [Fact]
    public async Task What_is_asked_is_in_more_doubt_than_candidates_are()
    {
        IReadOnlyList<PairToLabel> pairs = (await StartAsync()).Next(10);
        Assert.Equal(10, pairs.Count);
        Assert.All(pairs, pair => Assert.InRange(pair.MatchProbability, 0.001, 0.9999));
        Assert.Contains(pairs, pair => pair.MatchProbability is > 0.1 and < 0.9);
    }

    [Fact]
    public async Task Of_pairs_that_compare_alike_one_is_asked_about_at_a_time()
    {
        IReadOnlyList<PairToLabel> pairs = (await StartAsync()).Next(30);
        string[] patterns = [.. pairs.Select(pair => string.Join('|', pair.Fields.Select(field => $"{field.Level} {(field.Agreement == FieldAgreement.Crosswise ? "x" : "")}")))];
        Assert.Equal(patterns.Length, patterns.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task An_answered_pair_is_not_asked_again_until_the_answer_is_taken_back()
    {
        ActiveLearner learner = await StartAsync();
        PairToLabel first = learner.Next()[0];
        foreach (JudgementDecision decision in Enum.GetValues<JudgementDecision>())
        {
            var answer = new Judgement(first.Right, first.Left, decision);
            learner.Answer(answer);
            Assert.DoesNotContain(Keys([first])[0], Keys(learner.Next(1000)));
            Assert.True(learner.Withdraw(answer));
            Assert.False(learner.Withdraw(answer));
        }
        Assert.Equal(Keys([first]), Keys(learner.Next()));
    }

    [Fact]
    public async Task What_follows_from_answers_is_not_asked()
    {
        ActiveLearner learner = await StartAsync();
        PairToLabel first = learner.Next()[0];
        RecordKey between = People.First(record => record.Key != first.Left && record.Key != first.Right).Key;
        learner.Answer(new Judgement(first.Left, between, JudgementDecision.Same));
        Assert.Contains(Keys([first])[0], Keys(learner.Next(1000)));
        learner.Answer(new Judgement(between, first.Right, JudgementDecision.Same));
        Assert.DoesNotContain(Keys([first])[0], Keys(learner.Next(1000)));
    }

    [Fact]
    public async Task The_weights_of_a_pair_add_up_and_the_values_are_those_of_the_source()
    {
        Dictionary<RecordKey, SourceRecord> records = People.ToDictionary(record => record.Key);
        foreach (PairToLabel pair in (await StartAsync()).Next(30).Where(pair => pair.Fields.All(field => field.Agreement != FieldAgreement.Crosswise)))
        {
            Assert.Equal(pair.MatchWeight, pair.PriorWeight + pair.Fields.Sum(field => field.Weight ?? 0), 6);
            FieldToLabel email = pair.Fields.Single(field => field.Name == "email");
            Assert.Equal(Value(records[pair.Left], "email"), email.Left);
            Assert.Equal(Value(records[pair.Right], "email"), email.Right);
            Assert.All(pair.Fields, field => Assert.Equal(field.Left is null || field.Right is null, field.Agreement == FieldAgreement.Unknown && field.Level is null));
        }
    }

    [Fact]
    public async Task Answers_change_the_model_and_the_summary_says_how()
    {
        ActiveLearner learner = await StartAsync();
        string before = learner.Model.ToJson();
        int answers = 0;
        for (int round = 0; round < 3; round++)
        {
            foreach (PairToLabel pair in learner.Next(40))
            {
                learner.Answer(Judge(pair));
                answers++;
            }
            learner.Retrain(TestContext.Current.CancellationToken);
        }
        learner.Answer(new Judgement(People[0].Key, People[1].Key, JudgementDecision.Unsure));
        LabellingSummary summary = learner.Summarize();
        Assert.NotEqual(before, learner.Model.ToJson());
        Assert.Equal((answers, 1), (summary.Same + summary.Different, summary.Unsure));
        Assert.Equal(0.9, summary.ThresholdBefore);
        Assert.Equal(learner.Model.MatchProbabilityThreshold, summary.ThresholdAfter);
        Assert.InRange(summary.MovedLevels.Count, 0, 5);
        Assert.True(summary.MovedLevels.Count > 0 || summary.ThresholdAfter != summary.ThresholdBefore);
        double[] moves = [.. summary.MovedLevels.Select(level => -Math.Abs(level.After - level.Before))];
        Assert.Equal(moves.Order(), moves);
        Assert.All((ExpectedAccuracy[])[summary.Before, summary.After], expected => Assert.True(expected is { Precision: > 0.5 and <= 1, Recall: > 0.5 and <= 1 }));
    }

    [Fact]
    public async Task A_session_goes_on_where_the_labels_of_the_options_end()
    {
        ActiveLearner first = await StartAsync();
        Judgement[] answers = [.. first.Next(20).Select(Judge)];
        foreach (Judgement answer in answers)
        {
            first.Answer(answer);
        }
        first.Retrain(TestContext.Current.CancellationToken);
        ActiveLearner second = await StartAsync(labels: new TrainingLabels { Pairs = answers });
        Assert.Equal(answers, second.Judgements);
        Assert.Equal(first.Model.ToJson(), second.Model.ToJson());
        Assert.Equal(Keys(first.Next(20)), Keys(second.Next(20)));
    }

    [Fact]
    public async Task Wrong_use_is_refused()
    {
        ActiveLearner learner = await StartAsync();
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.Next(0));
        Assert.Throws<ArgumentException>(() => learner.Answer(new Judgement(People[0].Key, People[0].Key, JudgementDecision.Same)));
    }

    [Fact]
    public async Task A_training_that_is_stopped_leaves_the_model_as_it_was()
    {
        ActiveLearner learner = await StartAsync();
        string before = learner.Model.ToJson();
        learner.Answer(Judge(learner.Next()[0]));
        Assert.Throws<OperationCanceledException>(() => learner.Retrain(new CancellationToken(canceled: true)));
        Assert.Equal(before, learner.Model.ToJson());
    }

    private static Task<ActiveLearner> StartAsync(IEnumerable<SourceRecord>? records = null, TrainingLabels? labels = null) => IdentityResolver
        .CreateAutomatic(options: Customers.Options with { Labels = labels })
        .LearnAsync([RecordSet.From(records ?? People, "people")], cancellationToken: TestContext.Current.CancellationToken);

    private static Judgement Judge(PairToLabel pair) =>
        new(pair.Left, pair.Right, Truth[pair.Left] == Truth[pair.Right] ? JudgementDecision.Same : JudgementDecision.Different);

    private static (RecordKey, RecordKey)[] Keys(IEnumerable<PairToLabel> pairs) => [.. pairs.Select(pair => (pair.Left, pair.Right))];

    private static string? Value(SourceRecord record, string column) => record.Values.GetValueOrDefault(column) is { Length: > 0 } value ? value : null;
}
