namespace IdentityResolution;

/// <summary>A pair of records about which a person should be asked, with what speaks for and against a match.</summary>
/// <param name="Left">The record that comes first by key.</param>
/// <param name="Right">The other record.</param>
/// <param name="Fields">What both hold, compared fields first, in the model's order.</param>
/// <param name="PriorWeight">What every pair starts with, in bits.</param>
/// <param name="MatchWeight">The match weight in bits: the prior and all the fields' weights.</param>
/// <param name="MatchProbability">How likely the two are one customer, as the answers so far show it. In [0, 1].</param>
/// <param name="SimilarPairs">How many pairs compare alike and are as likely: the answer speaks for them.</param>
public sealed record PairToLabel(
    RecordKey Left,
    RecordKey Right,
    IReadOnlyList<FieldToLabel> Fields,
    double PriorWeight,
    double MatchWeight,
    double MatchProbability,
    int SimilarPairs);

/// <summary>What two records hold in one field, and what that weighs.</summary>
/// <param name="Name">The field.</param>
/// <param name="Left">The first record's value as it was read; null = missing.</param>
/// <param name="Right">The other record's.</param>
/// <param name="Level">The condition of the comparison level that holds; null where a value is missing or the field is not compared.</param>
/// <param name="Agreement">How the two values compare.</param>
/// <param name="Weight">In bits, positive for a match; null where <paramref name="Level"/> is.</param>
public sealed record FieldToLabel(string Name, string? Left, string? Right, string? Level, FieldAgreement Agreement, double? Weight);

/// <summary>How two values of a field compare.</summary>
public enum FieldAgreement
{
    /// <summary>A record lacks the value, or the field is not compared.</summary>
    Unknown = 0,

    /// <summary>Equal in their standard forms.</summary>
    Equal,

    /// <summary>At a level between equal and different.</summary>
    Close,

    /// <summary>No level but the last holds.</summary>
    Different,

    /// <summary>Each record has the value in the place of another field's.</summary>
    Crosswise,
}
