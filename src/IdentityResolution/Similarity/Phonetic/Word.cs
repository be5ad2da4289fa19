namespace IdentityResolution.Similarity.Phonetic;

/// <summary>A code written character by character, and cut where its length or the destination ends.</summary>
internal ref struct CodeWriter(Span<char> destination)
{
    private readonly Span<char> _destination = destination;

    /// <summary>How many characters the code has so far.</summary>
    public int Length { get; private set; }

    /// <summary>Whether nothing more fits.</summary>
    public readonly bool IsFull => Length == _destination.Length;

    /// <summary>The last character, or NUL when there is none.</summary>
    public readonly char Last => Length == 0 ? '\0' : _destination[Length - 1];

    public void Append(char symbol)
    {
        if (!IsFull)
        {
            _destination[Length++] = symbol;
        }
    }

    public void Append(scoped ReadOnlySpan<char> symbols)
    {
        foreach (char symbol in symbols)
        {
            Append(symbol);
        }
    }
}

/// <summary>What the encoders ask of a word in capital letters. Outside of the word there is NUL.</summary>
internal readonly ref struct Word(ReadOnlySpan<char> letters)
{
    private readonly ReadOnlySpan<char> _letters = letters;

    public int Length => _letters.Length;

    public char this[int index] => (uint)index < (uint)_letters.Length ? _letters[index] : '\0';

    /// <summary>Whether a part stands at an index that may lie outside.</summary>
    public bool Has(int index, ReadOnlySpan<char> part) =>
        index >= 0 && index + part.Length <= _letters.Length && _letters.Slice(index, part.Length).SequenceEqual(part);

    public bool HasAny(int index, ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (Has(index, part))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether the character at an index is one of some; never outside of the word.</summary>
    public bool IsOneOf(int index, ReadOnlySpan<char> characters) =>
        (uint)index < (uint)_letters.Length && characters.Contains(_letters[index]);

    public bool Contains(ReadOnlySpan<char> part) => _letters.IndexOf(part) >= 0;
}

internal static class Codes
{
    /// <summary>Characters that fit the stack of an encoder: twice the words of up to 256 characters.</summary>
    public const int StackLetters = 512;

    /// <summary>Refuses a destination that can't hold the code.</summary>
    public static Span<char> Destination(Span<char> destination, int length)
    {
        if (destination.Length < length)
        {
            throw new ArgumentException($"must hold at least {length} characters but holds {destination.Length}.", nameof(destination));
        }
        return destination[..length];
    }
}
