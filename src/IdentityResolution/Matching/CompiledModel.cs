using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Matching;

/// <summary>The scoring half of a model made ready for one table. Shared by all threads.</summary>
internal sealed class CompiledModel
{
    // Above any sum of weights, so that coincidence alone decides.
    private const int NoKinship = 1 << 29;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The records.</param>
    /// <param name="before">The same model with other probabilities, prepared for the same records; null = none.</param>
    /// <param name="grows">May records and values come later? Then <see cref="Extend"/> and <see cref="Update"/> are to be told of them.</param>
    /// <param name="workers">Threads; null = one.</param>
    public CompiledModel(IdentityModel model, FieldTable table, CompiledModel? before = null, bool grows = false, Workers? workers = null)
    {
        foreach (Comparison comparison in model.Comparisons)
        {
            CompiledComparison.Prepare(comparison, table, grows);
        }
        var comparisons = new CompiledComparison[model.Comparisons.Count];
        (workers ?? Workers.One).Run(
            comparisons.Length, i => comparisons[i] = new CompiledComparison(model.Comparisons[i], table, before?.Comparisons[i], grows));
        Comparisons = comparisons;
        Rows = grows
            ? CodeRows.Growing([.. Comparisons.Select(comparison => (Func<int, int>)comparison.CodeOf)], table.Count)
            : CodeRows.Of(table, [.. Comparisons.Select(comparison => comparison.RowColumn)]);
        Swaps = [.. model.Swaps
            .Select(swap => new CompiledSwap(IndexOf(model, swap.First), IndexOf(model, swap.Second), swap.Weight))
            .Where(swap => swap.First >= 0 && swap.Second >= 0)];
        PriorWeight = new PairWeight(
            MatchWeights.FromProbability(model.PriorMatchProbability),
            model.PriorRelatedProbability is { } related ? MatchWeights.FromRatio(model.PriorMatchProbability, related) : NoKinship);
        Threshold = MatchWeights.FromProbability(model.MatchProbabilityThreshold);
        Steps = Order(Comparisons);
        Bounds = new WeightBounds(Steps);
    }

    private CompiledModel(CompiledModel other, FieldTable table)
    {
        Comparisons = [.. other.Comparisons.Select(comparison => comparison.Over(table))];
        Swaps = other.Swaps;
        PriorWeight = other.PriorWeight;
        Threshold = other.Threshold;
        Steps = other.Steps;
        Bounds = other.Bounds;
    }

    /// <summary>The comparisons, in model order.</summary>
    public CompiledComparison[] Comparisons { get; }

    /// <summary>The value codes of each record, in order of comparisons; null for a few of the records of a table.</summary>
    public CodeRows? Rows { get; }

    /// <summary>The comparisons as steps of weighing, the most telling first.</summary>
    public WeightStep[] Steps { get; }

    /// <summary>The most that a pair can weigh.</summary>
    public WeightBounds Bounds { get; }

    /// <summary>Pairs of comparisons whose fields may be swapped.</summary>
    public CompiledSwap[] Swaps { get; }

    /// <summary>The weights every pair starts with, in millibits.</summary>
    public PairWeight PriorWeight { get; }

    /// <summary>The lowest total weight that links, in millibits.</summary>
    public int Threshold { get; }

    /// <summary>The same model for other records that have the same values.</summary>
    public CompiledModel Over(FieldTable table) => new(this, table);

    /// <summary>Prepares the values that came since, and forgets those that went.</summary>
    public void Extend()
    {
        foreach (CompiledComparison comparison in Comparisons)
        {
            comparison.Extend();
        }
    }

    /// <summary>Makes room for records.</summary>
    public void EnsureRecords(int count) => Rows?.EnsureRecords(count);

    /// <summary>Takes the values that a record has now.</summary>
    public void Update(int record) => Rows?.Update(record);

    // What can take most from a pair comes first, so that hopeless pairs stop early.
    private static WeightStep[] Order(CompiledComparison[] comparisons)
    {
        WeightStep[] steps = [.. comparisons.Select((comparison, i) => new WeightStep(i, comparison))];
        Array.Sort(steps, static (one, other) => one.Spread != other.Spread ? other.Spread.CompareTo(one.Spread) : one.Comparison.CompareTo(other.Comparison));
        return steps;
    }

    private static int IndexOf(IdentityModel model, string field)
    {
        for (int i = 0; i < model.Comparisons.Count; i++)
        {
            if (string.Equals(model.Comparisons[i].Field, field, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }
}

/// <summary>Two comparisons, by position, whose fields may stand in each other's place.</summary>
/// <param name="First">One comparison.</param>
/// <param name="Second">The other comparison.</param>
/// <param name="Weight">The weight of comparing crosswise, in millibits.</param>
internal sealed record CompiledSwap(int First, int Second, int Weight);
