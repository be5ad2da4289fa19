using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>A weight for each value of a field that depends on how common the value is; grows with the values.</summary>
/// <remarks>
/// Only values that are listed weigh something of their own. A bit for each value tells them, up to the last that is listed: those are common, and so met
/// early. All of it stays in the processor's caches.
/// </remarks>
internal sealed class ValueWeights
{
    private readonly ValueDictionary _values;
    private readonly TermFrequencyTable _frequencies;
    private readonly double _probability;
    private readonly double _share;
    private readonly int _default;
    private Word[] _words = [];
    private int[] _weights = [];
    private int _wordCount;
    private int _weightCount;
    private int _count;

    /// <summary>Weighs every value once.</summary>
    /// <param name="values">The distinct values.</param>
    /// <param name="probability">What a value's frequency is measured against.</param>
    /// <param name="frequencies">How common the values are.</param>
    /// <param name="share">How much of the weight counts, in [0, 1].</param>
    public ValueWeights(ValueDictionary values, double probability, TermFrequencyTable frequencies, double share = 1)
    {
        (_values, _probability, _frequencies, _share) = (values, probability, frequencies, share);
        _default = Weigh(frequencies.Default);
        double least = frequencies.Default;
        // The code above, its weight below: listed in order of codes.
        var listed = new List<long>(frequencies.Values.Count);
        foreach ((string value, double frequency) in frequencies.Values)
        {
            least = Math.Min(least, frequency);
            int code = values.Find(Encoding.UTF8.GetBytes(value));
            if (code >= 0)
            {
                listed.Add(((long)code << 32) | (uint)Weigh(frequency));
            }
        }
        Most = Weigh(least);
        listed.Sort();
        _count = values.Count;
        foreach (long entry in listed)
        {
            List((int)(entry >> 32), (int)entry);
        }
    }

    /// <summary>No value weighs more, whichever values there are.</summary>
    public int Most { get; }

    /// <summary>The weight of a value code, in millibits: 1000 log2(probability / frequency), times the share.</summary>
    public int this[int code]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (code >= _wordCount * Word.Bits)
            {
                return _default;
            }
            ref readonly Word word = ref _words[code / Word.Bits];
            ulong bit = 1UL << (code % Word.Bits);
            return (word.Listed & bit) == 0 ? _default : _weights[word.Before + BitOperations.PopCount(word.Listed & (bit - 1))];
        }
    }

    /// <summary>Weighs the values that came since, and forgets those that went.</summary>
    public void Extend()
    {
        int count = _values.Count;
        if (count < _count)
        {
            Truncate(count);
        }
        for (; _count < count; _count++)
        {
            if (_frequencies.Values.TryGetValue(_values.GetString(_count), out double listed))
            {
                List(_count, Weigh(listed));
            }
        }
    }

    // Values are listed in ascending order of their codes.
    private void List(int code, int weight)
    {
        int words = (code / Word.Bits) + 1;
        if (words > _words.Length)
        {
            Array.Resize(ref _words, Math.Max(words, 2 * _words.Length));
        }
        while (_wordCount < words)
        {
            _words[_wordCount++] = new Word { Before = _weightCount };
        }
        if (_weightCount == _weights.Length)
        {
            Array.Resize(ref _weights, Math.Max(16, 2 * _weightCount));
        }
        _words[code / Word.Bits].Listed |= 1UL << (code % Word.Bits);
        _weights[_weightCount++] = weight;
    }

    private void Truncate(int count)
    {
        _count = count;
        int words = (count + Word.Bits - 1) / Word.Bits;
        if (words > _wordCount)
        {
            return;
        }
        (_wordCount, _weightCount) = (words, 0);
        if (count > 0)
        {
            ref Word last = ref _words[_wordCount - 1];
            last.Listed &= ulong.MaxValue >> ((Word.Bits - (count % Word.Bits)) % Word.Bits);
            _weightCount = last.Before + BitOperations.PopCount(last.Listed);
        }
    }

    private int Weigh(double frequency) => (int)Math.Round(_share * MatchWeights.FromRatio(_probability, frequency));

    // Which of 64 values are listed, and how many are before them.
    private struct Word
    {
        public const int Bits = 64;
        public ulong Listed;
        public int Before;
    }
}
