using System.Runtime.InteropServices;
using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>The character triples of every distinct value of a field, and how much each weighs: rare ones more.</summary>
/// <remarks>
/// A triple weighs the square of ln(1 / frequency): the cosine of two values is that of their vectors of inverse document frequencies.
/// Weights are whole numbers, so that sums do not depend on the order of triples. Grows with the values; safe for concurrent readers otherwise.
/// Source: Salton and Buckley (1988), "Term-weighting approaches in automatic text retrieval", Information Processing and Management 24(5).
/// </remarks>
internal sealed class GramTable
{
    /// <summary>Characters of a gram.</summary>
    public const int Length = 3;

    private const double Scale = 256;
    private readonly ValueDictionary _values;
    private readonly TermFrequencyTable _frequencies;
    private readonly Dictionary<string, int> _numberOf = new(StringComparer.Ordinal);
    private readonly List<int> _starts;
    private readonly List<int> _numbers;
    private readonly List<int> _weights = [];
    private readonly List<long> _norms;
    private readonly List<int> _own = [];
    private char[] _buffer = new char[256];

    /// <summary>Splits every value once.</summary>
    /// <param name="values">The distinct values.</param>
    /// <param name="frequencies">How common the triples are.</param>
    public GramTable(ValueDictionary values, TermFrequencyTable frequencies)
    {
        _values = values;
        _frequencies = frequencies;
        _starts = new List<int>(values.Count + 1) { 0 };
        _numbers = new List<int>(values.Count * 8);
        _norms = new List<long>(values.Count);
        Extend();
    }

    /// <summary>Splits the values that came since, and forgets those that went.</summary>
    public void Extend()
    {
        if (_values.Count < _norms.Count)
        {
            CollectionsMarshal.SetCount(_norms, _values.Count);
            CollectionsMarshal.SetCount(_numbers, _starts[_values.Count]);
            CollectionsMarshal.SetCount(_starts, _values.Count + 1);
        }
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = _numberOf.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int code = _norms.Count; code < _values.Count; code++)
        {
            Add(_values[code], lookup);
        }
    }

    /// <summary>The triples of a value: of each word with a blank before and after it.</summary>
    /// <param name="value">A standardized value as UTF-8; words are separated by single blanks.</param>
    /// <param name="buffer">Scratch, grown as needed.</param>
    /// <param name="padded">The characters that the ranges index.</param>
    public static List<Range> Split(ReadOnlySpan<byte> value, ref char[] buffer, out ReadOnlySpan<char> padded)
    {
        if (buffer.Length < value.Length + 2)
        {
            buffer = new char[2 * (value.Length + 2)];
        }
        int length = Encoding.UTF8.GetChars(value, buffer.AsSpan(1));
        buffer[0] = ' ';
        buffer[length + 1] = ' ';
        Span<char> text = buffer.AsSpan(0, length + 2);
        for (int i = 0; i < text.Length; i++)
        {
            // Halves of a character that JSON could not hold alone.
            text[i] = char.IsSurrogate(text[i]) ? '\uFFFD' : text[i];
        }
        var grams = new List<Range>(text.Length);
        for (int i = 0; i + Length <= text.Length; i++)
        {
            // A blank within would tie a word to its neighbour.
            if (text[i + 1] != ' ')
            {
                grams.Add(i..(i + Length));
            }
        }
        padded = text;
        return grams;
    }

    /// <summary>Cosine similarity of two values, in [0, 1]; 0 when either has no triple.</summary>
    public double Cosine(int leftCode, int rightCode)
    {
        ReadOnlySpan<int> numbers = CollectionsMarshal.AsSpan(_numbers);
        ReadOnlySpan<int> left = numbers[_starts[leftCode].._starts[leftCode + 1]];
        ReadOnlySpan<int> right = numbers[_starts[rightCode].._starts[rightCode + 1]];
        long common = 0;
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            int difference = left[i] - right[j];
            common += difference == 0 ? _weights[left[i]] : 0;
            i += difference <= 0 ? 1 : 0;
            j += difference >= 0 ? 1 : 0;
        }
        return common == 0 ? 0 : common / Math.Sqrt((double)_norms[leftCode] * _norms[rightCode]);
    }

    private void Add(ReadOnlySpan<byte> value, Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup)
    {
        _own.Clear();
        foreach (Range range in Split(value, ref _buffer, out ReadOnlySpan<char> padded))
        {
            ReadOnlySpan<char> gram = padded[range];
            if (!lookup.TryGetValue(gram, out int number))
            {
                number = _weights.Count;
                lookup[gram] = number;
                _weights.Add(Weigh(_frequencies.Values.TryGetValue(gram.ToString(), out double listed) ? listed : _frequencies.Default));
            }
            _own.Add(number);
        }
        _own.Sort();
        long norm = 0;
        for (int i = 0; i < _own.Count; i++)
        {
            if (i == 0 || _own[i] != _own[i - 1])
            {
                _numbers.Add(_own[i]);
                norm += _weights[_own[i]];
            }
        }
        _norms.Add(norm);
        _starts.Add(_numbers.Count);
    }

    private static int Weigh(double frequency) => (int)Math.Round(Scale * Math.Pow(Math.Log(1 / frequency), 2));
}
