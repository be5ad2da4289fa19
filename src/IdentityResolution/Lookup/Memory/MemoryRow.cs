using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>A lookup row of the store in memory. <paramref name="Since"/> is the run that wrote it, <paramref name="Until"/> the one that replaced it.</summary>
internal readonly record struct MemoryRow(MemoryEntity Entity, string MatchedBy, int Millionths, long Since, long Until = long.MaxValue)
{
    public LookupRow ToLookupRow(RecordKey key) => new(key, Entity.Id, MatchedBy, Millionths < 0 ? null : Identity.Millionths.ToProbability(Millionths));
}
