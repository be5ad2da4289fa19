using System.Buffers;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>What is done with the words of a text.</summary>
internal enum TokenOrder
{
    /// <summary>They stay as they stand.</summary>
    AsWritten,

    /// <summary>They are sorted by their UTF-16 units.</summary>
    Sorted,

    /// <summary>They are sorted, and each is kept once.</summary>
    Distinct,
}

/// <summary>The words of a text: what stands between white space, as ranges.</summary>
internal ref struct Tokens
{
    /// <summary>Words that fit the caller's stack.</summary>
    public const int StackTokens = 32;

    private readonly ReadOnlySpan<char> _text;
    private Span<Range> _ranges;
    private Range[]? _rented;

    /// <summary>Finds the words of a text.</summary>
    public Tokens(ReadOnlySpan<char> text, Span<Range> stack, TokenOrder order)
    {
        _text = text;
        _ranges = stack;
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool isInside = i < text.Length && !char.IsWhiteSpace(text[i]);
            if (isInside && start < 0)
            {
                start = i;
            }
            else if (!isInside && start >= 0)
            {
                Add(new Range(start, i));
                start = -1;
            }
        }
        if (order != TokenOrder.AsWritten)
        {
            Sort();
        }
        if (order == TokenOrder.Distinct)
        {
            KeepDistinct();
        }
    }

    /// <summary>How many words there are.</summary>
    public int Count { get; private set; }

    public readonly ReadOnlySpan<char> this[int index] => _text[_ranges[index]];

    /// <summary>Writes the words with one blank between two.</summary>
    /// <returns>How many characters were written; at most the text's length.</returns>
    public readonly int Join(Span<char> destination)
    {
        int length = 0;
        for (int i = 0; i < Count; i++)
        {
            length = Append(this[i], destination, length);
        }
        return length;
    }

    /// <summary>Writes a word behind what is there, with a blank between.</summary>
    public static int Append(ReadOnlySpan<char> word, Span<char> destination, int length)
    {
        if (length > 0)
        {
            destination[length++] = ' ';
        }
        word.CopyTo(destination[length..]);
        return length + word.Length;
    }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<Range>.Shared.Return(_rented);
        }
    }

    private void Add(Range range)
    {
        if (Count == _ranges.Length)
        {
            Range[] rented = ArrayPool<Range>.Shared.Rent(Math.Max(2 * StackTokens, Count * 2));
            _ranges.CopyTo(rented);
            if (_rented is not null)
            {
                ArrayPool<Range>.Shared.Return(_rented);
            }
            _ranges = _rented = rented;
        }
        _ranges[Count++] = range;
    }

    private readonly void Sort()
    {
        for (int i = 1; i < Count; i++)
        {
            Range moved = _ranges[i];
            int at = i;
            while (at > 0 && _text[_ranges[at - 1]].SequenceCompareTo(_text[moved]) > 0)
            {
                _ranges[at] = _ranges[at - 1];
                at--;
            }
            _ranges[at] = moved;
        }
    }

    private void KeepDistinct()
    {
        int count = Math.Min(Count, 1);
        for (int i = 1; i < Count; i++)
        {
            if (!this[i].SequenceEqual(this[count - 1]))
            {
                _ranges[count++] = _ranges[i];
            }
        }
        Count = count;
    }
}
