using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Features;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Training;

/// <summary>Chooses blocking rules by field kind, as far as the pairs they make stay within a budget.</summary>
internal static class BlockingProposer
{
    private const int MaxRules = 20;
    private const int MaxBlockSize = 1000;
    private const int MaxDividers = 2;
    private const int SmallestLimit = 60;

    // Hot keys are divided when they hold more than one record in so many, the largest one in so many, and are at most one key in so many:
    // else the rule itself is too coarse, as it is when its other keys alone make so many times the pairs that it may.
    private const int ManyOversized = 50;
    private const int LeastHot = 500;
    private const int FewHotKeys = 20;
    private const int TooCoarse = 6;

    // So many candidates are counted at a time, on all threads, though the first of them may use up the budget.
    private const int Batch = 8;

    /// <summary>Proposes rules; several on different fields, so that no single damaged field hides a match.</summary>
    public static List<BlockingRule> Propose(
        IReadOnlyList<Field> fields, FieldTable table, PairFilter filter, List<string> decisions, Workers? workers = null)
    {
        workers ??= Workers.One;
        long budgetPerRule = Math.Max(300_000, 6L * table.Count);
        long budget = Math.Max(2_000_000, 16L * table.Count);
        var rules = new List<BlockingRule>();
        IEnumerable<string[]> candidates = Candidates(fields).DistinctBy(keys => string.Join('+', keys), StringComparer.Ordinal);
        foreach ((string[] keys, BlockTally counted) in candidates.Chunk(Batch).SelectMany(batch => batch.Zip(Count(batch, table, filter))))
        {
            bool split = IsSplit(keys);
            (int maxBlockSize, string[] divideBy, BlockTally tally) = (MaxBlockSize, [], counted);
            if (split)
            {
                // Frequent words tell nothing: only blocks small enough for the budget are kept.
                maxBlockSize = Math.Max(2, BlockIndex.Build(table, keys, MaxBlockSize).LargestSizeWithin(Math.Min(budgetPerRule, budget), filter));
                tally = BlockTally.Count(table, keys, maxBlockSize, filter);
            }
            else if (!IsPartOfOneValue(keys) && tally.Oversized.Records > table.Count / ManyOversized && tally.Oversized.Largest > table.Count / LeastHot
                && tally.Oversized.Blocks <= tally.Blocks / FewHotKeys && tally.Pairs <= TooCoarse * budgetPerRule)
            {
                (divideBy, maxBlockSize, tally) = Divide(keys, maxBlockSize, tally);
            }
            long pairs = tally.Pairs;
            if (pairs == 0 || pairs > budgetPerRule || pairs > budget || (!split && tally.Oversized.Records > table.Count / 4))
            {
                continue;
            }
            budget -= pairs;
            rules.Add(new BlockingRule { Keys = keys, MaxBlockSize = maxBlockSize, DivideBy = divideBy });
            decisions.Add(string.Create(CultureInfo.InvariantCulture, $"Compare records that share {string.Join(" + ", keys)}: {pairs:N0} pairs.")
                + (divideBy.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                    $" Hot keys ({tally.Divided.Blocks:N0} shared by more than {maxBlockSize:N0} records each, the largest by {tally.Divided.Largest:N0}) are divided by {string.Join(", then ", divideBy)}.")));
            if (rules.Count == MaxRules)
            {
                break;
            }
        }
        return rules;

