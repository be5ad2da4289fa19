namespace IdentityResolution;

/// <summary>What links are called that a person's judgement made; no match rule may have this name.</summary>
internal static class JudgedLinks
{
    public const string Name = "judgement";
}
