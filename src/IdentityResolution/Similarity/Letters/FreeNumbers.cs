using System.Buffers;

namespace IdentityResolution.Similarity.Letters;

/// <summary>Characters that a pair of texts does not hold, for texts with more different letters than there are surrogates.</summary>
internal ref struct FreeNumbers(ReadOnlySpan<char> units)
{
    private readonly ReadOnlySpan<char> _units = units;
    private bool[]? _isTaken;
    private int _last = char.MaxValue + 1;

    /// <summary>The next one from above; neither white space, which would part words, nor a surrogate.</summary>
    /// <returns>Whether one is left.</returns>
    public bool TryNext(out char number)
    {
        _isTaken ??= Taken();
        do
        {
            _last--;
        }
        while (_last >= 0 && (_isTaken[_last] || char.IsWhiteSpace((char)_last) || char.IsSurrogate((char)_last)));
        number = unchecked((char)_last);
        return _last >= 0;
    }

    public readonly void Dispose()
    {
        if (_isTaken is not null)
        {
            ArrayPool<bool>.Shared.Return(_isTaken);
        }
    }

    private readonly bool[] Taken()
    {
        bool[] isTaken = ArrayPool<bool>.Shared.Rent(char.MaxValue + 1);
        isTaken.AsSpan().Clear();
        foreach (char unit in _units)
        {
            isTaken[unit] = true;
        }
        return isTaken;
    }
}
