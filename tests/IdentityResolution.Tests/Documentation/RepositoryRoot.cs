namespace IdentityResolution.Tests.Documentation;

/// <summary>Finds the repository that these tests were built in.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "IdentityResolution.sln")))
            {
                return folder;
            }
        }
        throw new InvalidOperationException("The tests must run inside the repository: no folder above them holds IdentityResolution.sln.");
    }
}
