using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Standardization;

namespace IdentityResolution.Matching;

/// <summary>A comparison made ready for one table: codes, parsed conditions, integer weights.</summary>
internal sealed class CompiledComparison
{
    private readonly LevelCondition[] _conditions;
    private readonly int[]?[] _features;
    private readonly WordTable? _words;
    private readonly GramTable? _grams;
    private readonly NicknameTable _nicknames;
    private readonly CompiledCondition?[] _combined;
    private readonly int[]?[] _adjustments;

    /// <summary>Prepares a comparison.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="table">The records.</param>
    /// <param name="before">The same comparison with other probabilities, prepared for the same records; null = none.</param>
    public CompiledComparison(Comparison comparison, FieldTable table, CompiledComparison? before = null)
    {
        Column = table[comparison.Field];
        string[] fields = comparison.Fields;
        Joint = fields.Length > 1 ? JointColumn.Of(table, fields) : null;
        RowColumn = Joint is null ? Column : Column with { Name = string.Join('+', fields), Codes = Joint.Codes };
        _nicknames = table.Nicknames;
        _conditions = [.. comparison.Levels.Select(level => LevelCondition.Parse(level.When, out _)!.Value)];
        _features = [.. comparison.Levels.Zip(_conditions, (_, condition) => condition.Function == LevelFunction.Same
            ? table.Prepare($"{comparison.Field}.{condition.Step}").CodeOfValue
            : null)];
        _words = Array.Exists(_conditions, condition => condition.Function is LevelFunction.Words or LevelFunction.Contained) ? table.Words(comparison.Field) : null;
        _grams = comparison.GramFrequencies is { } gramFrequencies && comparison.UsesGrams ? before?._grams ?? new GramTable(Column.Values, gramFrequencies) : null;
        _combined = [.. _conditions.Select(condition => condition.Expression is { } expression ? new CompiledCondition(expression, fields, table, _grams) : null)];
        Screen = table.Derive(
            $"{comparison.Field}\0{string.Join('\0', comparison.Levels.Select(level => level.When))}",
            () => new LevelScreens(LevelScreen.Create(Column, _conditions, _features, _nicknames))).Screen;
        MayBeMissing = Column.IsLabelled || table.Derive($"{comparison.Field}\0scripts", () => new OtherScripts(LevelEvaluator.HasOtherScripts(Column.Values))).Any;
        ExactLevel = Array.FindIndex(_conditions, condition => condition.Function == LevelFunction.Exact);
        LevelWeights = [.. comparison.Levels.Select(level => level.Weight)];
        LevelWeightsAgainstRelated = [.. comparison.Levels.Select(level => level.WeightAgainstRelated)];
        ExactWeights = ExactLevel >= 0 && comparison.TermFrequencies is { } frequencies && comparison.Levels[ExactLevel].MProbability is { } m
            ? WeighValues(m, frequencies)
            : null;
        _adjustments = [.. comparison.Levels.Select(level => Adjustments(comparison, level))];
        MaxWeight = new PairWeight(
            Math.Max(0, Math.Max(Enumerable.Range(0, LevelCount).Max(MostAgainstCoincidence), ExactWeights is { Length: > 0 } ? ExactWeights.Max() : 0)),
            Math.Max(0, LevelWeightsAgainstRelated.Max()));
    }

    /// <summary>The field.</summary>
    public FieldColumn Column { get; }

    /// <summary>All fields that the levels look at, as one code; null = only the field itself.</summary>
    public JointColumn? Joint { get; }

    /// <summary>What a record's code is taken from: the field, or all fields that the levels look at.</summary>
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
    public int[]? ExactWeights { get; }

    /// <summary>The most that the comparison can add to each sum; at least 0, as a missing value adds nothing.</summary>
    public PairWeight MaxWeight { get; }

    /// <summary>A new evaluator for one thread.</summary>
    public LevelEvaluator CreateEvaluator() => new(Column, _conditions, _features, _words, _grams, _nicknames, Screen)
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
    public int MostAgainstCoincidence(int level) => LevelWeights[level] + (_adjustments[level] is { Length: > 0 } adjustment ? adjustment.Max() : 0);

    /// <summary>The weight of agreement on the rarest value that two codes have in common; null when they have none.</summary>
    /// <param name="weights"><see cref="ExactWeights"/>.</param>
    /// <param name="left">The value, or set of values, of one record.</param>
    /// <param name="right">That of the other.</param>
    public int? SharedWeight(int[] weights, int left, int right)
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

    // A record with several values counts as its most common one.
    private int Least(int[] adjustment, int code)
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

    // What the frequency of each value adds to a level of close values: its odds against that of an average agreement, damped.
    private int[]? Adjustments(Comparison comparison, ComparisonLevel level)
    {
        if (level.TermFrequencyWeight == 0 || ExactWeights is null || comparison.Levels[ExactLevel].UProbability is not { } exactU)
        {
            return null;
        }
        int[] adjustment = WeighValues(exactU, comparison.TermFrequencies!);
        for (int code = 0; code < adjustment.Length; code++)
        {
            adjustment[code] = (int)Math.Round(level.TermFrequencyWeight * adjustment[code]);
        }
        return adjustment;
    }

    private int[] WeighValues(double probability, TermFrequencyTable frequencies)
    {
        int[] weights = new int[Column.Values.Count];
        weights.AsSpan().Fill(MatchWeights.FromRatio(probability, frequencies.Default));
        foreach ((string value, double frequency) in frequencies.Values)
        {
            int code = Column.Values.Find(Encoding.UTF8.GetBytes(value));
            if (code >= 0)
            {
                weights[code] = MatchWeights.FromRatio(probability, frequency);
            }
        }
        return weights;
    }
}

/// <summary>The screen of a comparison, if it has one.</summary>
/// <param name="Screen">The screen, or null.</param>
internal sealed record LevelScreens(LevelScreen? Screen);

/// <summary>Does a field hold values that were not spelled in Latin?</summary>
/// <param name="Any">Whether it does.</param>
internal sealed record OtherScripts(bool Any);
