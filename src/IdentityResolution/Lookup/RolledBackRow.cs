namespace IdentityResolution.Lookup;

/// <summary>What a run did to one record's lookup row; for writers of stores.</summary>
/// <param name="Key">The record.</param>
/// <param name="Before">Its row before the run; null when it had none.</param>
/// <param name="After">Its row after the run; null when the run removed it.</param>
public readonly record struct RolledBackRow(RecordKey Key, LookupRow? Before, LookupRow? After);
