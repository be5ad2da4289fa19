using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Review;

/// <summary>Tells of a pair what both records hold in each field and what it weighs.</summary>
internal sealed class PairExplainer
{
    private readonly IdentityModel _model;
    private readonly RecordTable _records;
    private readonly CompiledModel _compiled;
    private readonly PairComparer _comparer;

    public PairExplainer(IdentityModel model, RecordTable records, FieldTable table)
    {
        _model = model;
        _records = records;
        _compiled = new CompiledModel(model, table);
        _comparer = new PairComparer(_compiled);
    }

    /// <summary>The pair as a person sees it.</summary>
    public PairToLabel Explain(int one, int other, double probability, int similar)
    {
        (int left, int right) = _records.Keys.Compare(one, other) <= 0 ? (one, other) : (other, one);
        var levels = new byte[_compiled.Comparisons.Length];
        uint swaps = _comparer.Compare(left, right, levels);
        var crosswise = new HashSet<int>();
        for (int swap = 0; swap < _compiled.Swaps.Length; swap++)
        {
            if (((swaps >> swap) & 1) != 0)
            {
                crosswise.Add(_compiled.Swaps[swap].First);
                crosswise.Add(_compiled.Swaps[swap].Second);
            }
        }
        bool againstKinship = DecidedByKinship(left, right, levels, crosswise);
        var fields = new List<FieldToLabel>();
        for (int i = 0; i < levels.Length; i++)
        {
            Comparison comparison = _model.Comparisons[i];
            (string? leftValue, string? rightValue) = (Value(comparison.Field, left), Value(comparison.Field, right));
            fields.Add(levels[i] == PairComparer.Missing
                ? new FieldToLabel(comparison.Field, leftValue, rightValue, null, FieldAgreement.Unknown, null)
                : new FieldToLabel(
                    comparison.Field, leftValue, rightValue, comparison.Levels[levels[i]].When,
                    crosswise.Contains(i) ? FieldAgreement.Crosswise : Agreement(_compiled.Comparisons[i], left, right, levels[i]),
                    Weight(i, left, right, levels[i], crosswise.Contains(i), againstKinship) / 1000.0));
        }
        fields.AddRange(_model.Fields
            .Where(field => !_model.Comparisons.Any(comparison => string.Equals(comparison.Field, field.Name, StringComparison.Ordinal)))
            .Select(field => new FieldToLabel(field.Name, Value(field.Name, left), Value(field.Name, right), null, FieldAgreement.Unknown, null)));
        double prior = (againstKinship ? _compiled.PriorWeight.AgainstKinship : _compiled.PriorWeight.AgainstCoincidence) / 1000.0;
        return new PairToLabel(
            _records.Keys.Key(left), _records.Keys.Key(right), fields, prior, _comparer.Weigh(left, right, int.MinValue) / 1000.0, probability, similar);
    }

    private static FieldAgreement Agreement(CompiledComparison comparison, int left, int right, byte level)
    {
        bool equal = comparison.Column.Codes[left] == comparison.Column.Codes[right];
        return equal ? FieldAgreement.Equal : level == comparison.LevelCount - 1 ? FieldAgreement.Different : FieldAgreement.Close;
    }

    private bool DecidedByKinship(int left, int right, byte[] levels, HashSet<int> crosswise)
    {
        PairWeight sum = _compiled.PriorWeight;
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i] != PairComparer.Missing)
            {
                bool isCrosswise = crosswise.Contains(i);
                sum += new PairWeight(
                    Weight(i, left, right, levels[i], isCrosswise, againstKinship: false), Weight(i, left, right, levels[i], isCrosswise, againstKinship: true));
            }
        }
        return sum.AgainstKinship < sum.AgainstCoincidence;
    }

    // A value that stands crosswise weighs as an average one.
    private int Weight(int comparison, int left, int right, byte level, bool crosswise, bool againstKinship)
    {
        CompiledComparison compiled = _compiled.Comparisons[comparison];
        return againstKinship ? compiled.LevelWeightsAgainstRelated[level]
            : crosswise ? compiled.LevelWeights[level]
            : compiled.WeightOf(level, compiled.Column.Codes[left], compiled.Column.Codes[right]);
    }

    // The value as the source wrote it: what was made of it may hide why two differ.
    private string? Value(string field, int record)
    {
        Field described = _model.Fields.First(candidate => string.Equals(candidate.Name, field, StringComparison.Ordinal));
        RecordSegment segment = _records.Segments.First(candidate => record >= candidate.Start && record < candidate.Start + candidate.Count);
        string[] values = [.. FieldInputs.ColumnsOf(described, segment.Source)
            .Select(columns => string.Join(' ', columns
                .Select(segment.Find)
                .Where(column => column is not null && column.Codes[record - segment.Start] >= 0)
                .Select(column => column!.Values.GetString(column.Codes[record - segment.Start]))))
            .Where(value => value.Length > 0)
            .Distinct(StringComparer.Ordinal)];
        return values.Length == 0 ? null : string.Join(" | ", values);
    }
}
