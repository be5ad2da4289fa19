namespace IdentityResolution.Interchange;

/// <summary>What became of something that one format says and the other can't say alike.</summary>
public enum SplinkNoteKind
{
    /// <summary>It has no counterpart and was left out whole.</summary>
    LeftOut = 0,

    /// <summary>It was translated, and judges some pairs otherwise; the note says which.</summary>
    Differs,

    /// <summary>It is not part of a model in the other format; the note says where it belongs.</summary>
    Elsewhere,
}

/// <summary>One thing to know about a translation.</summary>
/// <param name="Path">Where in the format that was read, as a JSON path: for example <c>comparisons[2].comparison_levels[1]</c>.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Message">One sentence, without values of records.</param>
public sealed record SplinkNote(string Path, SplinkNoteKind Kind, string Message)
{
    /// <summary>The note as one line.</summary>
    public override string ToString() => $"{Kind switch { SplinkNoteKind.LeftOut => "left out", SplinkNoteKind.Differs => "differs", _ => "note" }}: {(Path.Length == 0 ? "" : Path + ": ")}{Message}";
}
