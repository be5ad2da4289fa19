namespace IdentityResolution.Matching;

/// <summary>A link inside the engine: two record indices, <c>Left</c> below <c>Right</c>.</summary>
/// <param name="Left">The smaller record index.</param>
/// <param name="Right">The larger record index.</param>
/// <param name="Weight">Match weight in millibits, prior included; <see cref="RuleWeight"/> for a match rule.</param>
/// <param name="Rule">The match rule, by position in the model; <see cref="ByJudgement"/>, <see cref="ByScore"/>.</param>
internal readonly record struct RecordLink(int Left, int Right, int Weight, int Rule)
{
    /// <summary>The rule of links that a person decided: above every match rule in precedence.</summary>
    public const int ByJudgement = -1;

    /// <summary>The rule of scored links: below every match rule in precedence.</summary>
    public const int ByScore = int.MaxValue;

    /// <summary>The weight of links that a match rule makes: above every score.</summary>
    public const int RuleWeight = int.MaxValue;

    /// <summary>The link that a match rule makes between two records.</summary>
    public static RecordLink ByRule(int one, int other, int rule) => new(Math.Min(one, other), Math.Max(one, other), RuleWeight, rule);

    /// <summary>The link as a probability.</summary>
    public double Probability => Rule == ByScore ? MatchWeights.ToProbability(Weight) : 1;
}
