namespace IdentityResolution.Lookup;

/// <summary>What a store that keeps terms says of one record: a standard value of a field, or a key under which a rule finds it.</summary>
/// <param name="Record">The record.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The field; the match rule's name; the keys of the blocking rule, joined with <c> + </c>.</param>
/// <param name="Term">
/// The standard value, or the key: the texts of its features as a JSON array. In a store that keeps keyed hashes 32 hexadecimal digits,
/// the first 16 bytes of the HMAC-SHA-256 of kind, name and text with line feeds between them, UTF-8.
/// </param>
public readonly record struct RecordTerm(RecordKey Record, RecordTermKind Kind, string Name, string Term);
