using IdentityResolution.Matching;

namespace IdentityResolution.Live;

/// <summary>What links two records by themselves: match rules and the score. A pure function of the two, and of the blocks that are too large.</summary>
/// <param name="Rules">Bit i is set when match rule i links them.</param>
/// <param name="Weight">The match weight in millibits from the threshold on; <see cref="NoWeight"/> = the score does not link them.</param>
/// <param name="IsSuggested">Was the pair found by a rule that suggests, and by no blocking rule? Then it has no rivals.</param>
internal readonly record struct PairState(ulong Rules, int Weight, bool IsSuggested)
{
    /// <summary>Stands for no link by the score.</summary>
    public const int NoWeight = int.MinValue;

    /// <summary>Most match rules of a model that a live index can open: one bit each.</summary>
    public const int MaxRules = 64;

    /// <summary>Nothing links them.</summary>
    public static PairState None => new(0, NoWeight, false);

    /// <summary>Does nothing link them?</summary>
    public bool IsNone => Rules == 0 && Weight == NoWeight;
}

/// <summary>What a store holds of two records: the strongest link that was followed.</summary>
/// <param name="Rule">The rule, as in <see cref="RecordLink"/>; <see cref="NoRule"/> = nothing.</param>
/// <param name="Weight">The match weight in millibits; <see cref="RecordLink.RuleWeight"/> for a rule.</param>
internal readonly record struct StoredLink(int Rule, int Weight)
{
    /// <summary>Stands for no link.</summary>
    public const int NoRule = -2;

    /// <summary>A link by a rule that the model does not have.</summary>
    public const int UnknownRule = -3;

    /// <summary>The store holds nothing.</summary>
    public static StoredLink None => new(NoRule, 0);
}
