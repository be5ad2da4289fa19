namespace IdentityResolution.Clustering;

/// <summary>Something that no cluster may violate. Knows of each cluster what it needs, by the cluster's representative.</summary>
/// <remarks>
/// Clusters only grow, so what is separate once stays separate: a refused link needs no second look.
/// Threads may work on different components at the same time, since each touches only what belongs to its own records.
/// </remarks>
internal abstract class ClusterConstraint(Guard guard, int detail, int precedence)
{
    /// <summary>What it is.</summary>
    public Guard Guard { get; } = guard;

    /// <summary>Only links of rules after this one in precedence are bound by it.</summary>
    public int Precedence { get; } = precedence;

    /// <summary>Marks the components in which links may have to be refused; may mark more than needed, never less.</summary>
    /// <param name="componentOf">The component of each record.</param>
    /// <param name="marked">Receives the marks. Length: components.</param>
    public abstract void Mark(ReadOnlySpan<int> componentOf, Span<bool> marked);

    /// <summary>May these two clusters not be joined?</summary>
    public abstract bool Separates(int left, int right);

    /// <summary>Tells that the second cluster became part of the first.</summary>
    public abstract void Join(int winner, int loser);

    /// <summary>The source or rule that separates two clusters, by position in the model.</summary>
    public virtual int Detail(int left, int right) => detail;
}
