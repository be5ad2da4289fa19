using System.CommandLine;
using IdentityResolution.Cli.Commands;

namespace IdentityResolution.Cli;

/// <summary>Reads <c>--terms</c>: whether the store keeps standard values and keys, and in which form.</summary>
internal static class TermsOption
{
    private const string Keyed = "keyed:";
    private const int LongestSecret = 1 << 16;

    /// <summary>The option.</summary>
    public static Option<string?> Create() => CommandOptions.Text(
        "--terms", "FORM", "Standard values and keys of records that the store keeps as a table: plain, keyed:FILE (hashes, with the secret in the file) or none. Default: as before.");

    /// <summary>What the option says; null = it is not given.</summary>
    /// <exception cref="CliException">It says something else, or the secret can't be read.</exception>
    public static RecordTermOptions? Read(string? text)
    {
        switch (text)
        {
            case null:
                return null;
            case "plain":
                return RecordTermOptions.Plain;
            case "none":
                return RecordTermOptions.None;
        }
        if (!text.StartsWith(Keyed, StringComparison.Ordinal))
        {
            throw new CliException("--terms expects plain, keyed:FILE or none");
        }
        try
        {
            var file = new FileInfo(text[Keyed.Length..]);
            return file.Length > LongestSecret
                ? throw new CliException($"--terms: the file of the secret has more than {LongestSecret} bytes")
                : RecordTermOptions.Keyed(File.ReadAllBytes(file.FullName));
        }
        catch (ArgumentException)
        {
            throw new CliException($"--terms: the file of the secret is missing, or has less than {RecordTermOptions.LeastSecretLength} bytes");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException("--terms: the file of the secret can't be read");
        }
    }
}
