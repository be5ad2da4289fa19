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
    public CompiledComparison(Comparison comparison, FieldTable table, CompiledComparison? before = null)
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
    }

    /// <summary>The field.</summary>
    public FieldColumn Column { get; }

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
    public LevelEvaluator CreateEvaluator() => new(Column.Values, _conditions, _features, _words, _grams, _nicknames);

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
