namespace IdentityResolution.PostgreSql.Capture;

/// <summary>The record id that the texts of id columns make.</summary>
internal static class RecordIdText
{
    /// <summary>One text as it is; of several no two lists have the same id.</summary>
    public static string Of(ReadOnlySpan<string> texts) => texts.Length == 1 ? texts[0] : string.Join('|', texts.ToArray().Select(Escape));

    private static string Escape(string text) => text.AsSpan().IndexOfAny('|', '\\') < 0
        ? text
        : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}
