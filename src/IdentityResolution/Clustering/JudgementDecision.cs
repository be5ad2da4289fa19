namespace IdentityResolution;

/// <summary>What a person can decide about two records.</summary>
public enum JudgementDecision
{
    /// <summary>Nothing: the pair is not asked about again, and an earlier judgement on it is withdrawn.</summary>
    Unsure = 0,

    /// <summary>They are one customer.</summary>
    Same,

    /// <summary>They are two customers.</summary>
    Different,
}
