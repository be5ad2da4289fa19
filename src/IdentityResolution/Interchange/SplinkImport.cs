namespace IdentityResolution.Interchange;

/// <summary>A model made of Splink settings.</summary>
/// <param name="Model">The model; trained where every level of the settings has its m and u.</param>
/// <param name="UniqueIdColumn">The column of the record ids (<c>unique_id_column_name</c>), which is said where records are read.</param>
/// <param name="SourceColumn">The column of the sources (<c>source_dataset_column_name</c>); null when the settings name none.</param>
/// <param name="Notes">Everything that has no counterpart, differs, or belongs elsewhere.</param>
public sealed record SplinkImport(IdentityModel Model, string UniqueIdColumn, string? SourceColumn, IReadOnlyList<SplinkNote> Notes);
