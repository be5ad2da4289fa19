namespace IdentityResolution.Cli;

/// <summary>Something the user can mend: the message says where and how.</summary>
/// <param name="message">One line: the option or file, and what is wrong.</param>
/// <param name="innerException">The cause, if another exception is.</param>
internal sealed class CliException(string message, Exception? innerException = null) : Exception(message, innerException);
