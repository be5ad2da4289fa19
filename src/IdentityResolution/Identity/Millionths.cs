namespace IdentityResolution.Identity;

/// <summary>Match probabilities as whole millionths, so that a file, a database and memory hold the same number.</summary>
internal static class Millionths
{
    /// <summary>Stands for no probability.</summary>
    public const int None = -1;

    private const int One = 1_000_000;

    /// <summary>The length of a probability as text.</summary>
    public const int TextLength = 8;

    /// <summary>Rounds a probability to the nearest millionth.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1].</exception>
    public static int From(double? probability)
    {
        if (probability is not { } value)
        {
            return None;
        }
        if (value is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), "A match probability must be in [0, 1].");
        }
        return (int)Math.Round(value * One);
    }

    /// <summary>The probability, or null.</summary>
    public static double? ToProbability(int millionths) => millionths < 0 ? null : millionths / (double)One;

    /// <summary>Writes a probability as text with six decimals, for example <c>0.998700</c>.</summary>
    public static void Write(int millionths, Span<byte> text)
    {
        text[0] = (byte)(millionths >= One ? '1' : '0');
        text[1] = (byte)'.';
        int rest = millionths >= One ? 0 : millionths;
        for (int i = TextLength - 1; i > 1; i--)
        {
            (rest, int digit) = Math.DivRem(rest, 10);
            text[i] = (byte)('0' + digit);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; shorter fractions are read too.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out int millionths)
    {
        millionths = None;
        if (text.Length is 0 or > TextLength || text[0] is not ((byte)'0' or (byte)'1') || (text.Length > 1 && text[1] != '.'))
        {
            return false;
        }
        int value = text[0] - '0';
        for (int i = 2; i < TextLength; i++)
        {
            int digit = i < text.Length ? text[i] - '0' : 0;
            if (digit is < 0 or > 9)
            {
                return false;
            }
            value = (value * 10) + digit;
        }
        if (value > One)
        {
            return false;
        }
        millionths = value;
        return true;
    }
}
