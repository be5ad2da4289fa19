namespace IdentityResolution;

/// <summary>How far a run has come.</summary>
/// <param name="Stage">The stage: <c>read</c>, <c>standardize</c>, <c>train</c>, <c>block</c>, <c>score</c>, <c>cluster</c>, <c>assign</c>, <c>write</c>.</param>
/// <param name="Done">Units done in the stage, at least 0.</param>
/// <param name="Total">Units in the stage; null while unknown.</param>
/// <param name="Unit">What is counted: <c>records</c>, <c>pairs</c>, <c>values</c>.</param>
public readonly record struct ResolutionProgress(string Stage, long Done, long? Total, string Unit);
