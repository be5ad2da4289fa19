using System.Text;
using IdentityResolution.Features;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>A run of the distinct values of a field: what transforms make of them is made apart from other runs and numbered in their turn.</summary>
internal sealed class FeatureRun
{
    private const int MostValues = 16 * 1024;
    private readonly ValueDictionary _values;
    private readonly int _first;
    private BytePlace[] _places;
    private byte[] _bytes = [];
    private int _end;

    private FeatureRun(ValueDictionary values, int first, int count)
    {
        _values = values;
        _first = first;
        _places = GC.AllocateUninitializedArray<BytePlace>(count);
    }

    /// <summary>Cuts the values of a field into runs.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many of them, from the first.</param>
    public static FeatureRun[] Cut(ValueDictionary values, int count)
    {
        var runs = new FeatureRun[(count + MostValues - 1) / MostValues];
        for (int run = 0; run < runs.Length; run++)
        {
            int first = run * MostValues;
            runs[run] = new FeatureRun(values, first, Math.Min(MostValues, count - first));
        }
        return runs;
    }

    /// <summary>Applies the transforms to each value; nothing is kept of a value that has no such feature.</summary>
    public void Transform(TransformStep[] steps, NicknameTable nicknames, FeatureScratch scratch)
    {
        for (int i = 0; i < _places.Length; i++)
        {
            ReadOnlySpan<byte> feature = scratch.Apply(steps, _values[_first + i], nicknames);
            if (_bytes.Length - _end < feature.Length)
            {
                long wanted = Math.Max(_end + feature.Length, (long)_places.Length * ((_end / (i + 1)) + 8));
                Room.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(wanted, _bytes.Length * 5L / 4)), _end);
            }
            feature.CopyTo(_bytes.AsSpan(_end));
            _places[i] = new BytePlace(_end, feature.Length);
            _end += feature.Length;
        }
    }

    /// <summary>Adds the features to a dictionary, notes the code of each value, and lets go of the texts.</summary>
    public void Encode(ValueDictionary features, Span<int> codes)
    {
        double share = (double)(_first + _places.Length) / codes.Length;
        features.GetOrAddAll(_bytes, _places, codes.Slice(_first, _places.Length), share);
        (_bytes, _places) = ([], []);
    }
}

/// <summary>Room for making features, of one thread.</summary>
internal sealed class FeatureScratch
{
    private char[] _from = new char[256];
    private char[] _to = new char[256];
    private byte[] _utf8 = new byte[1024];

    /// <summary>What transforms make of a value, as UTF-8; empty = the value has no such feature. Holds until the next call.</summary>
    public ReadOnlySpan<byte> Apply(TransformStep[] steps, ReadOnlySpan<byte> value, NicknameTable nicknames)
    {
        int step = 0;
        if (Ascii.IsValid(value))
        {
            // What only cuts a piece out of a value needs no other form of it.
            while (step < steps.Length && AsciiTransforms.TryCut(steps[step], value, out ReadOnlySpan<byte> piece))
            {
                value = piece;
                step++;
                if (value.IsEmpty)
                {
                    return [];
                }
            }
        }
        return step == steps.Length ? value : ApplyToCharacters(steps.AsSpan(step), value, nicknames);
    }

    private ReadOnlySpan<byte> ApplyToCharacters(ReadOnlySpan<TransformStep> steps, ReadOnlySpan<byte> value, NicknameTable nicknames)
    {
        if (value.Length > _from.Length)
        {
            Array.Resize(ref _from, value.Length * 2);
            Array.Resize(ref _to, value.Length * 2);
            Array.Resize(ref _utf8, value.Length * 6);
        }
        int length = Encoding.UTF8.GetChars(value, _from);
        foreach (TransformStep step in steps)
        {
            length = Transforms.Apply(step, _from.AsSpan(0, length), _to, nicknames);
            (_from, _to) = (_to, _from);
            if (length == 0)
            {
                return [];
            }
        }
        return _utf8.AsSpan(0, Encoding.UTF8.GetBytes(_from.AsSpan(0, length), _utf8));
    }
}
