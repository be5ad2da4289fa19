using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Standardization;

namespace IdentityResolution.Matching;

/// <summary>A comparison made ready for one table: codes, parsed conditions, integer weights.</summary>
internal sealed class CompiledComparison
{
    private readonly LevelCondition[] _conditions;
    private readonly WordTable? _words;
    private readonly GramTable? _grams;
    private readonly NicknameTable _nicknames;
    private readonly CompiledCondition?[] _combined;
    private readonly ValueWeights? _exact;
    private readonly ValueWeights?[] _adjustments;

    /// <summary>Prepares a comparison.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="table">The records.</param>
    /// <param name="before">The same comparison with other probabilities, prepared for the same records; null = none.</param>
    /// <param name="grows">May values come later?</param>
    public CompiledComparison(Comparison comparison, FieldTable table, CompiledComparison? before = null, bool grows = false)
    {
        Column = table[comparison.Field];
        string[] fields = comparison.Fields;
        Joint = fields.Length > 1 ? JointColumn.Of(table, fields) : null;
        RowColumn = Joint is null || grows ? Column : JoinRows(table, fields);
        _nicknames = table.Nicknames;
        _conditions = [.. comparison.Levels.Select(level => LevelCondition.Parse(level.When, out _)!)];
        _words = Array.Exists(_conditions, condition => condition.Function is LevelFunction.Words or LevelFunction.Contained) ? table.Words(comparison.Field) : null;
        _grams = comparison.GramFrequencies is { } gramFrequencies && comparison.UsesGrams ? before?._grams ?? new GramTable(Column.Values, gramFrequencies) : null;
        _combined = [.. _conditions.Select(condition => condition.Expression is { } expression ? new CompiledCondition(expression, fields, table, _grams) : null)];
        Screen = grows ? LevelScreen.Create(Column, _conditions, _nicknames, Workers.One) : ScreenOf(comparison, table);
        MayBeMissing = grows || Column.IsLabelled || table.Derive($"{comparison.Field}\0scripts", () => new OtherScripts(LevelEvaluator.HasOtherScripts(Column.Values))).Any;
        ExactLevel = Array.FindIndex(_conditions, condition => condition.Function == LevelFunction.Exact);
        double share = comparison.EvidenceShare ?? 1;
        LevelWeights = [.. comparison.Levels.Select(level => (int)Math.Round(share * level.Weight))];
        LevelWeightsAgainstRelated = [.. comparison.Levels.Select(level => (int)Math.Round(share * level.WeightAgainstRelated))];
        if (ExactLevel >= 0 && comparison.TermFrequencies is { } frequencies && comparison.Levels[ExactLevel] is { MProbability: { } m, UProbability: { } u })
        {
            _exact = new ValueWeights(Column.Values, m, frequencies, share);
            _adjustments = [.. comparison.Levels.Select(level => level.TermFrequencyWeight == 0 ? null : new ValueWeights(Column.Values, u, frequencies, share * level.TermFrequencyWeight))];
        }
        else
        {
            _adjustments = new ValueWeights?[LevelCount];
        }
        MaxWeight = new PairWeight(
            Math.Max(0, Math.Max(Enumerable.Range(0, LevelCount).Max(MostAgainstCoincidence), _exact?.Most ?? 0)),
            Math.Max(0, LevelWeightsAgainstRelated.Max()));
    }

    // The same comparison for other records that have the same values.
    private CompiledComparison(CompiledComparison other, FieldTable table)
    {
        Column = table[other.Column.Name];
        Joint = other.Joint?.Over(table);
        RowColumn = Column;
        _conditions = other._conditions;
        _words = other._words;
        _grams = other._grams;
        _nicknames = other._nicknames;
        _combined = other._combined;
        _exact = other._exact;
        _adjustments = other._adjustments;
        ExactLevel = other.ExactLevel;
        LevelWeights = other.LevelWeights;
        LevelWeightsAgainstRelated = other.LevelWeightsAgainstRelated;
        MaxWeight = other.MaxWeight;
        MayBeMissing = other.MayBeMissing;
    }

    /// <summary>Makes what is kept of each value that the comparison looks at, so that several can be prepared at once.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="table">The records.</param>
    /// <param name="grows">May values come later?</param>
    public static void Prepare(Comparison comparison, FieldTable table, bool grows)
    {
        foreach (ComparisonLevel level in comparison.Levels)
        {
            LevelCondition condition = LevelCondition.Parse(level.When, out _)!;
            if (condition.Expression is not { } expression)
            {
                Prepare(comparison.Field, condition, table);
                continue;
            }
            foreach (LevelExpression test in expression.Tests)
            {
                Prepare(test.Field ?? comparison.Field, test.Test, table);
            }
        }
        if (!grows)
        {
            ScreenOf(comparison, table);
        }
    }

    private static void Prepare(string field, LevelCondition condition, FieldTable table)
    {
        if (condition.Function is LevelFunction.Words or LevelFunction.Contained)
        {
            table.Words(field);
        }
    }

    /// <summary>The field.</summary>
    public FieldColumn Column { get; }

    /// <summary>All fields that the levels look at, as one code; null = only the field itself.</summary>
    public JointColumn? Joint { get; }

    /// <summary>What a record's code is taken from where records don't grow: the field, or all fields that the levels look at.</summary>
    public FieldColumn RowColumn { get; }

