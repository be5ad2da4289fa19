using System.Text;

namespace IdentityResolution.Cli;

/// <summary>Where the program reads and writes: data on the output, everything said about it on the error stream.</summary>
internal sealed class CliConsole
{
    /// <summary>How wide help is set when it does not go to a terminal. Characters.</summary>
    public const int DefaultWidth = 100;

    /// <summary>Sets the streams.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output; receives UTF-8.</param>
    /// <param name="error">Standard error.</param>
    public CliConsole(Stream input, Stream output, TextWriter error)
    {
        Input = input;
        Output = output;
        Error = error;
        Text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 4096, leaveOpen: true)
        {
            AutoFlush = true,
            NewLine = "\n",
        };
    }

    /// <summary>Standard input.</summary>
    public Stream Input { get; }

    /// <summary>Standard output as bytes.</summary>
    public Stream Output { get; }

    /// <summary>Standard output as text; flushed at once, so that bytes and text may alternate.</summary>
    public TextWriter Text { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Does a person read the output as it comes?</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Does a person read the error stream as it comes? Then there may be a progress bar.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>How wide text may be. Characters.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>The process's own streams.</summary>
    public static CliConsole Create() => new(
        new InterruptibleStream(Console.OpenStandardInput()),
        Console.OpenStandardOutput(),
        Console.Error)
    {
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? DefaultWidth : Math.Max(40, Console.WindowWidth),
    };
}
