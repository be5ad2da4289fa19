using IdentityResolution.Evaluation;
using IdentityResolution.Identity;

namespace IdentityResolution;

/// <summary>The result of a run: who is who, and how it was found.</summary>
public sealed class Resolution
{
    private readonly IdentityPlan _plan;

    internal Resolution(IdentityPlan plan) => _plan = plan;

    /// <summary>The model that was used: the one given, or the one inferred and trained.</summary>
    public required IdentityModel Model { get; init; }

    /// <summary>What the library decided by itself, in plain sentences; empty when a trained model was given.</summary>
    public required IReadOnlyList<string> Decisions { get; init; }

    /// <summary>What deserves a look: hot keys, oversized blocks, unstable record ids; in plain sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The lookup table (crosswalk): one row per record, in order of source and record id.</summary>
    public required LookupTable Lookup { get; init; }

    /// <summary>The accepted links, in order of keys.</summary>
    public required IReadOnlyList<Link> Links { get; init; }

    /// <summary>
    /// Links and, from <see cref="ResolverOptions.ScoredPairsFrom"/> on, the candidate pairs that were not accepted, in order of keys; empty unless asked
    /// for. A pair stands once per match rule that linked it, and once for the score.
    /// </summary>
    public required IReadOnlyList<ScoredPair> ScoredPairs { get; init; }

    /// <summary>What changed against the store; without a store, every id is created.</summary>
    public required IReadOnlyCollection<EntityChange> Changes { get; init; }

    /// <summary>The rows that could not be read, in order of arrival.</summary>
    public required IReadOnlyList<QuarantinedRow> Quarantine { get; init; }

    /// <summary>What is in doubt and waits for a person's judgement; empty unless <see cref="ResolverOptions.Review"/> asks for it.</summary>
    public required ReviewList Review { get; init; }

    /// <summary>Counts and times.</summary>
    public required ResolutionSummary Summary { get; init; }

    /// <summary>What the run did to the customers of the store, or would do: <see cref="ResolverOptions.DryRun"/>. Counted at each call, O(records).</summary>
    /// <param name="examplesPerKind">Most examples of each kind of change; at least 0. Default 3.</param>
    /// <returns>Counts, by source too, and examples by their keys.</returns>
    public RunImpact DescribeImpact(int examplesPerKind = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(examplesPerKind);
        return ImpactCounter.Count(_plan, examplesPerKind);
    }
}
