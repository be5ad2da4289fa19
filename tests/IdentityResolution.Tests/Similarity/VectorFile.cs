using System.Globalization;
using System.Reflection;
using System.Text;

namespace IdentityResolution.Tests.Similarity;

/// <summary>Tables of expected values: tab-separated, escaped, one header line after the comments.</summary>
/// <remarks>
/// The committed tables stand in tests/data/vectors. The large ones, made by running reference implementations, stand in a folder
/// "shared/vectors" beside or above the repository, or where IDENTITYRESOLUTION_VECTORS says.
/// </remarks>
internal sealed class VectorFile
{
    private const string Variable = "IDENTITYRESOLUTION_VECTORS";
    private readonly Dictionary<string, int> _columns;
    private readonly List<string[]> _rows;

    private VectorFile(Dictionary<string, int> columns, List<string[]> rows)
    {
        _columns = columns;
        _rows = rows;
    }

    /// <summary>A large table; without it the test fails where CI is "true", and is skipped with the reason elsewhere.</summary>
    public static VectorFile Shared(string name)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable) ?? Find(Path.Combine("shared", "vectors"));
        string? path = folder is null ? null : Path.Combine(folder, name);
        if (path is null || !File.Exists(path))
        {
            string reason = $"No reference vectors: {name} is in no folder shared/vectors beside or above the repository, and {Variable} names none.";
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal), reason);
            Assert.Skip(reason);
        }
        return Read(path);
    }

    /// <summary>A committed table.</summary>
    public static VectorFile Committed(string name)
    {
        string? folder = Find(Path.Combine("tests", "data", "vectors"));
        Assert.NotNull(folder);
        return Read(Path.Combine(folder, name));
    }

    /// <summary>The rows, each as the fields of the columns asked for, unescaped.</summary>
    public IEnumerable<string[]> Rows(params string[] columns)
    {
        int[] indices = [.. columns.Select(c => _columns[c])];
        Assert.NotEmpty(_rows);
        return _rows.Select(row => indices.Select(i => Unescape(row[i])).ToArray());
    }

    public static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    private static VectorFile Read(string path)
    {
        string[] lines = [.. File.ReadLines(path).Where(line => !line.StartsWith('#'))];
        Dictionary<string, int> columns = lines[0].Split('\t').Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);
        return new VectorFile(columns, [.. lines.Skip(1).Select(line => line.Split('\t'))]);
    }

    private static string? Find(string folder)
    {
        string start = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, folder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        return null;
    }

    private static string Unescape(string field)
    {
        var text = new StringBuilder(field.Length);
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\')
            {
                text.Append(field[i]);
                continue;
            }
            char kind = field[++i];
            if (kind == 'u')
            {
                text.Append((char)ushort.Parse(field.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(kind switch { 't' => '\t', 'n' => '\n', _ => kind });
            }
        }
        return text.ToString();
    }
}
