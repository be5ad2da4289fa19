using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>The words of every distinct value of a field.</summary>
/// <remarks>Words are what blanks separate, as standardization leaves them.</remarks>
internal sealed class WordTable : PartTable
{
    private readonly ValueDictionary _words = new(1024);
    private int _markedWords;

    /// <summary>Splits every value once.</summary>
    public WordTable(ValueDictionary values)
        : base(values) => Extend();

    /// <summary>Every word once; a word's number is its code.</summary>
    public ValueDictionary Distinct => _words;

    /// <summary>A word by its number.</summary>
    public ReadOnlySpan<byte> Word(int number) => _words[number];

    /// <inheritdoc/>
    public override void Mark()
    {
        base.Mark();
        _markedWords = _words.Count;
    }

    /// <inheritdoc/>
    public override void Rollback()
    {
        base.Rollback();
        _words.Truncate(_markedWords);
    }

    /// <inheritdoc/>
    protected override void Split(ReadOnlySpan<byte> value, List<int> parts)
    {
        foreach (Range word in value.Split((byte)' '))
        {
            if (word.End.Value > word.Start.Value)
            {
                parts.Add(_words.GetOrAdd(value[word]));
            }
        }
    }
}
