using System.Runtime.InteropServices;
using IdentityResolution.Blocking;
using IdentityResolution.Matching;

namespace IdentityResolution.Live;

/// <summary>Finds what links a record to others. Holds scratch; one per thread.</summary>
internal sealed class PairFinder
{
    private const int BriefCache = 64;
    private readonly RuleSet _rules;
    private readonly CompiledModel _model;
    private readonly PairComparer _comparer;
    private readonly BlockKeyReader?[] _matchReaders;
    private readonly BlockKeyReader[] _readers;
    private readonly List<ulong> _leftKeys = [];
    private readonly List<ulong> _rightKeys = [];
    private readonly HashSet<int> _seen = [];
    private readonly HashSet<int> _found = [];

    /// <summary>A finder for one thread.</summary>
    /// <param name="rules">The rules over the records.</param>
    /// <param name="model">The scoring half of the model.</param>
    /// <param name="isBrief">Is it for one record at a time? Then it keeps few levels.</param>
    public PairFinder(RuleSet rules, CompiledModel model, bool isBrief = false)
    {
        _rules = rules;
        _model = model;
        _comparer = isBrief ? new PairComparer(model, BriefCache) : new PairComparer(model);
        _matchReaders = [.. rules.MatchBlocks.Select(blocks => blocks?.CreateReader())];
        _readers = [.. rules.Blocking.Select(blocks => blocks.CreateReader())];
    }

    /// <summary>Forgets what it has learned of values: some of them are gone.</summary>
    public void Forget() => _comparer.Forget();

    /// <summary>Finds every record that something links to this one.</summary>
    /// <param name="record">The record; it may stand in its blocks or not.</param>
    /// <param name="found">Receives the others with what links them.</param>
    public void Find(int record, Dictionary<int, PairState> found)
    {
        found.Clear();
        Weigh(record, _model.Threshold, found);
        for (int rule = 0; rule < _matchReaders.Length; rule++)
        {
            foreach (ulong key in MatchKeys(rule, record))
            {
                AddRule(found, record, rule, _rules.MatchBlocks[rule]!.ActiveBlock(key));
            }
        }
    }

    /// <summary>Weighs every record that a blocking rule makes a candidate.</summary>
    /// <param name="record">The record.</param>
    /// <param name="least">The lowest weight that counts.</param>
    /// <param name="found">Receives the others with their weights.</param>
    public void Weigh(int record, int least, Dictionary<int, PairState> found)
    {
        _seen.Clear();
        _seen.Add(record);
        for (int rule = 0; rule < _readers.Length; rule++)
        {
            _readers[rule].Read(record, _leftKeys);
            foreach (ulong key in _leftKeys)
            {
                foreach (int other in _rules.Blocking[rule].ActiveBlock(key))
                {
                    if (_seen.Add(other) && _rules.Allows(record, other) && _comparer.Weigh(record, other, least) is var weight && weight >= least)
                    {
                        found[other] = new PairState(0, weight, false);
                    }
                }
            }
        }
    }

    /// <summary>The match rules that apply to a record that searches, by the others they apply to; no matter how they would link.</summary>
    public void FindRules(int record, Action<int, int> found)
    {
        for (int rule = 0; rule < _matchReaders.Length; rule++)
        {
            // Records of several values may share several blocks of a rule.
            List<ulong> keys = MatchKeys(rule, record);
            _found.Clear();
            foreach (ulong key in keys)
            {
                foreach (int other in _rules.MatchBlocks[rule]!.ActiveBlock(key))
                {
                    if (other != record && _rules.Allows(record, other) && _rules.Conditions[rule].Hold(record, other) && (keys.Count == 1 || _found.Add(other)))
                    {
                        found(other, rule);
                    }
                }
            }
        }
    }

