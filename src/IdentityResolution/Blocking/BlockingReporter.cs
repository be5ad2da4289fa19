using System.Text;
using IdentityResolution.Features;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Blocking;

/// <summary>Counts what blocking rules do with the records.</summary>
internal static class BlockingReporter
{
    private const int NoPerson = -1;

    /// <summary>Counts every rule.</summary>
    /// <param name="model">The model with the rules.</param>
    /// <param name="table">The records.</param>
    /// <param name="candidates">The blocks of the rules.</param>
    /// <param name="options">What to show.</param>
    /// <param name="workers">Threads.</param>
    /// <exception cref="ArgumentException">Records of the truth can't be recognized, as ids repeat between sources.</exception>
    public static BlockingReport Count(IdentityModel model, FieldTable table, CandidatePairs candidates, BlockingReportOptions options, Workers workers)
    {
        int known = 0;
        int[]? person = options.Truth is null ? null : NumberPeople(table.Keys, options.Truth, out known);
        var rules = new BlockingRuleReport[candidates.Rules.Count];
        workers.Run(rules.Length, rule =>
        {
            var counter = new Counter(candidates, rule, person);
            candidates.VisitRule(rule, ref counter);
            OversizedBlocks oversized = candidates.Rules[rule].Oversized;
            rules[rule] = new BlockingRuleReport
            {
                Rule = model.BlockingRules[rule],
                Blocks = candidates.Rules[rule].Count,
                Pairs = counter.Pairs,
                MarginalPairs = counter.MarginalPairs,
                TruePairs = person is null ? null : counter.TruePairs,
                MarginalTruePairs = person is null ? null : counter.MarginalTruePairs,
                DividedBlocks = candidates.Rules[rule].Divided.Blocks,
                DividedRecords = candidates.Rules[rule].Divided.Records,
                OversizedBlocks = oversized.Blocks,
                OversizedRecords = oversized.Records,
                LargestBlocks = Largest(model.BlockingRules[rule], table, candidates.Filter, options),
            };
        });
        return new BlockingReport
        {
            Model = model,
            Rules = rules,
            Records = table.Count,
            PossiblePairs = candidates.Filter.PossiblePairs,
            TruePairs = person is null ? null : CountTruePairs(person, candidates.Filter),
            TruthOnly = options.Truth is null ? 0 : options.Truth.Count - known,
        };
    }

    private static LargeBlock[] Largest(BlockingRule rule, FieldTable table, PairFilter filter, BlockingReportOptions options)
    {
        if (options.LargestBlocks == 0 || rule.Window > 0)
        {
            return [];
        }
        BlockIndex all = BlockIndex.Build(table, rule.Keys, int.MaxValue);
        // Of blocks of one size those come first whose first record has the smaller key: the order of records does not matter.
        return [.. Enumerable.Range(0, all.Count)
            .Select(block => (Block: block, Size: all[block].Length))
            .OrderByDescending(item => item.Size)
            .ThenBy(item => SmallestKey(all[item.Block], table.Keys), Comparer<int>.Create(table.Keys.Compare))
            .Take(options.LargestBlocks)
            .Select(item => new LargeBlock(
                item.Size,
                filter.CountPairs(all[item.Block]),
                item.Size > rule.MaxBlockSize,
                options.ShowValues ? [.. rule.Keys.Select(key => Value(key, table, all[item.Block]))] : null))];
    }

    private static int SmallestKey(ReadOnlySpan<int> records, RecordKeyIndex keys)
    {
        int smallest = records[0];
        foreach (int record in records)
        {
            smallest = keys.Compare(record, smallest) < 0 ? record : smallest;
        }
        return smallest;
    }

    // What all records of the block share: of a key that is split into words, or of a field with several values, those that all of them hold.
    private static string Value(string key, FieldTable table, ReadOnlySpan<int> records)
    {
        FeatureExpression feature = FeatureExpression.Parse(key, out _)!;
        FieldColumn column = table[feature.Field];
        TransformStep[] steps = [.. feature.Steps];
        IEnumerable<string> shared = Keys(records[0]);
        if (!feature.IsSplit && column.Sets is null)
        {
            return shared.First();
        }
        foreach (int record in records[1..])
        {
            shared = [.. shared.Intersect(Keys(record), StringComparer.Ordinal)];
        }
        return string.Join(' ', shared);

        string[] Keys(int record) => [.. column.MembersOf(column.Codes[record])
            .Select(column.Values.GetString)
            .SelectMany(value => feature.IsSplit ? Words(steps, value) : [Transforms.ApplyAll(steps, value)])];
    }

    private static List<string> Words(TransformStep[] steps, string value) =>
        [.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Transforms.ApplyAll(steps[1..], word)).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal)];

    private static long CountTruePairs(int[] person, PairFilter filter) => Enumerable.Range(0, person.Length)
        .Where(record => person[record] != NoPerson)
        .GroupBy(record => person[record])
        .Sum(records => filter.CountPairs([.. records]));

    private static int[] NumberPeople(RecordKeyIndex keys, IReadOnlyDictionary<RecordKey, string> truth, out int known)
    {
        bool bySource = truth.Keys.Any(key => keys.Sources.Contains(key.Source, StringComparer.Ordinal));
        Dictionary<string, int>? byId = bySource ? null : IdsAlone(keys);
        var person = new int[keys.Count];
        person.AsSpan().Fill(NoPerson);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        known = 0;
        foreach ((RecordKey key, string name) in truth)
        {
            int record = byId is null ? keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id)) : byId.GetValueOrDefault(key.Id, -1);
            if (record >= 0)
            {
                known++;
                numbers.TryAdd(name, numbers.Count);
                person[record] = numbers[name];
            }
        }
        return person;
    }

    private static Dictionary<string, int> IdsAlone(RecordKeyIndex keys)
    {
        var byId = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int record = 0; record < keys.Count; record++)
        {
            if (!byId.TryAdd(Encoding.UTF8.GetString(keys.Id(record)), record))
            {
                throw new ArgumentException("The truth does not name the sources of the records, and record ids repeat between those, so records can't be recognized.", nameof(keys));
            }
        }
        return byId;
    }

    private struct Counter(CandidatePairs candidates, int rule, int[]? person) : CandidatePairs.IPairVisitor
    {
        public long Pairs { get; private set; }

        public long MarginalPairs { get; private set; }

        public long TruePairs { get; private set; }

        public long MarginalTruePairs { get; private set; }

        public void Visit(ReadOnlySpan<(int Left, int Right)> pairs, ReadOnlySpan<int> records)
        {
            foreach ((int left, int right) in pairs)
            {
                bool isMatch = person is not null && person[left] != NoPerson && person[left] == person[right];
                bool isMarginal = (candidates.RulesOf(left, right) & ((1u << rule) - 1)) == 0;
                Pairs++;
                TruePairs += isMatch ? 1 : 0;
                MarginalPairs += isMarginal ? 1 : 0;
                MarginalTruePairs += isMatch && isMarginal ? 1 : 0;
            }
        }
    }
}
