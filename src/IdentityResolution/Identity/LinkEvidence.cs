using System.Runtime.CompilerServices;

namespace IdentityResolution.Identity;

/// <summary>What links two records: a match rule, or a score with its weight.</summary>
/// <param name="Rule">Number of the rule's name in <see cref="RecordEvidence.Rules"/>: smaller = stronger; -1 = nothing links them.</param>
/// <param name="WeightMillibits">Match weight in millibits; <see cref="NoWeight"/> for a match rule.</param>
/// <param name="ProbabilityMillionths">Match probability in millionths, [0, 1000000]; -1 when nothing links them.</param>
internal readonly record struct LinkEvidence(short Rule, int WeightMillibits, int ProbabilityMillionths)
{
    /// <summary>Stands for the weight of a match rule, which has none.</summary>
    public const int NoWeight = int.MinValue;

    /// <summary>Nothing links the records.</summary>
    public static LinkEvidence None => new(-1, NoWeight, Millionths.None);

    /// <summary>Is there anything at all?</summary>
    public bool IsNone => Rule < 0;

    /// <summary>Is this the stronger evidence: the rule of higher precedence, then the larger weight, then the larger probability?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsStrongerThan(in LinkEvidence other) =>
        // Without a sign, no rule comes after all rules.
        Rule != other.Rule ? (ushort)Rule < (ushort)other.Rule : !IsNone && WeighsMoreThan(in other);

    private bool WeighsMoreThan(in LinkEvidence other) => WeightMillibits != other.WeightMillibits
        ? WeightMillibits > other.WeightMillibits
        : ProbabilityMillionths > other.ProbabilityMillionths;
}
