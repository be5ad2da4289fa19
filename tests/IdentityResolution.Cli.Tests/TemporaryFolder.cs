using System.Text;

namespace IdentityResolution.Cli.Tests;

/// <summary>A folder for one test; removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("idres-tests-").FullName;

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(_path, name);

    /// <summary>The names of the files in the folder.</summary>
    public string[] Names => [.. Directory.GetFileSystemEntries(_path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return this[name];
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
