using System.Runtime.CompilerServices;

namespace IdentityResolution.Cli.Tests;

/// <summary>Compares output with an approved file; with APPROVE=1 in the environment the file is written anew.</summary>
internal static class GoldenFile
{
    public static void AssertEqual(string name, string actual, [CallerFilePath] string testFile = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden", name + ".approved.txt");
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }
        Assert.True(File.Exists(path), $"{path} is missing; run the test with APPROVE=1 to write it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
