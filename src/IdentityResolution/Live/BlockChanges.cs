using System.Runtime.InteropServices;

namespace IdentityResolution.Live;

/// <summary>The blocks that a change touches, by how many records they lose or win: which of them pass or fall below their cap.</summary>
internal sealed class BlockChanges
{
    private readonly LiveState _state;
    private readonly (RuleBlocks Blocks, bool IsStar)[] _rules;
    private readonly Dictionary<(int Rule, ulong Key), int> _wins = [];
    private readonly List<(int Rule, ulong Key, int Before)> _changed = [];
    private readonly List<ulong> _keys = [];
    private readonly List<int> _neighbours = [];

    public BlockChanges(LiveState state)
    {
        _state = state;
        _rules =
        [
            .. state.Rules.MatchBlocks.Select((blocks, rule) => (Blocks: blocks, IsStar: blocks is not null && state.Rules.IsStar(rule))).Where(rule => rule.Blocks is not null).Select(rule => (rule.Blocks!, rule.IsStar)),
            .. state.Rules.Blocking.Select(blocks => (blocks, false)),
        ];
    }

    /// <summary>Counts a record out of, or into, the blocks of the values it has at the moment.</summary>
    public void Count(int record, int wins)
    {
        for (int rule = 0; rule < _rules.Length; rule++)
        {
            _rules[rule].Blocks.ReadKeys(record, _keys);
            foreach (ulong key in _keys)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_wins, (rule, key), out _) += wins;
            }
        }
    }

    /// <summary>Before anything is changed: finds the pairs of records that are to lose some, so that none is lost unseen.</summary>
    public void Prepare()
    {
        foreach (((int rule, ulong key), int wins) in _wins)
        {
            (RuleBlocks blocks, bool isStar) = _rules[rule];
            int before = blocks.Count(key);
            bool wasActive = before > 1 && blocks.IsActive(before);
            bool changes = isStar ? before + wins > 1 || before > 1 : blocks.IsActive(before) != blocks.IsActive(before + wins);
            if (!changes)
            {
                continue;
            }
            _changed.Add((rule, key, before));
            if (wasActive)
            {
                foreach (int record in blocks.Block(key).ToArray())
                {
                    _state.Complete(record);
                }
            }
        }
    }

    /// <summary>After the change: judges anew the pairs within blocks that passed their cap, fell below it, or are tied to another record.</summary>
    /// <param name="seeds">Receives the records whose pairs are different now.</param>
    public void Settle(HashSet<int> seeds)
    {
        foreach ((int rule, ulong key, int before) in _changed)
        {
            (RuleBlocks blocks, bool isStar) = _rules[rule];
            int[] members = [.. blocks.Block(key)];
            if (members.Length < 2)
            {
                continue;
            }
            if (blocks.IsActive(members.Length) && isStar)
            {
                int centre = _state.Rules.Centre(members);
                foreach (int member in members)
                {
                    Judge(centre, member, seeds);
                }
                JudgeKnown(members, seeds);
            }
            else if (blocks.IsActive(members.Length) && !blocks.IsActive(before))
            {
                JudgeAll(members, seeds);
            }
            else
            {
                JudgeKnown(members, seeds);
            }
        }
    }

    /// <summary>Judges every pair of some records.</summary>
    public void JudgeAll(int[] members, HashSet<int> seeds)
    {
        for (int i = 0; i < members.Length - 1; i++)
        {
            for (int j = i + 1; j < members.Length; j++)
            {
                Judge(members[i], members[j], seeds);
            }
        }
    }

    private void JudgeKnown(int[] members, HashSet<int> seeds)
    {
        var within = new HashSet<int>(members);
        foreach (int member in members)
        {
            _neighbours.Clear();
            _state.Pairs.AddNeighbours(member, _neighbours);
            foreach (int other in _neighbours)
            {
                if (member < other && within.Contains(other))
                {
                    Judge(member, other, seeds);
                }
            }
        }
    }

    private void Judge(int left, int right, HashSet<int> seeds)
    {
        if (left != right && _state.Pairs.Set(left, right, _state.Finder.Judge(left, right)))
        {
            seeds.Add(left);
            seeds.Add(right);
        }
    }
}
