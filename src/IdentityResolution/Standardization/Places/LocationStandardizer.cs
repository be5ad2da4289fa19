using System.Globalization;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>A place on Earth as <c>latitude longitude</c> in decimal degrees with five decimals at most, which is a metre: <c>51.5074 -0.1278</c>.</summary>
/// <remarks>
/// Reads pairs with any separator, hemisphere letters in place of signs, decimal commas where a blank or semicolon separates, and <c>POINT(longitude latitude)</c>.
/// What is no such pair, or lies outside of the Earth, is suspect. The point 0 0 in the Atlantic is what programs write that know no place: missing.
/// </remarks>
internal sealed class LocationStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private const int MaxLengthOfNumber = 40;

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = Words.Collapse(folded, destination);
        if (TryParse(destination[..length], out double latitude, out double longitude))
        {
            if (latitude == 0 && longitude == 0)
            {
                return StandardizedLength.Missing;
            }
            // The text is parsed, so its place can be written over; Slack is room enough.
            latitude.TryFormat(destination, out int first, "0.#####", CultureInfo.InvariantCulture);
            destination[first++] = ' ';
            longitude.TryFormat(destination[first..], out int second, "0.#####", CultureInfo.InvariantCulture);
            return new StandardizedLength(first + second, ValueQuality.Valid);
        }
        bool any = false;
        foreach (char c in destination[..length])
        {
            any |= Words.IsWordCharacter(c);
        }
        return new StandardizedLength(any ? length : 0, ValueQuality.Suspect);
    }

    private static bool TryParse(ReadOnlySpan<char> text, out double latitude, out double longitude)
    {
        (latitude, longitude) = (0, 0);
        bool isPoint = text.StartsWith("point", StringComparison.Ordinal);
        text = (isPoint ? text[5..] : text).Trim(" ()[]");
        bool commaIsDecimal = !text.Contains('.') && (text.Contains(';') || (text.Count(',') == 2 && text.IndexOf(", ") < 0));
        (bool Is, double Value, char Hemisphere) first = default;
        (bool Is, double Value, char Hemisphere) second = default;
        while (!text.IsEmpty)
        {
            ReadOnlySpan<char> token = ReadToken(ref text, commaIsDecimal);
            if (token.IsEmpty)
            {
                continue;
            }
            // A hemisphere stands behind its number, with or without a blank.
            if (token is "n" or "s" or "e" or "w")
            {
                ref (bool Is, double Value, char Hemisphere) last = ref second.Is ? ref second : ref first;
                if (!last.Is || last.Hemisphere != '\0')
                {
                    return false;
                }
                last.Hemisphere = token[0];
            }
            else if (second.Is || !TryParseNumber(token, commaIsDecimal, out double value, out char hemisphere))
            {
                return false;
            }
            else if (first.Is)
            {
                second = (true, value, hemisphere);
            }
            else
            {
                first = (true, value, hemisphere);
            }
        }
        bool swapped = isPoint || first.Hemisphere is 'e' or 'w' || second.Hemisphere is 'n' or 's';
        (latitude, longitude) = swapped ? (Signed(second), Signed(first)) : (Signed(first), Signed(second));
        // Rounded, so that a form is its own form; adding zero takes the sign from it.
        (latitude, longitude) = (Math.Round(latitude, 5) + 0.0, Math.Round(longitude, 5) + 0.0);
        return second.Is && IsOf(swapped ? second : first, 'n', 's') && IsOf(swapped ? first : second, 'e', 'w')
            && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180;
    }

    private static ReadOnlySpan<char> ReadToken(ref ReadOnlySpan<char> text, bool commaIsDecimal)
    {
        int end = text.IndexOfAny(commaIsDecimal ? " ;" : " ;,");
        ReadOnlySpan<char> token = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[(end + 1)..];
        return token;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> token, bool commaIsDecimal, out double value, out char hemisphere)
    {
        hemisphere = token[^1] is 'n' or 's' or 'e' or 'w' ? token[^1] : '\0';
        token = (hemisphere == '\0' ? token : token[..^1]).TrimEnd('°');
        value = 0;
        if (token.Length is 0 or > MaxLengthOfNumber)
        {
            return false;
        }
        Span<char> number = stackalloc char[token.Length];
        token.CopyTo(number);
        if (commaIsDecimal)
        {
            number.Replace(',', '.');
        }
        return double.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            && (hemisphere == '\0' || value >= 0);
    }

    private static double Signed((bool Is, double Value, char Hemisphere) number) => number.Hemisphere is 's' or 'w' ? -number.Value : number.Value;

    private static bool IsOf((bool Is, double Value, char Hemisphere) number, char positive, char negative) =>
        number.Hemisphere == '\0' || number.Hemisphere == positive || number.Hemisphere == negative;
}
