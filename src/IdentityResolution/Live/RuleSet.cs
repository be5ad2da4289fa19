using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Live;

/// <summary>The rules of a model over the records of a live index: blocks, conditions, and which pairs may match at all.</summary>
internal sealed class RuleSet
{
    private readonly RecordKeyIndex _keys;
    private readonly bool _alwaysEveryPair;
    private bool[] _closed = [];

    public RuleSet(IdentityModel model, FieldTable table)
    {
        Model = model;
        _keys = table.Keys;
        MatchBlocks = [.. model.MatchRules.Select(rule => rule.Effect == MatchRuleEffect.Forbid ? null : new RuleBlocks(table, rule.Keys, rule.MaxRecordsPerKey))];
        Conditions = [.. model.MatchRules.Select(rule => new RuleConditions(rule, table))];
        (IReadOnlyList<string> Keys, int Cap)[] blocking = [.. (model.Comparisons.Count == 0 ? [] : model.BlockingRules)
            .SelectMany(rule => rule.Steps.Select(keys => (keys, rule.MaxBlockSize)))];
        Blocking = [.. blocking.Select(rule => new RuleBlocks(table, rule.Keys, rule.Cap))];
        BlockingKeys = [.. blocking.Select(rule => rule.Keys)];
        _alwaysEveryPair = model.LinkOnly || model.DedupeOnly || model.UniqueSources.Count > 0
            || model.MatchRules.Any(rule => rule.Effect == MatchRuleEffect.Forbid);
    }

    /// <summary>The model.</summary>
    public IdentityModel Model { get; }

    /// <summary>The blocks of each match rule; null for rules that forbid.</summary>
    public RuleBlocks?[] MatchBlocks { get; }

    /// <summary>The conditions of each match rule.</summary>
    public RuleConditions[] Conditions { get; }

    /// <summary>The blocks of each blocking rule; a rule that divides its large blocks stands as several, which make the same pairs together.</summary>
    public RuleBlocks[] Blocking { get; }

    /// <summary>The keys of each of <see cref="Blocking"/>.</summary>
    public IReadOnlyList<string>[] BlockingKeys { get; }

    /// <summary>Every rule's blocks.</summary>
    public IEnumerable<RuleBlocks> AllBlocks => MatchBlocks.OfType<RuleBlocks>().Concat(Blocking);

    /// <summary>Has a person told records apart? Then each pair of a block needs a link of its own, as in a batch.</summary>
    public bool KeepsApart { get; set; }

    /// <summary>Does a rule tie the records of a block to one of them, instead of each to each?</summary>
    public bool IsStar(int rule) =>
        !_alwaysEveryPair && !KeepsApart && Model.MatchRules[rule].Effect == MatchRuleEffect.Link && Conditions[rule].OnlyKeys;

    /// <summary>The rules that may tie a block to one of its records.</summary>
    public IEnumerable<int> StarRules() => Enumerable.Range(0, Conditions.Length).Where(IsStar);

    /// <summary>The record that the others of a block are tied to.</summary>
    public int Centre(ReadOnlySpan<int> block) => MatchRuleLinker.Centre(_keys, block);

    /// <summary>May these two records match?</summary>
    public bool Allows(int left, int right)
    {
        int source = _keys.SourceOf(left);
        bool[] closed = Closed();
        bool same = source == _keys.SourceOf(right);
        return Model.DedupeOnly ? same && !closed[source] : !same || !closed[source];
    }

    private bool[] Closed()
    {
        bool[] closed = _closed;
        if (closed.Length < _keys.Sources.Count)
        {
            _closed = closed = [.. _keys.Sources.Select(source => Model.LinkOnly || Model.UniqueSources.Contains(source, StringComparer.Ordinal))];
        }
        return closed;
    }
}
