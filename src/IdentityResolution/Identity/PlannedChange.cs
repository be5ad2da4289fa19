namespace IdentityResolution.Identity;

/// <summary>A row of the history in numbers: entities as the plan counts them, the record as the run counts it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Entity">The id it happened to.</param>
/// <param name="Related">The other id, or -1.</param>
/// <param name="Record">The record, or -1.</param>
/// <param name="Evidence">Why.</param>
internal readonly record struct PlannedChange(EntityChangeKind Kind, int Entity, int Related, int Record, LinkEvidence Evidence);
