using IdentityResolution.Identity;

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
    public void Links_that_a_guard_has_cut_do_not_count()
    {
        EvidenceLink[] links = [new(0, 1, Email), new(1, 2, Strong)];

        var evidence = RecordEvidence.FromLinks(["email", "phone", "score"], links, [0, 1, 1]);

        Assert.True(evidence[0].IsNone);
        Assert.Equal(Strong, evidence[1]);
        Assert.Equal(Strong, evidence[2]);
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
