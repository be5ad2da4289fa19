using System.CommandLine;

namespace IdentityResolution.Cli;

/// <summary>A verb with examples for its help.</summary>
internal sealed class CliCommand(string name, string description) : Command(name, description)
{
    /// <summary>Whole command lines, each with what it does.</summary>
    public required IReadOnlyList<(string CommandLine, string Meaning)> Examples { get; init; }
}
