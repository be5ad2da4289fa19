using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>A weight for each value of a field that depends on how common the value is; grows with the values.</summary>
internal sealed class ValueWeights
{
    private readonly ValueDictionary _values;
    private readonly TermFrequencyTable _frequencies;
    private readonly double _probability;
    private readonly double _share;
    private int _count;

    /// <summary>Weighs every value once.</summary>
    /// <param name="values">The distinct values.</param>
    /// <param name="probability">What a value's frequency is measured against.</param>
    /// <param name="frequencies">How common the values are.</param>
    /// <param name="share">How much of the weight counts, in [0, 1].</param>
    public ValueWeights(ValueDictionary values, double probability, TermFrequencyTable frequencies, double share = 1)
    {
        (_values, _probability, _frequencies, _share) = (values, probability, frequencies, share);
        Most = Weigh(frequencies.Values.Values.Append(frequencies.Default).Min());
        Codes = new int[values.Count];
        Codes.AsSpan().Fill(Weigh(frequencies.Default));
        foreach ((string value, double frequency) in frequencies.Values)
        {
            int code = values.Find(Encoding.UTF8.GetBytes(value));
            if (code >= 0)
            {
                Codes[code] = Weigh(frequency);
            }
        }
        _count = values.Count;
    }

    /// <summary>The weight of each value code, in millibits: 1000 log2(probability / frequency), times the share. Length: values at least; replaced by a longer one when it grows.</summary>
    public int[] Codes { get; private set; }

    /// <summary>No value weighs more, whichever values there are.</summary>
    public int Most { get; }

    /// <summary>Weighs the values that came since, and forgets those that went.</summary>
    /// <returns>Have the weights moved to another array?</returns>
    public bool Extend()
    {
        int count = _values.Count;
        bool moves = Codes.Length < count;
        if (moves)
        {
            int[] codes = Codes;
            Array.Resize(ref codes, Math.Max(count, codes.Length + (codes.Length / 2)));
            Codes = codes;
        }
        for (int code = Math.Min(_count, count); code < count; code++)
        {
            Codes[code] = Weigh(_frequencies.Values.TryGetValue(_values.GetString(code), out double listed) ? listed : _frequencies.Default);
        }
        _count = count;
        return moves;
    }

    private int Weigh(double frequency) => (int)Math.Round(_share * MatchWeights.FromRatio(_probability, frequency));
}
