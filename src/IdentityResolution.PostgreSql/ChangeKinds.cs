namespace IdentityResolution.PostgreSql;

/// <summary>Kinds of change and decisions as they stand in the tables.</summary>
internal static class ChangeKinds
{
    public static string Name(EntityChangeKind kind) => kind switch
    {
        EntityChangeKind.Created => "created",
        EntityChangeKind.Joined => "joined",
        EntityChangeKind.Moved => "moved",
        EntityChangeKind.Merged => "merged",
        EntityChangeKind.Split => "split",
        EntityChangeKind.Left => "left",
        EntityChangeKind.Retired => "retired",
        EntityChangeKind.Restored => "restored",
        EntityChangeKind.Erased => "erased",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static EntityChangeKind Parse(string name, string store) => name switch
    {
        "created" => EntityChangeKind.Created,
        "joined" => EntityChangeKind.Joined,
        "moved" => EntityChangeKind.Moved,
        "merged" => EntityChangeKind.Merged,
        "split" => EntityChangeKind.Split,
        "left" => EntityChangeKind.Left,
        "retired" => EntityChangeKind.Retired,
        "restored" => EntityChangeKind.Restored,
        "erased" => EntityChangeKind.Erased,
        _ => throw new LookupFormatException(store, "a change has a kind that this library does not know."),
    };

    public static string Name(JudgementDecision decision) => decision switch
    {
        JudgementDecision.Same => "same",
        JudgementDecision.Different => "different",
        JudgementDecision.Unsure => "unsure",
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };

    public static JudgementDecision ParseDecision(string name, string store) => name switch
    {
        "same" => JudgementDecision.Same,
        "different" => JudgementDecision.Different,
        "unsure" => JudgementDecision.Unsure,
        _ => throw new LookupFormatException(store, "a judgement has a decision that this library does not know."),
    };
}
