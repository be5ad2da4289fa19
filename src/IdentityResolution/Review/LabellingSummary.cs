namespace IdentityResolution;

/// <summary>What answers have changed since a session of labelling began.</summary>
/// <param name="Same">Answers "same", those of earlier sessions included.</param>
/// <param name="Different">Answers "different".</param>
/// <param name="Unsure">Answers "unsure".</param>
/// <param name="ThresholdBefore">The model's threshold when the session began. A match probability.</param>
/// <param name="ThresholdAfter">The threshold now.</param>
/// <param name="Before">What was to be expected of the model's links when the session began, judged by all answers.</param>
/// <param name="After">What is to be expected now.</param>
/// <param name="MovedLevels">The comparison levels whose m moved most, the largest move first; at most five.</param>
public sealed record LabellingSummary(
    int Same,
    int Different,
    int Unsure,
    double ThresholdBefore,
    double ThresholdAfter,
    ExpectedAccuracy Before,
    ExpectedAccuracy After,
    IReadOnlyList<MovedLevel> MovedLevels);

/// <summary>Expected accuracy of links among the candidate pairs; what blocking misses is not seen.</summary>
/// <param name="Precision">Share of the links that are right, in [0, 1].</param>
/// <param name="Recall">Share of the matching candidate pairs that are linked, in [0, 1].</param>
public readonly record struct ExpectedAccuracy(double Precision, double Recall);

/// <summary>A comparison level whose m has moved.</summary>
/// <param name="Field">The field compared.</param>
/// <param name="When">The level's condition.</param>
/// <param name="Before">P(level | match) before.</param>
/// <param name="After">P(level | match) now.</param>
public readonly record struct MovedLevel(string Field, string When, double Before, double After);
