namespace IdentityResolution;

/// <summary>What a match rule does with two records to which it applies.</summary>
public enum MatchRuleEffect
{
    /// <summary>They are one customer.</summary>
    Link = 0,

    /// <summary>They are compared, whether or not a blocking rule finds them; if the score does not link them, a person is asked.</summary>
    Suggest,

    /// <summary>They are two customers, however other records link them.</summary>
    Forbid,
}
