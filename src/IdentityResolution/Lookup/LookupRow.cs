namespace IdentityResolution;

/// <summary>One row of the lookup table (crosswalk): the customer id of one source record.</summary>
/// <param name="Key">The record.</param>
/// <param name="EntityId">Its stable customer id.</param>
/// <param name="MatchedBy">
/// What joins the record to the others of its customer: the name of the match rule, or <c>score</c>; empty when it is alone.
/// </param>
/// <param name="MatchProbability">
/// Probability of the strongest link of this record, in [0, 1]; null when it is alone. 1 for a match rule.
/// </param>
public readonly record struct LookupRow(RecordKey Key, string EntityId, string MatchedBy, double? MatchProbability);
