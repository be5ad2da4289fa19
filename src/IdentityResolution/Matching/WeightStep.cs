namespace IdentityResolution.Matching;

/// <summary>What one comparison can do to a pair's weight, laid out for the loop that weighs.</summary>
internal sealed class WeightStep
{
    /// <summary>The comparison, by position.</summary>
    public readonly int Comparison;

    /// <summary>Are equal values at the first level, whatever they are, and weighed by their code?</summary>
    public readonly bool EqualIsBest;

    /// <summary>The weight of equal values.</summary>
    public readonly PairWeight Equal;

    /// <summary>The weight of equal values against coincidence, by value; null = all alike.</summary>
    public readonly ValueWeights? EqualByValue;

    /// <summary>The most that values can weigh whose level is open.</summary>
    public readonly PairWeight Most;

    /// <summary>What the last level weighs.</summary>
    public readonly PairWeight Else;

    /// <summary>What remains to be added to <see cref="Most"/> when it turns out to be the last level.</summary>
    public readonly PairWeight ElseLessMost;

    /// <summary>Tells the last level at a glance; null = nothing can be told so.</summary>
    public readonly LevelScreen? Screen;

    /// <summary>Sums up a comparison.</summary>
    public WeightStep(int comparison, CompiledComparison compiled)
    {
        Comparison = comparison;
        EqualIsBest = compiled.ExactLevel == 0 && compiled.Column.Sets is null && compiled.Joint is null;
        Equal = WeightOf(compiled, 0);
        EqualByValue = compiled.ExactWeights;
        Else = WeightOf(compiled, compiled.LevelCount - 1);
        Screen = compiled.Screen;
        Most = EqualIsBest ? Else : compiled.MaxWeight;
        for (int level = EqualIsBest ? 1 : 0; level < compiled.LevelCount; level++)
        {
            var weight = new PairWeight(compiled.MostAgainstCoincidence(level), compiled.LevelWeightsAgainstRelated[level]);
            Most = new PairWeight(
                Math.Max(Most.AgainstCoincidence, weight.AgainstCoincidence), Math.Max(Most.AgainstKinship, weight.AgainstKinship));
        }
        if (compiled.MayBeMissing)
        {
            Most = new PairWeight(Math.Max(Most.AgainstCoincidence, 0), Math.Max(Most.AgainstKinship, 0));
        }
        ElseLessMost = new PairWeight(Else.AgainstCoincidence - Most.AgainstCoincidence, Else.AgainstKinship - Most.AgainstKinship);
    }

    /// <summary>How much knowing the level can take from a pair: what takes most is looked at first.</summary>
    public long Spread => -(long)ElseLessMost.AgainstCoincidence - ElseLessMost.AgainstKinship;

    private static PairWeight WeightOf(CompiledComparison compiled, int level) =>
        new(compiled.LevelWeights[level], compiled.LevelWeightsAgainstRelated[level]);
}
