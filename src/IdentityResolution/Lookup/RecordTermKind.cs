namespace IdentityResolution.Lookup;

/// <summary>Kinds of terms; stores write <c>value</c>, <c>match</c> and <c>block</c>.</summary>
public enum RecordTermKind
{
    /// <summary>A standard value of a field.</summary>
    Value,

    /// <summary>A key of a match rule: records that share it match by the rule, its limits and other conditions aside.</summary>
    Match,

    /// <summary>A key of a blocking rule: records that share it are compared, its limits aside.</summary>
    Block,
}
