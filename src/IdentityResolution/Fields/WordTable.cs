using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>The words of every distinct value of a field: numbered, and per value sorted without repeats.</summary>
/// <remarks>Words are what blanks separate, as standardization leaves them. Immutable; safe for concurrent readers.</remarks>
internal sealed class WordTable
{
    private readonly ValueDictionary _words = new(1024);
    private readonly int[] _starts;
    private readonly int[] _numbers;

    /// <summary>Splits every value once.</summary>
    public WordTable(ValueDictionary values)
    {
        _starts = new int[values.Count + 1];
        var numbers = new List<int>(values.Count * 2);
        var own = new List<int>();
        for (int code = 0; code < values.Count; code++)
        {
            own.Clear();
            ReadOnlySpan<byte> value = values[code];
            foreach (Range word in value.Split((byte)' '))
            {
                if (word.End.Value > word.Start.Value)
                {
                    own.Add(_words.GetOrAdd(value[word]));
                }
            }
            own.Sort();
            for (int i = 0; i < own.Count; i++)
            {
                if (i == 0 || own[i] != own[i - 1])
                {
                    numbers.Add(own[i]);
                }
            }
            _starts[code + 1] = numbers.Count;
        }
        _numbers = [.. numbers];
    }

    /// <summary>Every word once; a word's number is its code.</summary>
    public ValueDictionary Distinct => _words;

    /// <summary>The words of a value as numbers, ascending, each once.</summary>
    public ReadOnlySpan<int> this[int code] => _numbers.AsSpan(_starts[code], _starts[code + 1] - _starts[code]);

    /// <summary>A word by its number.</summary>
    public ReadOnlySpan<byte> Word(int number) => _words[number];
}
