using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>A link that was not followed: its two records are in different clusters.</summary>
/// <param name="Link">The link.</param>
/// <param name="Guard">What refused it.</param>
/// <param name="Detail">The unique source or the match rule, by position in the model; 0 for the others.</param>
internal readonly record struct RefusedLink(RecordLink Link, Guard Guard, int Detail);

/// <summary>What can refuse a link.</summary>
internal enum Guard
{
    /// <summary>A person decided that two records are different.</summary>
    Judgement,

    /// <summary>Two records of a source that holds no customer twice.</summary>
    UniqueSource,

    /// <summary>A match rule that forbids.</summary>
    Rule,

    /// <summary>More records than a customer may have.</summary>
    Size,

    /// <summary>Two parts of a cluster that contradict each other more than they agree.</summary>
    Cohesion,

    /// <summary>Another link to a source that holds no customer twice is as likely, or likelier.</summary>
    Rival,
}
