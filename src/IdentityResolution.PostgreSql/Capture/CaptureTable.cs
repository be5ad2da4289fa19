using System.Text;

namespace IdentityResolution.PostgreSql;

/// <summary>A table to capture, and the source that its rows are records of.</summary>
/// <param name="Schema">The table's schema, as it is written, with capitals and signs.</param>
/// <param name="Name">The table's name, as it is written.</param>
/// <param name="Source">The source's name. It belongs to this table: records of it that the table does not have are deleted.</param>
public sealed record CaptureTable(string Schema, string Name, string Source)
{
    /// <summary>The columns that make the record id, in order.</summary>
    /// <value>
    /// They must be unique, not null, and part of the table's replica identity. Of one column the id is its text; of several the texts with <c>|</c>
    /// between them, where <c>|</c> and <c>\</c> within a text have a <c>\</c> before them. Null (the default) = the primary key.
    /// </value>
    public IReadOnlyList<string>? IdColumns { get; init; }

    /// <summary>The columns that records have, under their own names, which are those the model knows.</summary>
    /// <value>Null (the default) = all columns that are not generated, those that come later included.</value>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Reads <c>schema.table=source</c>.</summary>
    /// <param name="text">
    /// Names as SQL has them: what is not in double quotes is taken as lower case; within quotes a quote is doubled. Without a schema it is
    /// <c>public</c>; without <c>=source</c> the source is named like the table.
    /// </param>
    /// <returns>The table.</returns>
    /// <exception cref="FormatException">It can't be read so.</exception>
    public static CaptureTable Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = 0;
        string first = ReadName(text, ref at);
        string? second = null;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            second = ReadName(text, ref at);
        }
        string name = second ?? first;
        string source = name;
        if (at < text.Length)
        {
            if (text[at] != '=' || at == text.Length - 1)
            {
                throw Unreadable();
            }
            source = text[(at + 1)..];
        }
        return new CaptureTable(second is null ? "public" : first, name, source);
    }

    private static string ReadName(string text, ref int at)
    {
        int start = at;
        if (at == text.Length || text[at] != '"')
        {
            while (at < text.Length && text[at] is not ('.' or '=' or '"'))
            {
                at++;
            }
            return at > start && (at == text.Length || text[at] != '"') ? text[start..at].ToLowerInvariant() : throw Unreadable();
        }
        var name = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                if (at + 1 == text.Length || text[at + 1] != '"')
                {
                    at++;
                    return name.Length > 0 ? name.ToString() : throw Unreadable();
                }
                at++;
            }
            name.Append(text[at]);
        }
        throw Unreadable();
    }

    private static FormatException Unreadable() => new("A table is written schema.table=source; names with capitals or signs stand in double quotes.");
}
