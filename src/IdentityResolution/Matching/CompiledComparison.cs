using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Standardization;

namespace IdentityResolution.Matching;

/// <summary>A comparison made ready for one table: codes, parsed conditions, integer weights.</summary>
internal sealed class CompiledComparison
{
    private readonly LevelCondition[] _conditions;
    private readonly FeatureCodes?[] _featureCodes;
    private readonly int[]?[] _features;
    private readonly WordTable? _words;
    private readonly GramTable? _grams;
    private readonly NicknameTable _nicknames;
    private readonly double _exactM;
    private readonly TermFrequencyTable? _frequencies;
    private int _weighed;

    /// <summary>Prepares a comparison.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="table">The records.</param>
    /// <param name="before">The same comparison with other probabilities, prepared for the same records; null = none.</param>
    /// <param name="grows">May values come later? Then nothing is told at a glance.</param>
    public CompiledComparison(Comparison comparison, FieldTable table, CompiledComparison? before = null, bool grows = false)
    {
        Column = table[comparison.Field];
        _nicknames = table.Nicknames;
        _conditions = [.. comparison.Levels.Select(level => LevelCondition.Parse(level.When, out _)!.Value)];
        _featureCodes = [.. comparison.Levels.Zip(_conditions, (_, condition) => condition.Function == LevelFunction.Same
            ? table.Prepare($"{comparison.Field}.{condition.Step}").Features
            : null)];
        _features = [.. _featureCodes.Select(features => features?.Codes)];
        _words = Array.Exists(_conditions, condition => condition.Function is LevelFunction.Words or LevelFunction.Contained) ? table.Words(comparison.Field) : null;
        _grams = comparison.GramFrequencies is { } gramFrequencies && comparison.UsesGrams ? before?._grams ?? new GramTable(Column.Values, gramFrequencies) : null;
        Screen = grows ? null : table.Derive(
            $"{comparison.Field}\0{string.Join('\0', comparison.Levels.Select(level => level.When))}",
            () => new LevelScreens(LevelScreen.Create(Column, _conditions, _features, _nicknames))).Screen;
        MayBeMissing = grows || Column.IsLabelled || table.Derive($"{comparison.Field}\0scripts", () => new OtherScripts(LevelEvaluator.HasOtherScripts(Column.Values))).Any;
        ExactLevel = Array.FindIndex(_conditions, condition => condition.Function == LevelFunction.Exact);
        LevelWeights = [.. comparison.Levels.Select(level => level.Weight)];
        LevelWeightsAgainstRelated = [.. comparison.Levels.Select(level => level.WeightAgainstRelated)];
        if (ExactLevel >= 0 && comparison.TermFrequencies is { } frequencies && comparison.Levels[ExactLevel].MProbability is { } m)
        {
            (_exactM, _frequencies) = (m, frequencies);
            ExactWeights = WeighValues(m, frequencies);
            _weighed = ExactWeights.Length;
        }
        MaxWeight = new PairWeight(
            Math.Max(0, Math.Max(LevelWeights.Max(), _frequencies is null ? 0 : RarestWeight(_exactM, _frequencies))),
            Math.Max(0, LevelWeightsAgainstRelated.Max()));
    }

    // The same comparison for other records that have the same values.
    private CompiledComparison(CompiledComparison other, FieldColumn column)
    {
        Column = column;
        _conditions = other._conditions;
        _featureCodes = other._featureCodes;
        _features = other._features;
        _words = other._words;
        _grams = other._grams;
        _nicknames = other._nicknames;
        _exactM = other._exactM;
        _frequencies = other._frequencies;
        _weighed = other._weighed;
        ExactLevel = other.ExactLevel;
        LevelWeights = other.LevelWeights;
        LevelWeightsAgainstRelated = other.LevelWeightsAgainstRelated;
        ExactWeights = other.ExactWeights;
        MaxWeight = other.MaxWeight;
        MayBeMissing = other.MayBeMissing;
    }

    /// <summary>Makes the features and words of values that the comparison looks at, so that several can be prepared at once.</summary>
    public static void Prepare(Comparison comparison, FieldTable table)
    {
        foreach (ComparisonLevel level in comparison.Levels)
        {
            LevelCondition condition = LevelCondition.Parse(level.When, out _)!.Value;
            if (condition.Function == LevelFunction.Same)
            {
                table.Prepare($"{comparison.Field}.{condition.Step}");
            }
            else if (condition.Function is LevelFunction.Words or LevelFunction.Contained)
            {
                table.Words(comparison.Field);
            }
        }
    }

    /// <summary>The field.</summary>
    public FieldColumn Column { get; }

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
    public int[]? ExactWeights { get; private set; }

    /// <summary>The most that the comparison can add to each sum; at least 0, as a missing value adds nothing.</summary>
    public PairWeight MaxWeight { get; }

    /// <summary>A new evaluator for one thread.</summary>
    public LevelEvaluator CreateEvaluator() => new(Column, _conditions, _features, _words, _grams, _nicknames, Screen);

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

    /// <summary>The same comparison for other records that have the same values.</summary>
    public CompiledComparison Over(FieldTable table) => new(this, table[Column.Name]);

    /// <summary>Prepares the values that came since, and forgets those that went.</summary>
    public void Extend()
    {
        for (int level = 0; level < _features.Length; level++)
        {
            _features[level] = _featureCodes[level]?.Codes;
        }
        _grams?.Extend();
        if (_frequencies is null || ExactWeights is not { } weights)
        {
            return;
        }
        int count = Column.Values.Count;
        if (weights.Length < count)
        {
            Array.Resize(ref weights, Math.Max(count, weights.Length + (weights.Length / 2)));
            ExactWeights = weights;
        }
        for (int code = Math.Min(_weighed, count); code < count; code++)
        {
            weights[code] = MatchWeights.FromRatio(
                _exactM, _frequencies.Values.TryGetValue(Column.Values.GetString(code), out double listed) ? listed : _frequencies.Default);
        }
        _weighed = count;
    }

    // No value weighs more, whichever values there are.
    private static int RarestWeight(double m, TermFrequencyTable frequencies) =>
        MatchWeights.FromRatio(m, frequencies.Values.Values.Append(frequencies.Default).Min());

    private int[] WeighValues(double m, TermFrequencyTable frequencies)
    {
        int[] weights = new int[Column.Values.Count];
        weights.AsSpan().Fill(MatchWeights.FromRatio(m, frequencies.Default));
        foreach ((string value, double frequency) in frequencies.Values)
        {
            int code = Column.Values.Find(Encoding.UTF8.GetBytes(value));
            if (code >= 0)
            {
                weights[code] = MatchWeights.FromRatio(m, frequency);
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
