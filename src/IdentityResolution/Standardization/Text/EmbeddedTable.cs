namespace IdentityResolution.Standardization.Text;

/// <summary>Reads the tables that are embedded in the assembly.</summary>
internal static class EmbeddedTable
{
    /// <summary>The lines of a table without comments (<c>#</c>) and empty lines.</summary>
    /// <param name="name">The file name, such as <c>Countries.txt</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such table: a mistake in the project file.</exception>
    public static IEnumerable<string> Lines(string name)
    {
        using Stream stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
