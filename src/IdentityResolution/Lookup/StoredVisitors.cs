namespace IdentityResolution;

/// <summary>Takes one record of a store as it stands there, without objects made of it; the spans hold until it returns.</summary>
/// <param name="source">The record's source; records of one source share one string object where the store can.</param>
/// <param name="recordId">The record's id, UTF-8.</param>
/// <param name="content">Its raw values as a JSON object of texts and nulls, UTF-8.</param>
public delegate void StoredRecordVisitor(string source, ReadOnlySpan<byte> recordId, ReadOnlySpan<byte> content);

/// <summary>Takes one link of a store as it stands there, without objects made of it; the spans hold until it returns.</summary>
/// <param name="leftSource">The source of the first record.</param>
/// <param name="leftId">The id of the first record, UTF-8.</param>
/// <param name="rightSource">The source of the second record.</param>
/// <param name="rightId">The id of the second record, UTF-8.</param>
/// <param name="matchedBy">The name of the match rule, <see cref="Link.ScoreName"/> or <see cref="Link.JudgementName"/>.</param>
/// <param name="matchWeight">The match weight in bits; null when a rule or a judgement linked the two.</param>
public delegate void StoredLinkVisitor(
    string leftSource, ReadOnlySpan<byte> leftId, string rightSource, ReadOnlySpan<byte> rightId, string matchedBy, double? matchWeight);
