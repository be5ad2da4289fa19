using System.Runtime.CompilerServices;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Dates;

/// <summary>A run of digits.</summary>
/// <param name="Long">Its value; digits after the 18th are not counted.</param>
/// <param name="Length">How many digits it has.</param>
internal readonly record struct NumberGroup(long Long, int Length)
{
    public int Value => (int)Math.Min(Long, int.MaxValue);
}

/// <summary>Up to four runs of digits of a text, and the month that a word in it names.</summary>
internal struct Groups
{
    private Buffer _groups;

    /// <summary>How many runs of digits there are.</summary>
    public int Count { get; private set; }

    /// <summary>The month named by a word, or 0.</summary>
    public int Month { get; private set; }

    public readonly NumberGroup this[int index] => _groups[index];

    /// <summary>Reads the text. False when a word is unknown, two months are named, or there are more than four runs or none.</summary>
    public bool TrySplit(ReadOnlySpan<char> folded)
    {
        int position = 0;
        while (position < folded.Length)
        {
            char c = folded[position];
            if (char.IsAsciiDigit(c))
            {
                if (Count == 4)
                {
                    return false;
                }
                _groups[Count++] = ReadNumber(folded, ref position);
            }
            else if (Words.IsWordCharacter(c))
            {
                if (!TryReadWord(folded, ref position))
                {
                    return false;
                }
            }
            else
            {
                position++;
            }
        }
        return Count > 0;
    }

    private static NumberGroup ReadNumber(ReadOnlySpan<char> text, ref int position)
    {
        int start = position;
        long value = 0;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            if (position - start < 18)
            {
                value = (value * 10) + (text[position] - '0');
            }
            position++;
        }
        return new NumberGroup(value, position - start);
    }

    private bool TryReadWord(ReadOnlySpan<char> text, ref int position)
    {
        int start = position;
        while (position < text.Length && Words.IsWordCharacter(text[position]) && !char.IsAsciiDigit(text[position]))
        {
            position++;
        }
        if (!DateWords.TryRead(text[start..position], out int month) || (month > 0 && Month > 0))
        {
            return false;
        }
        Month = Math.Max(Month, month);
        return true;
    }

    [InlineArray(4)]
    private struct Buffer
    {
        private NumberGroup _first;
    }
}
