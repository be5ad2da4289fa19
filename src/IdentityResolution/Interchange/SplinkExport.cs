namespace IdentityResolution.Interchange;

/// <summary>Splink settings made of a model.</summary>
/// <param name="Json">The settings as indented JSON, in the form of a saved Splink model, for DuckDB.</param>
/// <param name="TermFrequencies">
/// Column to its table, which Splink takes beside the settings (<c>register_term_frequency_lookup</c>). Holds values of records: treat it like the data.
/// </param>
/// <param name="Notes">Everything that has no counterpart, differs, or belongs elsewhere.</param>
public sealed record SplinkExport(string Json, IReadOnlyDictionary<string, TermFrequencyTable> TermFrequencies, IReadOnlyList<SplinkNote> Notes);
