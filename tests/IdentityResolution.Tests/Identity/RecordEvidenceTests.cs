using IdentityResolution.Identity;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Identity;

public class RecordEvidenceTests
{
    private static readonly LinkEvidence Email = new(0, LinkEvidence.NoWeight, 1_000_000);
    private static readonly LinkEvidence Phone = new(1, LinkEvidence.NoWeight, 1_000_000);
    private static readonly LinkEvidence Weak = new(2, 5_000, 970_000);
    private static readonly LinkEvidence Strong = new(2, 12_000, 999_000);

    [Fact]
    public void The_strongest_link_wins_in_whatever_order_links_come()
    {
        LinkEvidence[] byStrength = [Email, Phone, Strong, Weak, LinkEvidence.None];
        for (int left = 0; left < byStrength.Length; left++)
        {
            for (int right = 0; right < byStrength.Length; right++)
            {
                var evidence = new RecordEvidence(1, ["email", "phone", "score"]);
                evidence.Offer(0, byStrength[left]);
                evidence.Offer(0, byStrength[right]);
                Assert.Equal(byStrength[Math.Min(left, right)], evidence[0]);
            }
        }
    }

    [Fact]
    public void Links_give_both_their_records_evidence_under_the_name_of_what_made_them()
    {
        MatchRule[] rules = [new() { Name = "email", Keys = ["email"] }, new() { Name = "phone", Keys = ["phone"] }];
        RecordLink[] links =
        [
            new(0, 1, 12_000, RecordLink.ByScore), RecordLink.ByRule(2, 1, 1), RecordLink.ByRule(1, 3, 0), new(3, 4, RecordLink.RuleWeight, RecordLink.ByJudgement),
        ];

        var evidence = RecordEvidence.FromLinks(6, rules, links);

        string[] reasons = [.. Enumerable.Range(0, 6).Select(record => evidence.Describe(evidence[record]))];
        Assert.Equal(["score 12.000 bits", "email", "phone", "judgement", "judgement", ""], reasons);
        Assert.Equal(999_756, evidence[0].ProbabilityMillionths);
        Assert.Equal(1_000_000, evidence[1].ProbabilityMillionths);
    }

    [Fact]
    public void A_reason_names_the_rule_or_the_weight()
    {
        var evidence = new RecordEvidence(0, ["email", "phone", "score"]);

        Assert.Equal("phone", evidence.Describe(Phone));
        Assert.Equal("score 12.000 bits", evidence.Describe(Strong));
        Assert.Equal(string.Empty, evidence.Describe(LinkEvidence.None));
    }
}
