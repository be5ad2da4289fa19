using IdentityResolution.Fields;
using IdentityResolution.Standardization;

namespace IdentityResolution.Matching;

/// <summary>A test of a condition made ready for one table: the field it looks at, and what it needs to know of the field's values.</summary>
/// <param name="Part">The field's position in the joint column; 0 = the comparison's own.</param>
/// <param name="Column">The field.</param>
/// <param name="Condition">The test.</param>
/// <param name="OtherPart">The position of the other field of a test across fields; -1 = none.</param>
/// <param name="Other">That field.</param>
/// <param name="Words">The words of the values; null when the test does not look at words.</param>
/// <param name="Grams">The character triples; null when the test does not look at them.</param>
/// <param name="Nicknames">Which given names stand for each other.</param>
internal sealed record LevelTest(
    int Part, FieldColumn Column, LevelCondition Condition, int OtherPart, FieldColumn? Other, WordTable? Words, GramTable? Grams, NicknameTable Nicknames)
{
    /// <summary>Does the test look at all values of a record at once?</summary>
    public bool IsOfWhole => Condition.Function is LevelFunction.Common or LevelFunction.CommonShare;

    /// <summary>Prepares a test.</summary>
    public static LevelTest Create(LevelExpression test, string[] fields, FieldTable table, GramTable? grams)
    {
        string field = test.Field ?? fields[0];
        LevelCondition condition = test.Test;
        return new LevelTest(
            Array.IndexOf(fields, field),
            table[field],
            condition,
            condition.Other is null ? -1 : Array.IndexOf(fields, condition.Other),
            condition.Other is null ? null : table[condition.Other],
            condition.Function is LevelFunction.Words or LevelFunction.Contained ? table.Words(field) : null,
            grams,
            table.Nicknames);
    }

    /// <summary>A new evaluator of the test for one thread, as a comparison of two levels: holds, and else.</summary>
    public LevelEvaluator CreateEvaluator() =>
        new(Column, [Condition, new LevelCondition(LevelFunction.Else, 0, default)], Words, Grams, Nicknames, null);
}
