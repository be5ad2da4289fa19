namespace IdentityResolution.Evaluation;

/// <summary>Says which cluster a record belongs to: as predicted (a customer id) or in truth (a true person).</summary>
/// <param name="Record">The record.</param>
/// <param name="Cluster">The cluster's name; only equality counts. Compared ordinally.</param>
public readonly record struct ClusterMember(RecordKey Record, string Cluster);
