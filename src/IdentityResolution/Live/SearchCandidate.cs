namespace IdentityResolution;

/// <summary>A record that may be of the same customer as the one that was searched for.</summary>
/// <param name="Record">The record.</param>
/// <param name="EntityId">Its current customer id.</param>
/// <param name="MatchWeight">The match weight in bits, prior included; null when the model has no comparisons.</param>
/// <param name="MatchProbability">The weight as a probability, in [0, 1]; null when the model has no comparisons.</param>
/// <param name="MatchRules">The match rules that apply to the two, in order of precedence; rules that forbid are left out.</param>
/// <param name="IsLink">Would the two be linked: by a match rule, or because the weight reaches the threshold? A guard may still keep them apart.</param>
public sealed record SearchCandidate(
    RecordKey Record, string EntityId, double? MatchWeight, double? MatchProbability, IReadOnlyList<string> MatchRules, bool IsLink);