    /// <summary>What links two records.</summary>
    public PairState Judge(int left, int right)
    {
        PairState state = PairState.None;
        bool blocked = SharesBlock(left, right);
        if (blocked && _rules.Allows(left, right) && _comparer.Weigh(left, right, _model.Threshold) is var weight && weight >= _model.Threshold)
        {
            state = state with { Weight = weight };
        }
        for (int rule = 0; rule < _matchReaders.Length; rule++)
        {
            bool applies = false;
            foreach (ulong key in MatchKeys(rule, left))
            {
                ReadOnlySpan<int> block = _rules.MatchBlocks[rule]!.ActiveBlock(key);
                if (!block.Contains(right) || !block.Contains(left))
                {
                    continue;
                }
                applies |= _rules.IsStar(rule)
                    ? _rules.Centre(block) is var centre && (centre == left || centre == right) && _rules.Conditions[rule].KeysAreEqual(left, right)
                    : _rules.Allows(left, right) && _rules.Conditions[rule].Hold(left, right);
            }
            if (applies && _rules.Model.MatchRules[rule].Effect == MatchRuleEffect.Link)
            {
                state = state with { Rules = state.Rules | (1UL << rule) };
            }
            else if (applies && !blocked && _model.Comparisons.Length > 0 && _comparer.Weigh(left, right, _model.Threshold) is var suggested && suggested >= _model.Threshold)
            {
                state = state with { Weight = suggested, IsSuggested = true };
            }
        }
        return state;
    }

    /// <summary>The weight of two records, whatever it is.</summary>
    public int Weigh(int left, int right) => _comparer.Weigh(left, right, int.MinValue);

    /// <summary>The level of every comparison; see <see cref="PairComparer.Compare"/>.</summary>
    public uint Compare(int left, int right, Span<byte> levels) => _comparer.Compare(left, right, levels);

    /// <summary>Is there a block, of those that make pairs, which both records are in?</summary>
    public bool SharesBlock(int left, int right)
    {
        for (int rule = 0; rule < _readers.Length; rule++)
        {
            if (SharesBlock(rule, left, right))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Is there such a block of one blocking rule?</summary>
    public bool SharesBlock(int rule, int left, int right)
    {
        _readers[rule].Read(left, _leftKeys);
        _readers[rule].Read(right, _rightKeys);
        foreach (ulong key in _leftKeys)
        {
            if (_rightKeys.Contains(key) && _rules.Blocking[rule].IsActive(_rules.Blocking[rule].Count(key)))
            {
                return true;
            }
        }
        return false;
    }

    // What a rule makes of a block of the record.
    private void AddRule(Dictionary<int, PairState> found, int record, int rule, ReadOnlySpan<int> block)
    {
        if (block.Length == 0)
        {
            return;
        }
        if (_rules.IsStar(rule))
        {
            int centre = _rules.Centre(block);
            foreach (int other in block)
            {
                if (other != record && (other == centre || record == centre) && _rules.Conditions[rule].KeysAreEqual(record, other))
                {
                    AddRule(found, other, rule);
                }
            }
            return;
        }
        foreach (int other in block)
        {
            if (other == record || !_rules.Allows(record, other) || !_rules.Conditions[rule].Hold(record, other))
            {
                continue;
            }
            if (_rules.Model.MatchRules[rule].Effect == MatchRuleEffect.Link)
            {
                AddRule(found, other, rule);
            }
            else
            {
                AddSuggested(found, record, other);
            }
        }
    }

    private static void AddRule(Dictionary<int, PairState> found, int other, int rule)
    {
        ref PairState state = ref CollectionsMarshal.GetValueRefOrAddDefault(found, other, out bool exists);
        state = (exists ? state : PairState.None) with { Rules = (exists ? state.Rules : 0) | (1UL << rule) };
    }

    private void AddSuggested(Dictionary<int, PairState> found, int record, int other)
    {
        // What shares a block has been weighed.
        if (_model.Comparisons.Length == 0 || _seen.Contains(other))
        {
            return;
        }
        _seen.Add(other);
        int weight = _comparer.Weigh(record, other, _model.Threshold);
        if (weight >= _model.Threshold)
        {
            ref PairState state = ref CollectionsMarshal.GetValueRefOrAddDefault(found, other, out bool exists);
            state = (exists ? state : PairState.None) with { Weight = weight, IsSuggested = true };
        }
    }

    private List<ulong> MatchKeys(int rule, int record)
    {
        _leftKeys.Clear();
        _matchReaders[rule]?.Read(record, _leftKeys);
        return _leftKeys;
    }
}
