namespace IdentityResolution.Sqlite;

/// <summary>What kind of run a row of the table <c>runs</c> is.</summary>
internal static class RunKinds
{
    /// <summary>It changed something and can be taken back while it is the last of these.</summary>
    public const string Changed = "changed";

    /// <summary>It changed nothing.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>It erased records.</summary>
    public const string Erasure = "erasure";

    /// <summary>It took another run back.</summary>
    public const string RollBack = "roll back";

    /// <summary>It was written by schema version 1, which kept nothing to take it back.</summary>
    public const string Migrated = "migrated";
}
