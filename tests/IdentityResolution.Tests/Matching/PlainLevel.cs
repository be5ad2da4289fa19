using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Matching;

/// <summary>Levels of combined conditions by the book: each test is judged alone, on the values themselves.</summary>
internal static class PlainLevel
{
    /// <summary>The first level that holds; null = the field is missing.</summary>
    public static int? Of(Comparison comparison, Func<string, string?> left, Func<string, string?> right)
    {
        if (left(comparison.Field) is null || right(comparison.Field) is null)
        {
            return null;
        }
        for (int level = 0; ; level++)
        {
            LevelCondition condition = LevelCondition.Parse(comparison.Levels[level].When, out _)!;
            if (Holds(condition.Expression ?? LevelExpression.Of(condition, null), comparison.Field, left, right))
            {
                return level == comparison.Levels.Count - 1 && AreOfOtherScripts(left(comparison.Field)!, right(comparison.Field)!) ? null : level;
            }
        }
    }

    // That a value in Latin letters and one in others differ says nothing.
    private static bool AreOfOtherScripts(string left, string right)
    {
        (string ascii, string other) = left.All(char.IsAscii) ? (left, right) : (right, left);
        return ascii.All(char.IsAscii) && !other.All(char.IsAscii) && ascii.Any(char.IsAsciiLetterLower) && !other.Any(char.IsAsciiLetterLower);
    }

    /// <summary>What a level weighs against coincidence, frequencies counted.</summary>
    public static int Weigh(Comparison comparison, int level, string left, string right)
    {
        ComparisonLevel outcome = comparison.Levels[level];
        if (comparison.TermFrequencies is not { } table)
        {
            return outcome.Weight;
        }
        if (outcome.When == "exact")
        {
            return MatchWeights.FromRatio(outcome.MProbability!.Value, Frequency(left));
        }
        double exactU = comparison.Levels.Single(other => other.When == "exact").UProbability!.Value;
        int rarity = MatchWeights.FromRatio(exactU, Math.Max(Frequency(left), Frequency(right)));
        return outcome.Weight + (int)Math.Round(outcome.TermFrequencyWeight * rarity);

        double Frequency(string value) => table.Values.TryGetValue(value, out double frequency) ? frequency : table.Default;
    }

    private static bool Holds(LevelExpression expression, string own, Func<string, string?> left, Func<string, string?> right)
    {
        if (expression.Join != LevelJoin.Test)
        {
            return expression.Join == LevelJoin.All
                ? expression.Parts.All(part => Holds(part, own, left, right))
                : expression.Parts.Any(part => Holds(part, own, left, right));
        }
        LevelCondition test = expression.Test;
        string field = expression.Field ?? own;
        if (test.Other is { } other)
        {
            bool forward = Stands(test.Function, left(field), right(other));
            bool backward = Stands(test.Function, right(field), left(other));
            return test.Function == LevelFunction.SwappedWith ? forward && backward : forward || backward;
        }
        return test.Function == LevelFunction.Else || (left(field) is { } one && right(field) is { } two && HoldsAlone(test, one, two));
    }

    private static bool Stands(LevelFunction function, string? value, string? place)
    {
        if (value is null || place is null)
        {
            return false;
        }
        string sought = Squeeze(value);
        return function == LevelFunction.Within ? sought.Length >= 3 && Squeeze(place.Split('@')[0]).Contains(sought, StringComparison.Ordinal) : value == place;
    }

    private static string Squeeze(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static bool HoldsAlone(LevelCondition test, string left, string right)
    {
        FieldTable table = TestTable.Of(("x", [left, right]));
        var comparison = new Comparison { Field = "x", Levels = [new ComparisonLevel(test.ToString()), new ComparisonLevel("else")] };
        return new CompiledComparison(comparison, table).CreateEvaluator().Level(0, table["x"].Codes[1]) == 0;
    }
}
