using IdentityResolution.Features;
using IdentityResolution.Internals;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>A feature that a value has several of: one code for each of its words, or bands.</summary>
/// <remarks>Grows with the parts; safe for concurrent readers otherwise.</remarks>
internal sealed class SplitFeature
{
    private readonly FieldColumn _column;
    private readonly PartTable _parts;
    private readonly FeatureCodes? _features;

    /// <summary>Prepares a feature whose codes are the parts themselves.</summary>
    /// <param name="column">The field.</param>
    /// <param name="parts">The parts of the field's values.</param>
    public SplitFeature(FieldColumn column, PartTable parts)
    {
        _column = column;
        _parts = parts;
    }

    /// <summary>Prepares a feature of words.</summary>
    /// <param name="column">The field.</param>
    /// <param name="words">The words of the field's values.</param>
    /// <param name="steps">What is done with each word; empty = nothing.</param>
    /// <param name="nicknames">Which given names stand for each other.</param>
    /// <param name="workers">Threads; null = one.</param>
    public SplitFeature(FieldColumn column, WordTable words, TransformStep[] steps, NicknameTable nicknames, Workers? workers = null)
        : this(column, words)
    {
        _features = steps.Length == 0 ? null : new FeatureCodes(words.Distinct, steps, nicknames, workers);
    }

    /// <summary>The features of the words; null = the parts themselves.</summary>
    public FeatureCodes? Features => _features;

    /// <summary>Adds the codes of a record to a list, each once, in ascending order.</summary>
    public void AddCodes(int record, List<int> codes)
    {
        codes.Clear();
        int value = _column.Codes[record];
        if (value < 0)
        {
            return;
        }
        foreach (int member in _column.MembersOf(value))
        {
            foreach (int part in _parts[member])
            {
                int code = _features is null ? part : _features.Codes[part];
                if (code >= 0 && ((_features is null && _column.Sets is null) || !codes.Contains(code)))
                {
                    codes.Add(code);
                }
            }
        }
        codes.Sort();
    }
}
