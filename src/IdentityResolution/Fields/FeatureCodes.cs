using IdentityResolution.Features;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>What transforms make of each value of a dictionary, as codes; grows with the dictionary.</summary>
/// <remarks>The features themselves are not kept: most runs need their codes alone. They are made again when values come later.</remarks>
internal sealed class FeatureCodes
{
    private readonly ValueDictionary _values;
    private readonly TransformStep[] _steps;
    private readonly NicknameTable _nicknames;
    private readonly FeatureScratch _scratch = new();
    private ValueDictionary? _features;
    private int _count;
    private (int Values, int Features) _mark;

    /// <summary>Applies the transforms to each value.</summary>
    /// <param name="values">The values.</param>
    /// <param name="steps">The transforms, applied in turn.</param>
    /// <param name="nicknames">Which given names stand for each other.</param>
    /// <param name="workers">Threads; null = one. The codes do not depend on it.</param>
    public FeatureCodes(ValueDictionary values, IEnumerable<TransformStep> steps, NicknameTable nicknames, Workers? workers = null)
    {
        _values = values;
        _steps = [.. steps];
        _nicknames = nicknames;
        workers ??= Workers.One;
        Codes = workers.Memory.Allocate<int>(values.Count);
        _count = values.Count;
        ValueDictionary features = Encode(Codes.Span, workers);
        Count = features.Count;
        features.Free();
    }

    /// <summary>How many different features there are: codes are below it.</summary>
    public int Count { get; private set; }

    /// <summary>Feature code per value code; -1 = the value has no such feature. Length: values at least; replaced by a longer one when it grows.</summary>
    public LargeArray<int> Codes { get; private set; }

    /// <summary>Applies the transforms to the values that came since.</summary>
    public void Extend()
    {
        if (_count == _values.Count)
        {
            return;
        }
        if (_values.Count > Codes.Length)
        {
            int[] codes = GC.AllocateUninitializedArray<int>(Math.Max(_values.Count, Codes.Length + (Codes.Length / 2)));
            Codes.Span.CopyTo(codes);
            Codes = codes;
        }
        ValueDictionary features = _features ??= Remade();
        for (; _count < _values.Count; _count++)
        {
            ReadOnlySpan<byte> feature = _scratch.Apply(_steps, _values[_count], _nicknames);
            Codes[_count] = feature.IsEmpty ? -1 : features.GetOrAdd(feature);
        }
        Count = features.Count;
    }

    /// <summary>Remembers how much there is.</summary>
    public void Mark() => _mark = (_count, Count);

    /// <summary>Forgets what came since the mark.</summary>
    public void Rollback()
    {
        _count = _mark.Values;
        _features?.Truncate(_mark.Features);
        Count = _mark.Features;
    }

    private ValueDictionary Encode(Span<int> codes, Workers workers)
    {
        FeatureRun[] runs = FeatureRun.Cut(_values, codes.Length);
        workers.Run(runs.Length, static () => new FeatureScratch(), (run, scratch) => runs[run].Transform(_steps, _nicknames, scratch));
        var features = new ValueDictionary(Math.Min(codes.Length / 2, 1024), workers.Memory);
        foreach (FeatureRun run in runs)
        {
            run.Encode(features, codes);
        }
        return features;
    }

    // The same features in the same order have the same codes.
    private ValueDictionary Remade() => Encode(Codes.AsSpan(0, _count), Workers.One);
}
