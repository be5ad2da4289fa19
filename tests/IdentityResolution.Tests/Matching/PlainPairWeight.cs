using System.Text;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Matching;

/// <summary>The weight of a pair by the book: a plain sum over comparisons, without caches, floors or an order of its own.</summary>
/// <param name="model">A trained model.</param>
/// <param name="values">The value of a field in a record; null = missing.</param>
internal sealed class PlainPairWeight(IdentityModel model, Func<string, int, string?> values)
{
    /// <summary>The levels of all comparisons (null = missing), after swaps, and the swaps that apply.</summary>
    public (int?[] Levels, bool[] Swapped) Compare(int left, int right)
    {
        int?[] levels = [.. model.Comparisons.Select(comparison => Level(comparison, values(comparison.Field, left), values(comparison.Field, right)))];
        var swapped = new bool[model.Swaps.Count];
        for (int i = 0; i < swapped.Length; i++)
        {
            (int first, int second) = (IndexOf(model.Swaps[i].First), IndexOf(model.Swaps[i].Second));
            if (first >= 0 && second >= 0 && Crossings(first, second, left, right) is { } crossings)
            {
                swapped[i] = true;
                (levels[first], levels[second]) = crossings.Select(crossing => (crossing.First.Level, crossing.Second.Level))
                    .OrderBy(crossing => (crossing.Item1 ?? 15) + (crossing.Item2 ?? 15))
                    .ThenBy(crossing => crossing.Item1 ?? 15)
                    .First();
            }
        }
        return (levels, swapped);
    }

    /// <summary>The lesser of the sums against coincidence and against kinship, priors included.</summary>
    public int Weigh(int left, int right)
    {
        (int AgainstCoincidence, int AgainstKinship) sum = (MatchWeights.FromProbability(model.PriorMatchProbability), 0);
        var done = new HashSet<int>();
        foreach (FieldSwap swap in model.Swaps)
        {
            (int first, int second) = (IndexOf(swap.First), IndexOf(swap.Second));
            if (first < 0 || second < 0)
            {
                continue;
            }
            done.UnionWith([first, second]);
            (int, int) straight = Add(Weigh(first, left, first, right), Weigh(second, left, second, right));
            (int, int) best = straight;
            if (Crossings(first, second, left, right) is { } crossings)
            {
                (int, int) crossed = crossings.Select(crossing => Add(crossing.First.Weight, crossing.Second.Weight)).Max();
                crossed = Add(crossed, (swap.Weight, swap.Weight));
                best = crossed.Item1 > straight.Item1 ? crossed : straight;
            }
            sum = Add(sum, best);
        }
        for (int i = 0; i < model.Comparisons.Count; i++)
        {
            sum = done.Contains(i) ? sum : Add(sum, Weigh(i, left, i, right));
        }
        return model.PriorRelatedProbability is { } related
            ? Math.Min(sum.AgainstCoincidence, sum.AgainstKinship + MatchWeights.FromRatio(model.PriorMatchProbability, related))
            : sum.AgainstCoincidence;
    }

    // Both readings of a pair that is compared crosswise; null when it is not: it agrees straight somewhere, or crosswise too little.
    private (Judgement First, Judgement Second)[]? Crossings(int first, int second, int left, int right)
    {
        (Comparison one, Comparison other) = (model.Comparisons[first], model.Comparisons[second]);
        (string? leftOne, string? rightOne) = (values(one.Field, left), values(one.Field, right));
        (string? leftOther, string? rightOther) = (values(other.Field, left), values(other.Field, right));
        if (Agree(one, Level(one, leftOne, rightOne)) || Agree(other, Level(other, leftOther, rightOther)))
        {
            return null;
        }
        if (!((leftOne is not null && leftOne == rightOther) || (leftOther is not null && leftOther == rightOne)))
        {
            return null;
        }
        (Judgement First, Judgement Second)[] crossings =
        [
            (Judge(one, leftOne, rightOther), Judge(other, leftOther, rightOne)),
            (Judge(one, leftOther, rightOne), Judge(other, leftOne, rightOther)),
        ];
        return crossings.All(crossing => IsNotElse(one, crossing.First.Level) && IsNotElse(other, crossing.Second.Level)) ? crossings : null;
    }

    private static bool Agree(Comparison comparison, int? level) => level is { } known && known < comparison.Levels.Count - 1;

    private static bool IsNotElse(Comparison comparison, int? level) => level != comparison.Levels.Count - 1;

    private (int, int) Weigh(int comparison, int left, int other, int right) =>
        Judge(model.Comparisons[comparison], values(model.Comparisons[comparison].Field, left), values(model.Comparisons[other].Field, right)).Weight;

    private static Judgement Judge(Comparison comparison, string? left, string? right)
    {
        int? level = Level(comparison, left, right);
        if (level is null)
        {
            return new Judgement(null, (0, 0));
        }
        ComparisonLevel outcome = comparison.Levels[level.Value];
        int weight = outcome.When == "exact" && comparison.TermFrequencies is { } table
            ? MatchWeights.FromRatio(outcome.MProbability!.Value, table.Values.TryGetValue(left!, out double frequency) ? frequency : table.Default)
            : outcome.Weight;
        return new Judgement(level, (weight, outcome.WeightAgainstRelated));
    }

    // The first condition that holds, judged by an evaluator that has seen no other values.
    private static int? Level(Comparison comparison, string? left, string? right)
    {
        if (left is null || right is null)
        {
            return null;
        }
        var table = TestTable.Of((comparison.Field, [left, right]));
        ValueDictionary dictionary = table[comparison.Field].Values;
        byte level = new CompiledComparison(comparison, table).CreateEvaluator()
            .Level(dictionary.Find(Encoding.UTF8.GetBytes(left)), dictionary.Find(Encoding.UTF8.GetBytes(right)));
        return level == PairComparer.Missing ? null : level;
    }

    private int IndexOf(string field) => model.Comparisons.ToList().FindIndex(comparison => comparison.Field == field);

    private static (int, int) Add((int, int) left, (int, int) right) => (left.Item1 + right.Item1, left.Item2 + right.Item2);

    private readonly record struct Judgement(int? Level, (int, int) Weight);
}
