namespace IdentityResolution;

/// <summary>What links are called that the score made; no match rule may have this name.</summary>
internal static class ScoredLinks
{
    public const string Name = "score";
}
