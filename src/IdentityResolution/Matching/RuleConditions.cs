using IdentityResolution.Fields;

namespace IdentityResolution.Matching;

/// <summary>The conditions of one match rule made ready for one table: does the rule apply to two records?</summary>
/// <remarks>Shared by all threads.</remarks>
internal sealed class RuleConditions
{
    private readonly FieldTable _table;
    private readonly MatchRule _rule;
    private bool[] _appliesToSource = [];

    /// <summary>Prepares the features that the rule looks at.</summary>
    public RuleConditions(MatchRule rule, FieldTable table)
    {
        _table = table;
        Keys = [.. rule.Keys.Select(table.Prepare)];
        Different = [.. rule.Different.Select(table.Prepare)];
        Before = [.. rule.Before.Select(pair => (new DateSpans(table[pair.First]), new DateSpans(table[pair.Second])))];
        _rule = rule;
    }

    /// <summary>Features that must be present and equal.</summary>
    public FeatureMap[] Keys { get; }

    /// <summary>Features that must be present and different.</summary>
    public FeatureMap[] Different { get; }

    /// <summary>Dates of which the first of one record must lie before the second of the other.</summary>
    public (DateSpans First, DateSpans Second)[] Before { get; }

    /// <summary>Does the rule apply to records of some sources only?</summary>
    public bool LimitsSources => _rule.Sources.Count > 0;

    /// <summary>Are equal keys all that the rule asks for?</summary>
    public bool OnlyKeys => Different.Length == 0 && Before.Length == 0 && !LimitsSources;

    /// <summary>Do all conditions hold for two records? The order of the two does not matter.</summary>
    public bool Hold(int left, int right) => SourcesHold(left, right) && KeysAreEqual(left, right) && Differ(left, right) && AreBefore(left, right);

    /// <summary>Are all keys present and equal?</summary>
    public bool KeysAreEqual(int left, int right)
    {
        foreach (FeatureMap feature in Keys)
        {
            if (!feature.AreEqual(left, right))
            {
                return false;
            }
        }
        return true;
    }

    private bool SourcesHold(int left, int right)
    {
        if (!LimitsSources)
        {
            return true;
        }
        // A live index meets sources later.
        bool[] applies = _appliesToSource;
        if (applies.Length < _table.Keys.Sources.Count)
        {
            _appliesToSource = applies = [.. _table.Keys.Sources.Select(source => _rule.Sources.Contains(source, StringComparer.Ordinal))];
        }
        return applies[_table.Keys.SourceOf(left)] && applies[_table.Keys.SourceOf(right)];
    }

    private bool Differ(int left, int right)
    {
        foreach (FeatureMap feature in Different)
        {
            if (!feature.AreDifferent(left, right))
            {
                return false;
            }
        }
        return true;
    }

    private bool AreBefore(int left, int right)
    {
        foreach ((DateSpans first, DateSpans second) in Before)
        {
            if (first.Latest(left) >= second.Earliest(right) && first.Latest(right) >= second.Earliest(left))
            {
                return false;
            }
        }
        return true;
    }
}
