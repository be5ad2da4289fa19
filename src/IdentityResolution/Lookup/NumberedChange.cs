namespace IdentityResolution;

/// <summary>A row of the history with its place in it.</summary>
/// <param name="Cursor">The place: at least 1, rising in order of writing, never given twice. A reader keeps the last one it has handled.</param>
/// <param name="Change">The change.</param>
public readonly record struct NumberedChange(long Cursor, EntityChange Change);
