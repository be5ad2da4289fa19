namespace IdentityResolution;

/// <summary>Why a pair of records is in doubt.</summary>
public enum ReviewKind
{
    /// <summary>Judgements contradict each other; this one was not followed.</summary>
    Contradiction = 0,

    /// <summary>A match rule suggests the pair, and the score does not link it.</summary>
    Suggestion,

    /// <summary>A link that a guard, a rule or the rest of the cluster refused.</summary>
    RefusedLink,

    /// <summary>The match weight is just below the threshold.</summary>
    PossibleMatch,

    /// <summary>The only link between two parts of a customer, and just above the threshold.</summary>
    WeakLink,
}
