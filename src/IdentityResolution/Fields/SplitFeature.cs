using IdentityResolution.Features;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>A feature that a value has several of: one code for each of its words.</summary>
/// <remarks>Grows with the words; safe for concurrent readers otherwise.</remarks>
internal sealed class SplitFeature
{
    private readonly FieldColumn _column;
    private readonly WordTable _words;
    private readonly FeatureCodes? _features;

    /// <summary>Prepares the feature.</summary>
    /// <param name="column">The field.</param>
    /// <param name="words">The words of the field's values.</param>
    /// <param name="steps">What is done with each word; empty = nothing.</param>
    /// <param name="nicknames">Which given names stand for each other.</param>
    public SplitFeature(FieldColumn column, WordTable words, TransformStep[] steps, NicknameTable nicknames)
    {
        _column = column;
        _words = words;
        _features = steps.Length == 0 ? null : new FeatureCodes(words.Distinct, steps, nicknames);
    }

    /// <summary>The features of the words; null = the words themselves.</summary>
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
            foreach (int word in _words[member])
            {
                int code = _features is null ? word : _features.Codes[word];
                if (code >= 0 && ((_features is null && _column.Sets is null) || !codes.Contains(code)))
                {
                    codes.Add(code);
                }
            }
        }
        codes.Sort();
    }
}