    /// <summary>Tells the last level at a glance; null = nothing can be told so.</summary>
    public LevelScreen? Screen { get; }

    /// <summary>Can present values say nothing: because their labels or their scripts differ?</summary>
    public bool MayBeMissing { get; }

    /// <summary>The position of the <c>exact</c> level, or -1.</summary>
    public int ExactLevel { get; }

    /// <summary>How many levels there are, <c>else</c> included.</summary>
    public int LevelCount => _conditions.Length;

    /// <summary>The weight of each level in millibits.</summary>
    public int[] LevelWeights { get; }

    /// <summary>The weight of each level against kinship, in millibits; all 0 when the model knows no relatives.</summary>
    public int[] LevelWeightsAgainstRelated { get; }

    /// <summary>The weight of agreement on each value, adjusted for its frequency; null when not adjusted.</summary>
    public ValueWeights? ExactWeights => _exact;

    /// <summary>The most that the comparison can add to each sum; at least 0, as a missing value adds nothing.</summary>
    public PairWeight MaxWeight { get; }

    /// <summary>A new evaluator for one thread.</summary>
    public LevelEvaluator CreateEvaluator() => new(Column, _conditions, _words, _grams, _nicknames, Screen)
    {
        Joint = Joint,
        Combined = [.. _combined.Select(condition => condition?.CreateEvaluator(Joint))],
    };

    /// <summary>The code of the field where the code of <see cref="RowColumn"/> is this.</summary>
    public int OwnCode(int code) => Joint is null || code < 0 ? code : Joint.PartOf(0, code);

    /// <summary>What a level weighs against coincidence for two values of the field, frequencies counted.</summary>
    /// <param name="level">The level; not <see cref="PairComparer.Missing"/>.</param>
    /// <param name="left">The code of one record in <see cref="Column"/>.</param>
    /// <param name="right">That of the other.</param>
    public int WeightOf(byte level, int left, int right) => level == ExactLevel && ExactWeights is { } exact
        ? SharedWeight(exact, left, right) ?? LevelWeights[level]
        : LevelWeights[level] + (_adjustments[level] is { } adjustment ? Math.Min(Least(adjustment, left), Least(adjustment, right)) : 0);

    /// <summary>The most that a level other than <c>exact</c> can weigh against coincidence.</summary>
    public int MostAgainstCoincidence(int level) => LevelWeights[level] + (_adjustments[level]?.Most ?? 0);

    /// <summary>The weight of agreement on the rarest value that two codes have in common; null when they have none.</summary>
    /// <param name="weights"><see cref="ExactWeights"/>.</param>
    /// <param name="left">The value, or set of values, of one record.</param>
    /// <param name="right">That of the other.</param>
    public int? SharedWeight(ValueWeights weights, int left, int right)
    {
        if (Column.Sets is null)
        {
            return left == right ? weights[left] : null;
        }
        int[] others = Column.MembersOf(right);
        int? most = null;
        foreach (int member in Column.MembersOf(left))
        {
            if (Array.IndexOf(others, member) >= 0)
            {
                most = Math.Max(most ?? int.MinValue, weights[member]);
            }
        }
        return most;
    }

    /// <summary>How alike two values are, in [0, 1]: by the character triples that the levels look at, else by pairs of neighbouring characters.</summary>
    public double Likeness(int left, int right) => WordSimilarity.Bigrams(Column.Values[left], Column.Values[right]);

    /// <summary>The code of a record where records may come later: of the field, or of all fields that the levels look at.</summary>
    public int CodeOf(int record) => Joint is null ? Column.Codes[record] : Joint.CodeOf(record);

    /// <summary>The same comparison for other records that have the same values.</summary>
    public CompiledComparison Over(FieldTable table) => new(this, table);

    /// <summary>Prepares the values that came since, and forgets those that went.</summary>
    public void Extend()
    {
        foreach (ValueWeights? adjustment in _adjustments)
        {
            adjustment?.Extend();
        }
        _exact?.Extend();
        _grams?.Extend();
        Screen?.Extend();
    }

    // Once for a table, whatever the probabilities.
    private static LevelScreen? ScreenOf(Comparison comparison, FieldTable table) => table.Derive(
        $"{comparison.Field}\0{string.Join('\0', comparison.Levels.Select(level => level.When))}",
        () => new LevelScreens(LevelScreen.Create(
            table[comparison.Field], [.. comparison.Levels.Select(level => LevelCondition.Parse(level.When, out _)!)], table.Nicknames, table.Workers))).Screen;

    private FieldColumn JoinRows(FieldTable table, string[] fields)
    {
        string name = string.Join('\u0001', fields);
        return new FieldColumn(name, Column.Values, table.Derive(name, () => Joint!.CodesOf(table.Count)));
    }

    // A record with several values counts as its most common one.
    private int Least(ValueWeights adjustment, int code)
    {
        if (Column.Sets is null)
        {
            return adjustment[code];
        }
        int least = int.MaxValue;
        foreach (int member in Column.MembersOf(code))
        {
            least = Math.Min(least, adjustment[member]);
        }
        return least;
    }
}

/// <summary>The screen of a comparison, if it has one.</summary>
/// <param name="Screen">The screen, or null.</param>
internal sealed record LevelScreens(LevelScreen? Screen);

/// <summary>Does a field hold values that were not spelled in Latin?</summary>
/// <param name="Any">Whether it does.</param>
internal sealed record OtherScripts(bool Any);
