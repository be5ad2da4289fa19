namespace IdentityResolution.PostgreSql;

/// <summary>The kinds of change as they stand in the table.</summary>
internal static class ChangeKinds
{
    public static string Name(EntityChangeKind kind) => kind switch
    {
        EntityChangeKind.Created => "created",
        EntityChangeKind.Joined => "joined",
        EntityChangeKind.Moved => "moved",
        EntityChangeKind.Merged => "merged",
        EntityChangeKind.Split => "split",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static EntityChangeKind Parse(string name, string store) => name switch
    {
        "created" => EntityChangeKind.Created,
        "joined" => EntityChangeKind.Joined,
        "moved" => EntityChangeKind.Moved,
        "merged" => EntityChangeKind.Merged,
        "split" => EntityChangeKind.Split,
        _ => throw new LookupFormatException(store, "a change has a kind that this library does not know."),
    };
}
