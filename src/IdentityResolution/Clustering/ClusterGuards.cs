using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Clustering;

/// <summary>What guards the clusters of one run. Used once: the constraints keep the state of the clusters.</summary>
/// <param name="Strength">Which link is followed first.</param>
/// <param name="Constraints">What no cluster may violate.</param>
internal sealed record ClusterGuards(IComparer<RecordLink> Strength, IReadOnlyList<ClusterConstraint> Constraints)
{
    /// <summary>The guards that a model asks for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The fields of all records.</param>
    /// <param name="apart">Pairs of records that a person told apart.</param>
    public static ClusterGuards Create(IdentityModel model, FieldTable table, IReadOnlyList<(int Left, int Right)> apart)
    {
        RecordKeyIndex keys = table.Keys;
        var constraints = new List<ClusterConstraint>();
        if (apart.Count > 0)
        {
            constraints.Add(new CannotLinkConstraint(keys.Count, apart));
        }
        if (model.UniqueSources.Count > 0)
        {
            constraints.Add(new UniqueSourceConstraint(keys, model.UniqueSources));
        }
        for (int rule = 0; rule < model.MatchRules.Count; rule++)
        {
            if (model.MatchRules[rule].Effect == MatchRuleEffect.Forbid)
            {
                constraints.Add(Forbid(rule, new RuleConditions(model.MatchRules[rule], table), keys.Count));
            }
        }
        if (model.MaxClusterSize < keys.Count)
        {
            constraints.Add(new SizeConstraint(keys.Count, model.MaxClusterSize));
        }
        return new ClusterGuards(new LinkStrength(keys, model.SourcePrecedence), constraints);
    }

    private static ClusterConstraint Forbid(int rule, RuleConditions conditions, int records) => conditions switch
    {
        { Keys.Length: 0, LimitsSources: false, Different: [var feature], Before.Length: 0 } => new DifferentConstraint(rule, feature, records),
        { Keys.Length: 0, LimitsSources: false, Different.Length: 0, Before: [var pair] } => new BeforeConstraint(rule, pair.First, pair.Second, records),
        _ => new PairConstraint(rule, conditions, records),
    };
}
