namespace IdentityResolution.Lookup;

/// <summary>What a run did to one customer id; for writers of stores.</summary>
/// <param name="Before">The id before the run; null when the run gave it.</param>
/// <param name="After">The id after the run.</param>
public readonly record struct RolledBackEntity(EntityState? Before, EntityState After);
