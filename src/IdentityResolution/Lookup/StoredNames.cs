namespace IdentityResolution.Lookup;

/// <summary>Names of kinds of change and of decisions as every store and stream writes them: one lower-case word each.</summary>
public static class StoredNames
{
    private static readonly EntityChangeKind[] Kinds = Enum.GetValues<EntityChangeKind>();
    private static readonly JudgementDecision[] Decisions = Enum.GetValues<JudgementDecision>();

    /// <summary>The word for a kind of change, such as <c>merged</c>.</summary>
    /// <param name="kind">A defined kind.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not defined.</exception>
    public static string Of(EntityChangeKind kind) => kind switch
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

    /// <summary>The word for a decision, such as <c>same</c>.</summary>
    /// <param name="decision">A defined decision.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decision"/> is not defined.</exception>
    public static string Of(JudgementDecision decision) => decision switch
    {
        JudgementDecision.Same => "same",
        JudgementDecision.Different => "different",
        JudgementDecision.Unsure => "unsure",
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };

    /// <summary>The word for a kind of term, such as <c>match</c>.</summary>
    /// <param name="kind">A defined kind.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not defined.</exception>
    public static string Of(RecordTermKind kind) => kind switch
    {
        RecordTermKind.Value => "value",
        RecordTermKind.Match => "match",
        RecordTermKind.Block => "block",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The kind of term that a word stands for.</summary>
    /// <param name="name">The word, compared ordinally.</param>
    /// <param name="store">Name of the store it was read from, for the error.</param>
    /// <exception cref="LookupFormatException">No kind has that name.</exception>
    public static RecordTermKind TermKind(string name, string store) => name switch
    {
        "value" => RecordTermKind.Value,
        "match" => RecordTermKind.Match,
        "block" => RecordTermKind.Block,
        _ => throw new LookupFormatException(store, "a term has a kind that this library does not know."),
    };

    /// <summary>The kind of change that a word stands for.</summary>
    /// <param name="name">The word, compared ordinally.</param>
    /// <param name="store">Name of the store it was read from, for the error.</param>
    /// <exception cref="LookupFormatException">No kind has that name.</exception>
    public static EntityChangeKind ChangeKind(string name, string store)
    {
        foreach (EntityChangeKind kind in Kinds)
        {
            if (Of(kind) == name)
            {
                return kind;
            }
        }
        throw new LookupFormatException(store, "a change has a kind that this library does not know.");
    }

    /// <summary>The decision that a word stands for.</summary>
    /// <param name="name">The word, compared ordinally.</param>
    /// <param name="store">Name of the store it was read from, for the error.</param>
    /// <exception cref="LookupFormatException">No decision has that name.</exception>
    public static JudgementDecision Decision(string name, string store)
    {
        foreach (JudgementDecision decision in Decisions)
        {
            if (Of(decision) == name)
            {
                return decision;
            }
        }
        throw new LookupFormatException(store, "a judgement has a decision that this library does not know.");
    }
}
