namespace IdentityResolution.Records;

/// <summary>The source name of an input for which none was given.</summary>
internal static class SourceName
{
    /// <summary>The file's name without directory, without <c>.gz</c> and without one more extension: <c>data/crm.csv.gz</c> gives <c>crm</c>.</summary>
    public static string FromPath(string path)
    {
        string name = Path.GetFileName(path.TrimEnd('/', '\\'));
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            name = name[..^3];
        }
        string plain = Path.GetFileNameWithoutExtension(name);
        if (plain.Length > 0)
        {
            return plain;
        }
        return name.Length > 0 ? name : path;
    }
}
