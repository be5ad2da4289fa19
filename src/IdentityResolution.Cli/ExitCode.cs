namespace IdentityResolution.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The work failed although command and input were fine: a full disk, a locked database, a defect.</summary>
    public const int Failure = 1;

    /// <summary>The command, an input, a model or a store can't be used.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl+C: 128 + SIGINT.</summary>
    public const int Cancelled = 130;
}
