namespace IdentityResolution.Evaluation;

/// <summary>Two records of which somebody knows whether they are one person.</summary>
/// <param name="Left">One record.</param>
/// <param name="Right">The other record.</param>
/// <param name="IsMatch">True = one person, false = two.</param>
public readonly record struct LabelledPair(RecordKey Left, RecordKey Right, bool IsMatch);
