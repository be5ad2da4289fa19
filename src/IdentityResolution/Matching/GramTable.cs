using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>The character triples of every distinct value of a field, and how much each weighs: rare ones more.</summary>
/// <remarks>
/// A triple weighs the square of ln(1 / frequency): the cosine of two values is that of their vectors of inverse document frequencies.
/// Weights are whole numbers, so that sums do not depend on the order of triples. Immutable; safe for concurrent readers.
/// Source: Salton and Buckley (1988), "Term-weighting approaches in automatic text retrieval", Information Processing and Management 24(5).
/// </remarks>
internal sealed class GramTable
{
    /// <summary>Characters of a gram.</summary>
    public const int Length = 3;

    private const double Scale = 256;
    private readonly int[] _starts;
    private readonly int[] _numbers;
    private readonly int[] _weights;
    private readonly long[] _norms;

    /// <summary>Splits every value once.</summary>
    /// <param name="values">The distinct values.</param>
    /// <param name="frequencies">How common the triples are.</param>
    public GramTable(ValueDictionary values, TermFrequencyTable frequencies)
    {
        var numberOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = numberOf.GetAlternateLookup<ReadOnlySpan<char>>();
        var listed = new Dictionary<string, double>(frequencies.Values, StringComparer.Ordinal);
        var weights = new List<int>();
        var numbers = new List<int>(values.Count * 8);
        _starts = new int[values.Count + 1];
        _norms = new long[values.Count];
        var own = new List<int>();
        char[] buffer = new char[256];
        for (int code = 0; code < values.Count; code++)
        {
            own.Clear();
            foreach (Range range in Split(values[code], ref buffer, out ReadOnlySpan<char> padded))
            {
                ReadOnlySpan<char> gram = padded[range];
                if (!lookup.TryGetValue(gram, out int number))
                {
                    number = weights.Count;
                    lookup[gram] = number;
                    weights.Add(Weigh(listed.GetValueOrDefault(gram.ToString(), frequencies.Default)));
                }
                own.Add(number);
            }
            own.Sort();
            for (int i = 0; i < own.Count; i++)
            {
                if (i == 0 || own[i] != own[i - 1])
                {
                    numbers.Add(own[i]);
                    _norms[code] += weights[own[i]];
                }
            }
            _starts[code + 1] = numbers.Count;
        }
        _numbers = [.. numbers];
        _weights = [.. weights];
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
        ReadOnlySpan<int> left = _numbers.AsSpan(_starts[leftCode], _starts[leftCode + 1] - _starts[leftCode]);
        ReadOnlySpan<int> right = _numbers.AsSpan(_starts[rightCode], _starts[rightCode + 1] - _starts[rightCode]);
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

    private static int Weigh(double frequency) => (int)Math.Round(Scale * Math.Pow(Math.Log(1 / frequency), 2));
}
