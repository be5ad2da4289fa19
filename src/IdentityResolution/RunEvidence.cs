using IdentityResolution.Identity;

namespace IdentityResolution;

/// <summary>Why records are together, in the terms of the history.</summary>
internal static class RunEvidence
{
    /// <summary>The evidence of each link, named by judgement, match rule or score.</summary>
    public static RecordEvidence Of(IdentityModel model, Linkage linkage) =>
        LinkNames.Evidence(LinkNames.Of(model.MatchRules), linkage.Links, linkage.Clusters.ClusterOf);
}
