using System.Text;
using IdentityResolution.Features;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>What transforms make of each value of a dictionary, as codes; grows with the dictionary.</summary>
internal sealed class FeatureCodes
{
    private readonly ValueDictionary _values;
    private readonly TransformStep[] _steps;
    private readonly NicknameTable _nicknames;
    private readonly ValueDictionary _features;
    private int _count;
    private (int Values, int Features) _mark;
    private char[] _from = new char[256];
    private char[] _to = new char[256];
    private byte[] _utf8 = new byte[1024];

    /// <summary>Applies the transforms to each value.</summary>
    public FeatureCodes(ValueDictionary values, IEnumerable<TransformStep> steps, NicknameTable nicknames)
    {
        _values = values;
        _steps = [.. steps];
        _nicknames = nicknames;
        _features = new ValueDictionary(values.Count / 2);
        Codes = new int[values.Count];
        Extend();
    }

    /// <summary>How many different features there are: codes are below it.</summary>
    public int Count => _features.Count;

    /// <summary>Feature code per value code; -1 = the value has no such feature. Length: values at least; replaced by a longer one when it grows.</summary>
    public int[] Codes { get; private set; }

    /// <summary>Applies the transforms to the values that came since.</summary>
    public void Extend()
    {
        if (_values.Count > Codes.Length)
        {
            int[] codes = Codes;
            Array.Resize(ref codes, Math.Max(_values.Count, codes.Length + (codes.Length / 2)));
            Codes = codes;
        }
        for (; _count < _values.Count; _count++)
        {
            Codes[_count] = Code(_values[_count]);
        }
    }

    /// <summary>Remembers how much there is.</summary>
    public void Mark() => _mark = (_count, _features.Count);

    /// <summary>Forgets what came since the mark.</summary>
    public void Rollback()
    {
        _count = _mark.Values;
        _features.Truncate(_mark.Features);
    }

    private int Code(ReadOnlySpan<byte> value)
    {
        if (value.Length > _from.Length)
        {
            Array.Resize(ref _from, value.Length * 2);
            Array.Resize(ref _to, value.Length * 2);
            Array.Resize(ref _utf8, value.Length * 6);
        }
        int length = Encoding.UTF8.GetChars(value, _from);
        foreach (TransformStep step in _steps)
        {
            length = Transforms.Apply(step, _from.AsSpan(0, length), _to, _nicknames);
            (_from, _to) = (_to, _from);
            if (length == 0)
            {
                return -1;
            }
        }
        return _features.GetOrAdd(_utf8.AsSpan(0, Encoding.UTF8.GetBytes(_from.AsSpan(0, length), _utf8)));
    }
}
