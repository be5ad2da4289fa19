namespace IdentityResolution.Similarity.Letters;

/// <summary>A letter that no single character stands for: where it is in the rewritten texts, and its code points among the keys.</summary>
internal readonly record struct NumberedLetter(int Place, int KeyStart, int KeyLength);

/// <summary>Rewrites texts with one character per unit.</summary>
/// <remarks>
/// Letters without a character of their own get numbers in the order of their code points, so the numbers depend on which letters the texts
/// hold, not on where. Surrogates serve first: after the rewriting no other unit is one.
/// </remarks>
internal ref struct UnitWriter
{
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';

    private readonly Span<char> _units;
    private readonly Span<NumberedLetter> _letters;
    private readonly Span<int> _keys;
    private int _unitCount;
    private int _letterCount;
    private int _keyLength;

    /// <summary>Prepares the rewriting.</summary>
    /// <param name="units">Receives the units; as long as all texts together.</param>
    /// <param name="letters">As long.</param>
    /// <param name="keys">As long, times <see cref="CanonicalForm.MaxExpansion"/>.</param>
    public UnitWriter(Span<char> units, Span<NumberedLetter> letters, Span<int> keys)
    {
        _units = units;
        _letters = letters;
        _keys = keys;
    }

    /// <summary>Adds a text; what it holds of numbered letters is filled in by <see cref="TryNumber"/>.</summary>
    /// <returns>How many units it has.</returns>
    public int Add(ReadOnlySpan<char> text, TextUnit unit)
    {
        int start = _unitCount;
        while (!text.IsEmpty)
        {
            int length = LetterSplitter.NextLength(text, unit);
            ReadOnlySpan<char> letter = text[..length];
            bool isItself = length == 1 && (unit == TextUnit.CodePoint ? !char.IsSurrogate(letter[0]) : PlainLetters.Contains(letter[0]));
            _units[_unitCount] = isItself ? letter[0] : ComposeOrKeep(letter, unit);
            _unitCount++;
            text = text[length..];
        }
        return _unitCount - start;
    }

    /// <summary>Gives every letter without a character its number.</summary>
    /// <returns>Whether there were numbers enough.</returns>
    public readonly bool TryNumber()
    {
        Span<NumberedLetter> letters = _letters[.._letterCount];
        LetterSort.Sort(letters, _keys);
        var free = new FreeNumbers(_units[.._unitCount]);
        try
        {
            char number = FirstSurrogate;
            for (int i = 0; i < letters.Length; i++)
            {
                bool isNew = i > 0 && LetterSort.Compare(letters[i - 1], letters[i], _keys) != 0;
                if (isNew && number is >= FirstSurrogate and < LastSurrogate)
                {
                    number++;
                }
                else if (isNew && !free.TryNext(out number))
                {
                    return false;
                }
                _units[letters[i].Place] = number;
            }
            return true;
        }
        finally
        {
            free.Dispose();
        }
    }

    private char ComposeOrKeep(ReadOnlySpan<char> letter, TextUnit unit)
    {
        Span<int> rest = _keys[_keyLength..];
        int length = unit == TextUnit.CodePoint ? CanonicalForm.Copy(letter, rest) : CanonicalForm.Decompose(letter, rest);
        if (CanonicalForm.TryCompose(rest[..length], out char composed))
        {
            return composed;
        }
        _letters[_letterCount++] = new NumberedLetter(_unitCount, _keyLength, length);
        _keyLength += length;
        return FirstSurrogate;
    }
}
