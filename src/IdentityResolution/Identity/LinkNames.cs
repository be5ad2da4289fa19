using IdentityResolution.Matching;

namespace IdentityResolution.Identity;

/// <summary>Turns links into evidence: why records are together, in the terms of the history.</summary>
internal static class LinkNames
{
    /// <summary>What can link records, in order of precedence: judgements, the match rules, the score.</summary>
    public static string[] Of(IReadOnlyList<MatchRule> rules) => [Link.JudgementName, .. rules.Select(rule => rule.Name), Link.ScoreName];

    /// <summary>The evidence of links that were followed.</summary>
    /// <param name="names">What <see cref="Of"/> gave.</param>
    /// <param name="links">The links.</param>
    /// <param name="clusterOf">The cluster of each record.</param>
    public static RecordEvidence Evidence(string[] names, RecordLink[] links, int[] clusterOf)
    {
        int score = names.Length - 1;
        var evidence = new EvidenceLink[links.Length];
        for (int i = 0; i < links.Length; i++)
        {
            RecordLink link = links[i];
            evidence[i] = new EvidenceLink(link.Left, link.Right, link.Rule == RecordLink.ByScore
                ? new LinkEvidence((short)score, link.Weight, (int)Math.Round(link.Probability * 1_000_000))
                : new LinkEvidence((short)(link.Rule + 1), LinkEvidence.NoWeight, 1_000_000));
        }
        return RecordEvidence.FromLinks(names, evidence, clusterOf);
    }
}
