using System.Runtime.InteropServices;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>The words of every distinct value of a field: numbered, and per value sorted without repeats.</summary>
/// <remarks>Words are what blanks separate, as standardization leaves them. Grows with the values; safe for concurrent readers otherwise.</remarks>
internal sealed class WordTable
{
    private readonly ValueDictionary _values;
    private readonly ValueDictionary _words = new(1024);
    private readonly List<int> _starts;
    private readonly List<int> _numbers;
    private readonly List<int> _own = [];
    private (int Values, int Words) _mark;

    /// <summary>Splits every value once.</summary>
    public WordTable(ValueDictionary values)
    {
        _values = values;
        _starts = new List<int>(values.Count + 1) { 0 };
        _numbers = new List<int>(values.Count * 2);
        Extend();
    }

    /// <summary>Every word once; a word's number is its code.</summary>
    public ValueDictionary Distinct => _words;

    /// <summary>The words of a value as numbers, ascending, each once.</summary>
    public ReadOnlySpan<int> this[int code] => CollectionsMarshal.AsSpan(_numbers)[_starts[code].._starts[code + 1]];

    /// <summary>A word by its number.</summary>
    public ReadOnlySpan<byte> Word(int number) => _words[number];

    /// <summary>Splits the values that came since.</summary>
    public void Extend()
    {
        for (int code = _starts.Count - 1; code < _values.Count; code++)
        {
            Add(_values[code]);
        }
    }

    /// <summary>Remembers how much there is.</summary>
    public void Mark() => _mark = (_starts.Count - 1, _words.Count);

    /// <summary>Forgets what came since the mark.</summary>
    public void Rollback()
    {
        CollectionsMarshal.SetCount(_numbers, _starts[_mark.Values]);
        CollectionsMarshal.SetCount(_starts, _mark.Values + 1);
        _words.Truncate(_mark.Words);
    }

    private void Add(ReadOnlySpan<byte> value)
    {
        _own.Clear();
        foreach (Range word in value.Split((byte)' '))
        {
            if (word.End.Value > word.Start.Value)
            {
                _own.Add(_words.GetOrAdd(value[word]));
            }
        }
        _own.Sort();
        for (int i = 0; i < _own.Count; i++)
        {
            if (i == 0 || _own[i] != _own[i - 1])
            {
                _numbers.Add(_own[i]);
            }
        }
        _starts.Add(_numbers.Count);
    }
}
