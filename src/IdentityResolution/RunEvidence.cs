using IdentityResolution.Identity;
using IdentityResolution.Matching;

namespace IdentityResolution;

/// <summary>Why records are together, in the terms of the history.</summary>
internal static class RunEvidence
{
    /// <summary>The evidence of each link, named by judgement, match rule or score.</summary>
    public static RecordEvidence Of(IdentityModel model, Linkage linkage)
    {
        string[] names = [Link.JudgementName, .. model.MatchRules.Select(rule => rule.Name), Link.ScoreName];
        int score = names.Length - 1;
        var evidence = new EvidenceLink[linkage.Links.Length];
        for (int i = 0; i < linkage.Links.Length; i++)
        {
            RecordLink link = linkage.Links[i];
            evidence[i] = new EvidenceLink(link.Left, link.Right, link.Rule == RecordLink.ByScore
                ? new LinkEvidence((short)score, link.Weight, (int)Math.Round(link.Probability * 1_000_000))
                : new LinkEvidence((short)(link.Rule + 1), LinkEvidence.NoWeight, 1_000_000));
        }
        return RecordEvidence.FromLinks(names, evidence, linkage.Clusters.ClusterOf);
    }
}
