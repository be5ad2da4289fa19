namespace IdentityResolution.Similarity.Kernels;

/// <summary>The units that occur in some values, numbered from 1 in the order in which they are met; 0 is every other unit.</summary>
internal sealed class Symbols
{
    /// <summary>The most units that get a number.</summary>
    public const int MaxCount = 255;

    private readonly byte[] _narrow = new byte[256];
    private readonly Dictionary<char, byte> _wide = [];

    /// <summary>How many units have a number.</summary>
    public int Count { get; private set; }

    /// <summary>Memory held, about. Bytes.</summary>
    public long AllocatedBytes => _narrow.Length + (_wide.Count * 16L);

    /// <summary>Numbers a text's units.</summary>
    /// <param name="text">The text.</param>
    /// <param name="numbers">Receives the number of each; as long as the text or longer.</param>
    /// <returns>Whether all of them have a number.</returns>
    public bool TryAdd(ReadOnlySpan<char> text, Span<byte> numbers)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int number = Find(text[i]);
            if (number == 0)
            {
                if (Count == MaxCount)
                {
                    return false;
                }
                number = Add(text[i]);
            }
            numbers[i] = (byte)number;
        }
        return true;
    }

    /// <summary>A unit's number, or 0 when it has none.</summary>
    public int Find(char unit) => unit < _narrow.Length ? _narrow[unit] : _wide.GetValueOrDefault(unit);

    private int Add(char unit)
    {
        Count++;
        if (unit < _narrow.Length)
        {
            _narrow[unit] = (byte)Count;
        }
        else
        {
            _wide.Add(unit, (byte)Count);
        }
        return Count;
    }
}
