namespace IdentityResolution.Tests.Documentation;

[Collection(nameof(CurrentDirectoryTests))]
public class ReadmeTests
{
    [Fact]
    public void The_quick_start_in_the_readme_is_the_code_that_is_compiled_here()
    {
        string[] source = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "tests", "IdentityResolution.Tests", "Documentation", "QuickStart.cs"));
        int start = Array.FindIndex(source, line => line.Contains("Task Run()", StringComparison.Ordinal)) + 2;
        int end = Array.FindLastIndex(source, line => string.Equals(line, "    }", StringComparison.Ordinal));
        IEnumerable<string> code = source[start..end].Select(line => line.Length >= 8 ? line[8..] : line);

        Assert.Contains("```csharp\n" + string.Join('\n', code) + "\n```", Readme(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_quick_start_gives_every_example_record_a_customer()
    {
        string folder = Directory.CreateTempSubdirectory("quick-start").FullName;
        string before = Directory.GetCurrentDirectory();
        TextWriter console = Console.Out;
        using var output = new StringWriter();
        try
        {
            foreach (string file in new[] { "crm.csv", "shop.csv", "support.ndjson" })
            {
                File.Copy(Path.Combine(RepositoryRoot.Path, "docs", "examples", file), Path.Combine(folder, file));
            }
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(output);
            await QuickStart.Run();
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(before);
            Directory.Delete(folder, recursive: true);
        }
        Assert.Equal(300, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Links_in_the_readme_and_the_docs_lead_to_files()
    {
        string[] pages = [Path.Combine(RepositoryRoot.Path, "README.md"), .. Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.md", SearchOption.AllDirectories)];
        string[] broken = [.. pages.SelectMany(page => Links(File.ReadAllText(page))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link)))
            .Select(link => $"{Path.GetRelativePath(RepositoryRoot.Path, page)} -> {link}"))];

        Assert.Empty(broken);
    }

    private static IEnumerable<string> Links(string markdown)
    {
        for (int start = markdown.IndexOf("](", StringComparison.Ordinal); start >= 0; start = markdown.IndexOf("](", start + 2, StringComparison.Ordinal))
        {
            string link = markdown[(start + 2)..markdown.IndexOf(')', start)];
            string path = link.Split('#')[0];
            if (path.Length > 0 && !link.Contains("://", StringComparison.Ordinal) && !link.Contains(' ', StringComparison.Ordinal))
            {
                yield return path;
            }
        }
    }

    private static string Readme() => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md")).ReplaceLineEndings("\n");
}

/// <summary>Tests that change the process's current directory or console run alone.</summary>
[CollectionDefinition(nameof(CurrentDirectoryTests), DisableParallelization = true)]
public sealed class CurrentDirectoryTests;
