using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IdentityResolution.Cli;

/// <summary>Prints a verb's help, and its examples below.</summary>
internal sealed class HelpWithExamples(int width) : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new() { MaxWidth = width };

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = _help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CliCommand { Examples: { Count: > 0 } examples })
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.Write("Examples:\n");
            foreach ((string commandLine, string meaning) in examples)
            {
                output.Write($"  # {meaning}\n  {commandLine}\n\n");
            }
        }
        return exitCode;
    }
}
