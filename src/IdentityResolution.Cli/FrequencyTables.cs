using System.Globalization;
using System.Text;

namespace IdentityResolution.Cli;

/// <summary>Term frequency tables as Splink has them: files <c>tf_COLUMN.csv</c> with the columns <c>COLUMN</c> and <c>tf_COLUMN</c>.</summary>
internal static class FrequencyTables
{
    /// <summary>Reads every table of a folder.</summary>
    /// <exception cref="CliException">There is no such folder, no table in it, or one can't be read.</exception>
    public static Dictionary<string, IReadOnlyDictionary<string, double>> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CliException($"--term-frequencies: {folder}: there is no such folder");
        }
        var tables = new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "tf_*.csv").Order(StringComparer.Ordinal))
        {
            List<List<string>> rows = Parse(File.ReadAllText(path));
            int frequency = rows.Count == 0 ? -1 : rows[0].FindIndex(name => name.StartsWith("tf_", StringComparison.Ordinal) && rows[0].Contains(name[3..]));
            if (frequency < 0)
            {
                throw new CliException($"{path}:1: expects the columns COLUMN and tf_COLUMN");
            }
            string column = rows[0][frequency][3..];
            tables[column] = ReadRows(path, rows, rows[0].IndexOf(column), frequency);
        }
        return tables.Count > 0 ? tables : throw new CliException($"--term-frequencies: {folder}: there is no file tf_COLUMN.csv");
    }

    /// <summary>Reads what <c>--frequencies FIELD=FILE</c> names: CSV files of a value and its frequency, or count, a row; a heading is skipped.</summary>
    /// <exception cref="CliException">A text is no FIELD=FILE, there is no such file, or a row has no positive number.</exception>
    public static Dictionary<string, IReadOnlyDictionary<string, double>> ReadGiven(string[] given)
    {
        var tables = new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        foreach (string text in given)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == text.Length - 1)
            {
                throw new CliException($"--frequencies expects FIELD=FILE, not '{text}'");
            }
            string path = text[(equals + 1)..];
            if (!File.Exists(path))
            {
                throw new CliException($"--frequencies: {path}: there is no such file");
            }
            if (!tables.TryAdd(text[..equals], ReadGiven(path)))
            {
                throw new CliException($"--frequencies: '{text[..equals]}' has two files");
            }
        }
        return tables;
    }

    private static Dictionary<string, double> ReadGiven(string path)
    {
        List<List<string>> rows = Parse(File.ReadAllText(path));
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row] is [var value, var text, ..] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && number > 0 && double.IsFinite(number))
            {
                values[value] = values.GetValueOrDefault(value) + number;
            }
            else if (row > 0)
            {
                throw new CliException($"{path}: row {row + 1}: expects a value and its frequency, or count, greater than 0");
            }
        }
        return values.Count > 0 ? values : throw new CliException($"{path}: holds no value with its frequency");
    }

    /// <summary>Writes a table.</summary>
    public static void Write(string folder, string column, TermFrequencyTable table)
    {
        Directory.CreateDirectory(folder);
        var csv = new StringBuilder();
        csv.Append(CultureInfo.InvariantCulture, $"{Quote(column)},{Quote("tf_" + column)}\n");
        foreach ((string value, double frequency) in table.Values.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal))
        {
            csv.Append(CultureInfo.InvariantCulture, $"{Quote(value)},{frequency:R}\n");
        }
        string name = string.Concat(column.Select(c => Path.GetInvalidFileNameChars().Contains(c) ? '_' : c));
        File.WriteAllText(Path.Combine(folder, $"tf_{name}.csv"), csv.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static Dictionary<string, double> ReadRows(string path, List<List<string>> rows, int value, int frequency)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int row = 1; row < rows.Count; row++)
        {
            if (rows[row].Count <= Math.Max(value, frequency)
                || !double.TryParse(rows[row][frequency], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || number is not (>= 0 and <= 1))
            {
                throw new CliException($"{path}: row {row + 1}: expects a value and its frequency in [0, 1]");
            }
            values[rows[row][value]] = number;
        }
        return values;
    }

    private static string Quote(string value) => value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // RFC 4180: commas, quotes around what holds any, lines ending in LF or CRLF.
    private static List<List<string>> Parse(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = text.StartsWith('\uFEFF') ? 1 : 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[++i]);
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is (',' or '\n'))
            {
                EndCell();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else if (quoted || c != '\r')
            {
                cell.Append(c);
            }
        }
        if (cell.Length > 0 || row.Count > 0)
        {
            EndCell();
            rows.Add(row);
        }
        return rows;

        void EndCell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }
}
