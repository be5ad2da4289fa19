namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Names and texts within SQL.</summary>
internal static class SqlName
{
    /// <summary>A name in double quotes, whatever is in it.</summary>
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>A table with its schema.</summary>
    public static string Quote(string schema, string name) => Quote(schema) + "." + Quote(name);

    /// <summary>A text in single quotes, whatever is in it.</summary>
    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
