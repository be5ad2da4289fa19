using IdentityResolution.Fields;

namespace IdentityResolution.Matching;

/// <summary>Tells whether a combined condition holds. Symmetric. One per thread.</summary>
internal sealed class ConditionEvaluator
{
    private readonly LevelJoin _join;
    private readonly LevelTest? _test;
    private readonly LevelEvaluator? _level;
    private readonly ConditionEvaluator[] _parts;
    private readonly JointColumn? _joint;

    /// <summary>An evaluator of a condition.</summary>
    /// <param name="join">How the parts are joined.</param>
    /// <param name="test">The test, where there is one.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="joint">The fields that codes stand for together; null = the codes are those of the comparison's own field.</param>
    public ConditionEvaluator(LevelJoin join, LevelTest? test, ConditionEvaluator[] parts, JointColumn? joint)
    {
        _join = join;
        _test = test;
        _parts = parts;
        _joint = joint;
        _level = test is { Other: null } ? test.CreateEvaluator() : null;
    }

    /// <summary>Does the condition hold?</summary>
    /// <param name="left">The code of one record, joint where fields are.</param>
    /// <param name="right">The code of the other record.</param>
    /// <param name="leftValue">The one value of the comparison's own field that is looked at: a record may have several.</param>
    /// <param name="rightValue">That of the other record.</param>
    public bool Holds(int left, int right, int leftValue, int rightValue)
    {
        if (_join == LevelJoin.Test)
        {
            return HoldsTest(_test!, left, right, leftValue, rightValue);
        }
        bool sought = _join == LevelJoin.Any;
        foreach (ConditionEvaluator part in _parts)
        {
            if (part.Holds(left, right, leftValue, rightValue) == sought)
            {
                return sought;
            }
        }
        return !sought;
    }

    private bool HoldsTest(LevelTest test, int left, int right, int leftValue, int rightValue)
    {
        bool isOwn = test.Part == 0 && !test.IsOfWhole;
        int one = isOwn ? leftValue : PartOf(test.Part, left);
        int other = isOwn ? rightValue : PartOf(test.Part, right);
        if (_level is not null)
        {
            return one >= 0 && other >= 0 && _level.Level(one, other) == 0;
        }
        bool forward = Stands(test, one, PartOf(test.OtherPart, right));
        bool backward = Stands(test, other, PartOf(test.OtherPart, left));
        return test.Condition.Function == LevelFunction.SwappedWith ? forward && backward : forward || backward;
    }

    private int PartOf(int field, int code) => _joint is null ? code : _joint.PartOf(field, code);

    private static bool Stands(LevelTest test, int code, int otherCode)
    {
        if (code < 0 || otherCode < 0)
        {
            return false;
        }
        if (test.Column.Sets is null && test.Other!.Sets is null)
        {
            return StandsAlone(test, code, otherCode);
        }
        foreach (int value in test.Column.MembersOf(code))
        {
            foreach (int other in test.Other!.MembersOf(otherCode))
            {
                if (StandsAlone(test, value, other))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool StandsAlone(LevelTest test, int value, int other)
    {
        ReadOnlySpan<byte> sought = test.Column.Values[value];
        ReadOnlySpan<byte> place = test.Other!.Values[other];
        return test.Condition.Function == LevelFunction.Within ? ValueWithin.Stands(sought, place) : sought.SequenceEqual(place);
    }
}
