namespace IdentityResolution;

/// <summary>Two records that a match rule, the score or a person accepted as one customer.</summary>
/// <param name="Left">The record that comes first by key.</param>
/// <param name="Right">The other record.</param>
/// <param name="MatchedBy">The match rule's name, <see cref="ScoreName"/> or <see cref="JudgementName"/>.</param>
/// <param name="MatchProbability">In [0, 1]; 1 for a match rule and a judgement.</param>
/// <param name="MatchWeight">The total match weight in bits, prior included; null for a match rule and a judgement.</param>
public readonly record struct Link(RecordKey Left, RecordKey Right, string MatchedBy, double MatchProbability, double? MatchWeight)
{
    /// <summary>The <see cref="MatchedBy"/> of links that the score made.</summary>
    public const string ScoreName = ScoredLinks.Name;

    /// <summary>The <see cref="MatchedBy"/> of links that a person's judgement made.</summary>
    public const string JudgementName = JudgedLinks.Name;
}