        // Values that very many records share would hide their matches from a rule, or cost more than it may.
        (string[] DivideBy, int MaxBlockSize, BlockTally Tally) Divide(string[] keys, int maxBlockSize, BlockTally tally)
        {
            string[] divideBy = [.. Dividers(fields, keys).Take(MaxDividers)];
            if (divideBy.Length == 0)
            {
                return ([], maxBlockSize, tally);
            }
            var limits = new List<int>();
            for (int size = maxBlockSize; size > SmallestLimit; size /= 4)
            {
                limits.Add(size);
            }
            limits.Add(SmallestLimit);
            long most = Math.Min(budget, budgetPerRule);
            BlockTally[] divided = BlockTally.CountDivided(table, keys, limits, filter, divideBy);
            int largest = Array.FindIndex(divided, counted => counted.Pairs <= most);
            return largest < 0 ? ([], maxBlockSize, tally) : (divideBy, limits[largest], divided[largest]);
        }
    }

    // Coarse features of other fields, on which matches seldom differ.
    private static IEnumerable<string> Dividers(IReadOnlyList<Field> fields, string[] keys)
    {
        HashSet<string> taken = [.. keys.Select(key => FeatureExpression.Parse(key, out _)!.Field)];
        (FieldKind Kind, string Transform)[] order =
        [
            (FieldKind.BirthDate, ".year"), (FieldKind.Year, ""), (FieldKind.GivenName, ".metaphone"), (FieldKind.Surname, ".metaphone"),
            (FieldKind.PostalCode, ".area"), (FieldKind.City, ""), (FieldKind.StreetAddress, ".number"), (FieldKind.Phone, ".suffix:4"),
        ];
        return order.SelectMany(item => fields.Where(field => field.Kind == item.Kind && !taken.Contains(field.Name)).Select(field => field.Name + item.Transform));
    }

    // A beginning or a code alone is coarse by itself.
    private static bool IsPartOfOneValue(string[] keys) => keys is [var key] && FeatureExpression.Parse(key, out _)!.Steps.Count > 0;

    private static bool IsSplit(string[] keys) => keys.Any(key => FeatureExpression.Parse(key, out _) is { IsSplit: true });

    // The pairs of each rule; of rules that are split into words nothing, as their blocks are limited by the budget.
    private static BlockTally[] Count(string[][] rules, FieldTable table, PairFilter filter)
    {
        foreach (string key in rules.Where(keys => !IsSplit(keys)).SelectMany(keys => keys))
        {
            table.Prepare(key);
        }
        var tallies = new BlockTally[rules.Length];
        for (int rule = 0; rule < rules.Length; rule++)
        {
            tallies[rule] = IsSplit(rules[rule]) ? default : BlockTally.Count(table, rules[rule], MaxBlockSize, filter);
        }
        return tallies;
    }

    // Ordered by how much of the matches a rule is likely to find for its pairs.
    private static IEnumerable<string[]> Candidates(IReadOnlyList<Field> fields)
    {
        string[] Of(params ReadOnlySpan<FieldKind> kinds)
        {
            var names = new List<string>();
            foreach (Field field in fields)
            {
                if (kinds.Contains(field.Kind))
                {
                    names.Add(field.Name);
                }
            }
            return [.. names];
        }

        string[] exact = Of(FieldKind.Identifier, FieldKind.Email, FieldKind.Phone);
        string[] given = Of(FieldKind.GivenName);
        string[] surname = Of(FieldKind.Surname);
        string[] whole = Of(FieldKind.FullName, FieldKind.OrganizationName, FieldKind.Text);
        string[] birth = Of(FieldKind.BirthDate);
        string[] place = Of(FieldKind.PostalCode);
        string[] city = Of(FieldKind.City);
        string[] street = Of(FieldKind.StreetAddress);
        string[] email = Of(FieldKind.Email);
        string[] phone = Of(FieldKind.Phone);
        string[] number = Of(FieldKind.Number);
        string[] middle = Of(FieldKind.MiddleName);
        string[] year = [.. birth.Select(field => $"{field}.year"), .. Of(FieldKind.Year)];
        return
        [
            .. exact.Select(field => new[] { field }),
            .. birth.Select(field => new[] { field }),
            .. number.Select(field => new[] { field }),
            .. Cross(surname, ".metaphone", year, ""),
            .. Cross(given, ".metaphone", year, ""),
            .. Cross(given, ".formal", surname, ".metaphone"),
            .. Cross(surname, "", place, ""),
            .. Cross(given, "", place, ""),
            .. Cross(given, ".prefix:2", birth, ".month_day"),
            .. Cross(surname, ".prefix:2", birth, ".month_day"),
            .. email.Select(field => new[] { $"{field}.local" }),
            .. whole.Select(field => new[] { $"{field}.sorted" }),
            .. whole.Select(field => new[] { $"{field}.prefix:7" }),
            .. Of(FieldKind.Text, FieldKind.OrganizationName).Select(field => new[] { $"{field}.words" }),
            .. street.Select(field => new[] { field }),
            .. Cross(place, "", street, ".number"),
            .. Cross(birth, ".year_month", place, ""),
            .. Cross(surname, ".prefix:3", given, ".prefix:3"),
            .. Cross(surname, "", city, ""),
            .. Cross(given, "", city, ""),
            .. Cross(given, "", street, ".street"),
            .. Cross(surname, "", street, ".street"),
            .. Cross(whole, ".first", place, ""),
            .. Cross(whole, ".first", city, ""),
            .. Cross(whole, ".first", year, ""),
            .. Cross(whole, ".last", year, ""),
            .. Cross(whole, ".first", street, ".number"),
            .. whole.Select(field => new[] { $"{field}.suffix:8" }),
            .. phone.Select(field => new[] { $"{field}.suffix:6" }),
            .. email.Select(field => new[] { $"{field}.local.prefix:5" }),
            .. birth.Select(field => new[] { $"{field}.month_day" }),
            .. birth.Select(field => new[] { $"{field}.year_month" }),
            .. Cross(given, ".formal", middle, ".initial"),
            .. Cross(surname, ".metaphone", number, ""),
            .. Cross(given, ".metaphone", number, ""),
            .. Cross(given, "", surname, ".prefix:1"),
            .. given.Select(field => new[] { field }),
            .. surname.Select(field => new[] { field }),
            .. place.Select(field => new[] { field }),
            .. whole.Select(field => new[] { $"{field}.first" }),
            .. whole.Select(field => new[] { $"{field}.last" }),
            .. whole.Select(field => new[] { $"{field}.prefix:4" }),
            .. Of(FieldKind.FullName).Select(field => new[] { $"{field}.words" }),
        ];
    }

    private static IEnumerable<string[]> Cross(string[] first, string firstTransform, string[] second, string secondTransform) =>
        from one in first from two in second select new[] { one + firstTransform, two + secondTransform };
}
