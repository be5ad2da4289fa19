using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using IdentityResolution.Cli.Commands;

namespace IdentityResolution.Cli;

/// <summary>The program: parses the command line, runs a verb, turns errors into one line and an exit code.</summary>
internal static class IdresApplication
{
    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The arguments, without the program's name.</param>
    /// <param name="console">Where to read and write.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliConsole console, CancellationToken cancellationToken = default)
    {
        var verbose = new Option<bool>("--verbose")
        {
            Description = "On an error, print where it came from.",
            Arity = ArgumentArity.Zero,
            Recursive = true,
        };
        ParseResult command = CreateRoot(console, verbose).Parse(arguments);
        if (command.Errors.Count > 0 && command.Action is not HelpWithExamples)
        {
            string verb = command.CommandResult.Command is CliCommand { Name: not "idres" } known ? $"idres {known.Name}" : "idres";
            console.Error.WriteLine($"idres: {Describe(command.Errors)} (see '{verb} --help')");
            return ExitCode.Usage;
        }
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = console.Text,
                Error = console.Error,
            };
            return await command.InvokeAsync(configuration, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Error.WriteLine("idres: cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception exception)
        {
            (int exitCode, string message) = ErrorReport.Describe(exception);
            console.Error.WriteLine($"idres: {message}");
            if (command.GetValue(verbose))
            {
                console.Error.WriteLine(exception);
            }
            return exitCode;
        }
    }

    private static CliCommand CreateRoot(CliConsole console, Option<bool> verbose)
    {
        var root = new CliCommand("idres", "Finds the records of one customer in several sources and gives each customer a stable id.")
        {
            Examples =
            [
                ("idres resolve crm.csv shop.csv --output customers.csv", "Customer records in, a lookup table out"),
                ("idres generate --records 1000 --output people.csv --truth truth.csv", "Something to try it on"),
            ],
        };
        root.Add(new ResolveCommand(console).Build());
        root.Add(new TrainCommand(console).Build());
        root.Add(new LabelCommand(console).Build());
        root.Add(new EvaluateCommand(console).Build());
        root.Add(new BlockCommand(console).Build());
        root.Add(new StreamCommand(console).Build());
        root.Add(new EraseCommand(console).Build());
        root.Add(new ConvertCommand(console).Build());
        root.Add(new HistoryCommand(console).Build());
        root.Add(new RollBackCommand(console).Build());
        root.Add(new GenerateCommand(console).Build());
        root.Add(new BenchmarkCommand(console).Build());
        root.Add(new HelpOption("--help", "-h", "-?") { Description = "Show help and examples.", Action = new HelpWithExamples(console.Width) });
        root.Add(new Option<bool>("--version") { Description = "Show the version.", Arity = ArgumentArity.Zero, Action = new ShowVersion() });
        root.Add(verbose);
        return root;
    }

    private static string Describe(IReadOnlyList<ParseError> errors)
    {
        // A misspelled verb is also a missing one; the word that was not understood says more.
        ParseError error = errors.FirstOrDefault(candidate => candidate.Message.StartsWith("Unrecognized", StringComparison.Ordinal)) ?? errors[0];
        string message = error.Message.TrimEnd('.');
        return message.Length > 1 && char.IsUpper(message[0]) && char.IsLower(message[1]) ? char.ToLowerInvariant(message[0]) + message[1..] : message;
    }

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            string version = typeof(IdresApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            parseResult.InvocationConfiguration.Output.Write($"idres {version.Split('+')[0]}\n");
            return ExitCode.Success;
        }
    }
}
