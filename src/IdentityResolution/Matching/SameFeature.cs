using IdentityResolution.Features;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Standardization;

namespace IdentityResolution.Matching;

/// <summary>Tells whether a transform makes the same of two values. Holds scratch; one per thread.</summary>
internal sealed class SameFeature(NicknameTable nicknames)
{
    private readonly FeatureScratch _left = new();
    private readonly FeatureScratch _right = new();
    private readonly TransformStep[] _steps = new TransformStep[1];

    /// <summary>Have both values the feature, and is it the same?</summary>
    public bool Holds(TransformStep step, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        _steps[0] = step;
        ReadOnlySpan<byte> feature = _left.Apply(_steps, left, nicknames);
        return !feature.IsEmpty && feature.SequenceEqual(_right.Apply(_steps, right, nicknames));
    }

    /// <summary>A number that is equal for equal features; negative when the value has none.</summary>
    public int Hash(TransformStep step, ReadOnlySpan<byte> value)
    {
        _steps[0] = step;
        ReadOnlySpan<byte> feature = _left.Apply(_steps, value, nicknames);
        return feature.IsEmpty ? -1 : (int)(StableHash.Of(feature) & int.MaxValue);
    }
}
