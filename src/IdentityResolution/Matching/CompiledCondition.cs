using IdentityResolution.Fields;

namespace IdentityResolution.Matching;

/// <summary>A combined condition made ready for one table. Shared by all threads.</summary>
internal sealed class CompiledCondition
{
    private readonly LevelTest? _test;
    private readonly CompiledCondition[] _parts;
    private readonly LevelJoin _join;

    /// <summary>Prepares a condition.</summary>
    /// <param name="expression">The condition.</param>
    /// <param name="fields">The fields of the comparison, its own first.</param>
    /// <param name="table">The records.</param>
    /// <param name="grams">The character triples of the comparison's own field; null when no condition looks at them.</param>
    public CompiledCondition(LevelExpression expression, string[] fields, FieldTable table, GramTable? grams)
    {
        _join = expression.Join;
        _test = expression.Join == LevelJoin.Test ? LevelTest.Create(expression, fields, table, grams) : null;
        _parts = [.. expression.Parts.Select(part => new CompiledCondition(part, fields, table, grams))];
    }

    /// <summary>A new evaluator for one thread.</summary>
    public ConditionEvaluator CreateEvaluator(JointColumn? joint) => new(_join, _test, [.. _parts.Select(part => part.CreateEvaluator(joint))], joint);
}
