using System.Text;

namespace IdentityResolution.Lookup;

/// <summary>Makes several files change as one: new files, then a journal that names them, then each takes its place.</summary>
/// <remarks>
/// The moment the journal has its name the commit is decided. A crash before leaves new files without a journal, which are removed; a crash
/// after leaves the journal, and whoever comes next puts the remaining files in place.
/// </remarks>
internal sealed class CsvStoreJournal(string store, CsvStorePaths paths, StoreFiles files)
{
    private const string FirstLine = "identity-resolution commit 1";

    /// <summary>Is there anything left over by a crash?</summary>
    public bool IsClean =>
        !File.Exists(paths.Journal) && !paths.Data.Append(paths.Journal).Any(path => File.Exists(path + CsvStorePaths.NewSuffix));

    /// <summary>Finishes or undoes what a crash left over.</summary>
    public void Recover()
    {
        if (File.Exists(paths.Journal))
        {
            Finish(ReadJournal());
        }
        Discard();
    }

    /// <summary>Removes new files that no journal names.</summary>
    public void Discard()
    {
        foreach (string path in paths.Data.Append(paths.Journal))
        {
            files.Delete(path + CsvStorePaths.NewSuffix);
        }
    }

    /// <summary>Puts new files, which are written and synced, in place of the old ones.</summary>
    public void Commit(IReadOnlyList<string> changed)
    {
        using (Stream journal = files.Create(paths.Journal + CsvStorePaths.NewSuffix))
        {
            string lines = string.Join('\n', changed.Select(path => Position(path).ToString()).Prepend(FirstLine)) + "\n";
            journal.Write(Encoding.ASCII.GetBytes(lines));
            files.Sync(journal);
        }
        files.SyncFolder(paths.Folder);
        files.Replace(paths.Journal + CsvStorePaths.NewSuffix, paths.Journal);
        files.SyncFolder(paths.Folder);
        try
        {
            Finish(changed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // If no file has taken its place yet (the table is open elsewhere) the commit can still be taken back.
            if (changed.All(path => File.Exists(path + CsvStorePaths.NewSuffix)))
            {
                files.Delete(paths.Journal);
                files.SyncFolder(paths.Folder);
            }
            throw;
        }
    }

    private void Finish(IReadOnlyList<string> changed)
    {
        foreach (string path in changed)
        {
            if (File.Exists(path + CsvStorePaths.NewSuffix))
            {
                files.Replace(path + CsvStorePaths.NewSuffix, path);
            }
        }
        files.SyncFolder(paths.Folder);
        files.Delete(paths.Journal);
        files.SyncFolder(paths.Folder);
    }

    private List<string> ReadJournal()
    {
        string[] lines = File.ReadAllLines(paths.Journal);
        var changed = new List<string>();
        for (int line = 1; line < lines.Length; line++)
        {
            if (int.TryParse(lines[line], out int position) && position >= 0 && position < paths.Data.Count)
            {
                changed.Add(paths.Data[position]);
            }
        }
        return lines.Length > 1 && string.Equals(lines[0], FirstLine, StringComparison.Ordinal) && changed.Count == lines.Length - 1
            ? changed
            : throw new LookupFormatException(store, $"{Path.GetFileName(paths.Journal)} is not the journal of a lookup store.");
    }

    // Files are named by their number, so that a store can be moved or renamed with its journal.
    private int Position(string path) => paths.Data.ToList().IndexOf(path);
}
