namespace IdentityResolution.Lookup;

/// <summary>The files of a store, next to the lookup table: <c>customers.csv</c> has <c>customers.entities.csv</c> and so on.</summary>
internal sealed class CsvStorePaths
{
    /// <summary>What the name of a file ends with until it takes its place.</summary>
    public const string NewSuffix = ".new";

    public CsvStorePaths(string path)
    {
        Lookup = Path.GetFullPath(path);
        Folder = Path.GetDirectoryName(Lookup) ?? throw new ArgumentException("The path names no file.", nameof(path));
        // Nothing for a file that is called .csv and no more.
        string stem = string.Equals(Path.GetExtension(Lookup), ".csv", StringComparison.OrdinalIgnoreCase)
            ? Path.GetFileNameWithoutExtension(Lookup)
            : Path.GetFileName(Lookup);
        Entities = Path.Combine(Folder, stem + ".entities.csv");
        History = Path.Combine(Folder, stem + ".history.csv");
        Runs = Path.Combine(Folder, stem + ".runs.csv");
        Journal = Path.Combine(Folder, stem + ".commit");
        Lock = Path.Combine(Folder, stem + ".lock");
    }

    public string Folder { get; }

    public string Lookup { get; }

    public string Entities { get; }

    public string History { get; }

    public string Runs { get; }

    /// <summary>While it is there, a commit is decided and its files may still have to take their places.</summary>
    public string Journal { get; }

    /// <summary>Held open by whoever reads or writes the store.</summary>
    public string Lock { get; }

    /// <summary>The files that make up the state; the lookup table first, because others are likeliest to hold that one open.</summary>
    public IReadOnlyList<string> Data => [Lookup, Entities, History, Runs];
}
