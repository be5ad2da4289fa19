namespace IdentityResolution.Reference.Records;

/// <summary>One row of CSV: its fields, or what is wrong with it.</summary>
/// <param name="Line">1-based line where the row starts.</param>
/// <param name="Fields">The fields; null when the row is broken.</param>
/// <param name="Fault">The name of the fault; null when the row is good.</param>
/// <param name="BrokenField">0-based index of the broken field; -1 when no field is.</param>
public sealed record PlainCsvRow(int Line, IReadOnlyList<string>? Fields, string? Fault, int BrokenField);

/// <summary>The CSV grammar with its rules for broken rows, character by character over the whole text.</summary>
public static class PlainCsv
{
    /// <summary>All rows of an ASCII text.</summary>
    public static IReadOnlyList<PlainCsvRow> Read(string text, char delimiter, int fieldCount, int maxFieldLength)
    {
        var rows = new List<PlainCsvRow>();
        int position = 0;
        while (position < text.Length)
        {
            if (IsLineEnd(text, position))
            {
                position = AfterLineEnd(text, position);
                continue;
            }
            int line = LineOf(text, position);
            var fields = new List<string>();
            while (true)
            {
                int start = position;
                string? fault = ReadField(text, delimiter, maxFieldLength, ref position, out string field);
                if (fault is not null)
                {
                    rows.Add(new PlainCsvRow(line, null, fault, fields.Count));
                    position = NextLine(text, start);
                    break;
                }
                fields.Add(field);
                if (position < text.Length && text[position] == delimiter)
                {
                    position++;
                    continue;
                }
                rows.Add(fields.Count == fieldCount
                    ? new PlainCsvRow(line, fields, null, -1)
                    : new PlainCsvRow(line, null, "FieldCount", -1));
                position = position < text.Length ? AfterLineEnd(text, position) : position;
                break;
            }
        }
        return rows;
    }

    private static string? ReadField(string text, char delimiter, int maxFieldLength, ref int position, out string field)
    {
        int start = position;
        field = "";
        if (position == text.Length || text[position] != '"')
        {
            while (position < text.Length && text[position] != delimiter && !IsLineEnd(text, position))
            {
                position++;
            }
            field = text[start..position];
            return field.Length > maxFieldLength ? "FieldTooLong" : null;
        }
        position++;
        while (position < text.Length && (text[position] != '"' || (position + 1 < text.Length && text[position + 1] == '"')))
        {
            position += text[position] == '"' ? 2 : 1;
        }
        if (position - start - 1 > maxFieldLength)
        {
            return "FieldTooLong";
        }
        if (position >= text.Length)
        {
            return "BrokenQuote";
        }
        field = text[(start + 1)..position].Replace("\"\"", "\"", StringComparison.Ordinal);
        position++;
        return position == text.Length || text[position] == delimiter || IsLineEnd(text, position) ? null : "BrokenQuote";
    }

    private static bool IsLineEnd(string text, int position) => text[position] is '\r' or '\n';

    private static int AfterLineEnd(string text, int position) =>
        text[position] == '\r' && position + 1 < text.Length && text[position + 1] == '\n' ? position + 2 : position + 1;

    private static int NextLine(string text, int position)
    {
        while (position < text.Length && !IsLineEnd(text, position))
        {
            position++;
        }
        return position < text.Length ? AfterLineEnd(text, position) : position;
    }

    private static int LineOf(string text, int position)
    {
        int line = 1;
        for (int at = 0; at < position; line++)
        {
            at = NextLine(text, at);
        }
        return line;
    }
}
