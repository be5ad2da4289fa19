namespace IdentityResolution.Tests.Review;

public class ReviewTests
{
    [Fact]
    public void Without_being_asked_nothing_is_listed()
    {
        Resolution resolution = IdentityResolver.Create(Customers.Describe, Customers.Options).Resolve(RecordSet.From(Customers.Generate(300)));
        Assert.Same(ReviewList.Empty, resolution.Review);
    }

    [Fact]
    public void Asking_changes_no_customer_and_each_question_is_open_and_asked_once()
    {
        SourceRecord[] records = Customers.Generate(2000);
        Resolution plain = Resolve(records, null);
        Resolution asked = Resolve(records, new ReviewOptions { BandBits = 8 });
        Assert.Equal(Customers.Csv(plain.Lookup), Customers.Csv(asked.Lookup));
        Assert.NotEmpty(asked.Review.Items);
        Assert.Equal(asked.Review.TotalCount, asked.Review.Items.Count);
        foreach (ReviewItem item in asked.Review.Items)
        {
            Assert.True(item.Left < item.Right);
            Assert.Equal(asked.Lookup.Find(item.Left)!.Value.EntityId, item.LeftEntityId);
            Assert.Equal(asked.Lookup.Find(item.Right)!.Value.EntityId, item.RightEntityId);
            Assert.Equal(item.Kind == ReviewKind.WeakLink, item.LeftEntityId == item.RightEntityId);
            Assert.InRange(item.Doubt, 0, 1);
            Assert.Equal(asked.Model.Fields.Select(field => field.Name), item.Fields.Select(field => field.Name));
            double distance = item.MatchWeight!.Value - (MatchWeights.FromProbability(asked.Model.MatchProbabilityThreshold) / 1000.0);
            Assert.True(item.Kind switch
            {
                ReviewKind.PossibleMatch => distance is >= -8 and < 0,
                ReviewKind.WeakLink => distance is >= 0 and < 8,
                _ => distance >= 0,
            });
        }
        Assert.Contains(asked.Review.Items, item => item.Kind == ReviewKind.PossibleMatch);
        Assert.Contains(asked.Review.Items, item => item.Kind == ReviewKind.WeakLink);
        Assert.Equal(asked.Review.Items.OrderByDescending(item => item.Doubt).Select(item => item.Doubt), asked.Review.Items.Select(item => item.Doubt));
        Assert.Equal(asked.Review.Items.Count, asked.Review.Items.Select(item => (item.Left, item.Right)).Distinct().Count());

        Resolution few = Resolve(records, new ReviewOptions { BandBits = 8, MaxItems = 3 });
        Assert.Equal(asked.Review.Items.Take(3).Select(item => (item.Left, item.Right)), few.Review.Items.Select(item => (item.Left, item.Right)));
        Assert.Equal(asked.Review.TotalCount, few.Review.TotalCount);
    }

    [Fact]
    public void The_list_does_not_depend_on_order_or_threads()
    {
        SourceRecord[] records = Customers.Generate(1000);
        SourceRecord[] shuffled = [.. records];
        new Random(5).Shuffle(shuffled);
        var options = new ReviewOptions { BandBits = 8 };
        IdentityModel model = Resolve(records, options).Model;
        string[] Describe(SourceRecord[] input, int threads) => [.. IdentityResolver
            .Create(model, Customers.Options with { Review = options, Threads = threads })
            .Resolve(RecordSet.From(input)).Review.Items
            .Select(item => $"{item.Left} {item.Right} {item.Kind} {item.Doubt:R} {item.MatchWeight:R}")];
        Assert.Equal(Describe(records, 1), Describe(shuffled, 3));
    }

    [Fact]
    public void What_is_answered_is_not_asked_again_and_holds()
    {
        SourceRecord[] records = Customers.Generate(2000);
        var options = new ReviewOptions { BandBits = 8 };
        Resolution first = Resolve(records, options);
        ReviewItem possible = first.Review.Items.First(item => item.Kind == ReviewKind.PossibleMatch);
        ReviewItem weak = first.Review.Items.First(item => item.Kind == ReviewKind.WeakLink && item.LeftEntityId != possible.LeftEntityId && item.LeftEntityId != possible.RightEntityId);
        Resolution second = Resolve(records, options,
            new Judgement(possible.Left, possible.Right, JudgementDecision.Same), new Judgement(weak.Left, weak.Right, JudgementDecision.Different));
        Assert.Equal(second.Lookup.Find(possible.Left)!.Value.EntityId, second.Lookup.Find(possible.Right)!.Value.EntityId);
        Assert.NotEqual(second.Lookup.Find(weak.Left)!.Value.EntityId, second.Lookup.Find(weak.Right)!.Value.EntityId);
        Assert.DoesNotContain(second.Review.Items, item => (item.Left, item.Right) == (possible.Left, possible.Right) || (item.Left, item.Right) == (weak.Left, weak.Right));
    }

    [Fact]
    public void Suggestions_refusals_and_contradictions_are_listed_with_reasons()
    {
        static SourceRecord Person(string id, string? email, string? phone, string? nationalId) =>
            SourceRecord.Create("crm", id, ("email", email), ("phone", phone), ("national_id", nationalId));
        Resolution resolution = IdentityResolver.Create(
            model => model.Field("email", FieldKind.Email).Field("phone", FieldKind.Phone).Field("national_id", FieldKind.Identifier)
                .ForbidDifferent("national_id").MatchOn("email").SuggestOn("phone"),
            Customers.Options with
            {
                Review = ReviewOptions.Default,
                Judgements =
                [
                    new Judgement(new("crm", "5"), new("crm", "6"), JudgementDecision.Same),
                    new Judgement(new("crm", "5"), new("crm", "6"), JudgementDecision.Different),
                ],
            }).Resolve(RecordSet.From(
            [
                Person("1", "ann@x.org", null, "QX4821"), Person("2", "ann@x.org", null, "QX9073"),
                Person("3", null, "020 7946 0001", null), Person("4", null, "020 7946 0001", null),
                Person("5", "eve@x.org", null, null), Person("6", "sue@x.org", null, null),
            ]));
        Assert.Equal(
            [
                ("1", "2", ReviewKind.RefusedLink, "linked, but would join records that match rule 'different national_id' keeps apart"),
                ("3", "4", ReviewKind.Suggestion, "suggested by match rule 'suggest phone'"),
                ("5", "6", ReviewKind.Contradiction, "judged same, against another judgement that is later or keeps records apart"),
            ],
            resolution.Review.Items.Select(item => (item.Left.Id, item.Right.Id, item.Kind, item.Reason)).OrderBy(item => item.Item1, StringComparer.Ordinal));
        Assert.All(resolution.Review.Items, item => Assert.Equal((null, null), (item.MatchWeight, item.MatchProbability)));
    }

    [Fact]
    public void Options_out_of_range_are_refused() => Assert.Equal(
        ["options.review.bandBits", "options.review.maxItems"],
        Assert.Throws<InvalidModelException>(() => IdentityResolver.CreateAutomatic(
            options: Customers.Options with { Review = new ReviewOptions { BandBits = double.NaN, MaxItems = 0 } })).Errors.Select(error => error.Path));

    private static Resolution Resolve(SourceRecord[] records, ReviewOptions? review, params Judgement[] judgements) => IdentityResolver
        .Create(Customers.Describe, Customers.Options with { Review = review, Judgements = judgements })
        .Resolve(RecordSet.From(records));
}
