using IdentityResolution.Similarity;
using IdentityResolution.Standardization;
using IdentityResolution.Standardization.Names;

namespace IdentityResolution.Features;

/// <summary>Applies transforms to standardized values.</summary>
internal static class Transforms
{
    // Codes are made of the first letters of a word.
    private const int MaxSound = 32;

    private const int LongestParticle = 3;

    /// <summary>Writes what a transform makes of a value.</summary>
    /// <param name="step">The transform.</param>
    /// <param name="value">The value, not empty.</param>
    /// <param name="destination">At least as long as the value, and at least 64.</param>
    /// <param name="nicknames">Which names stand for which; null for the built-in table.</param>
    /// <returns>Characters written; 0 when the value has no such feature.</returns>
    public static int Apply(TransformStep step, ReadOnlySpan<char> value, Span<char> destination, NicknameTable? nicknames = null)
    {
        switch (step.Transform)
        {
            case Transform.Prefix:
                return value.Length < step.Argument ? 0 : Copy(value[..step.Argument], destination);
            case Transform.Suffix:
                return value.Length < step.Argument ? 0 : Copy(value[^step.Argument..], destination);
            case Transform.Initial:
                return Copy(value[..1], destination);
            case Transform.First:
                return Copy(FirstWord(value), destination);
            case Transform.Last:
                return Copy(value[(value.LastIndexOf(' ') + 1)..], destination);
            case Transform.Sorted:
                return SortWords(value, destination);
            case Transform.Digits:
                return Digits(value, destination);
            case Transform.Soundex:
                return Soundex.Encode(FirstSound(value, stackalloc char[MaxSound]), destination);
            case Transform.Metaphone:
                return DoubleMetaphone.Encode(FirstSound(value, stackalloc char[MaxSound]), destination);
            case Transform.Formal:
                return Copy((nicknames ?? NicknameTable.Default).Canonical(FirstWord(value)), destination);
            case Transform.Year:
                return HasYear(value) ? Copy(value[..4], destination) : 0;
            case Transform.YearMonth:
                return HasYear(value) && value.Length >= 7 ? Copy(value[..7], destination) : 0;
            case Transform.MonthDay:
                return HasYear(value) && value.Length == 10 ? Copy(value[5..], destination) : 0;
            case Transform.Local:
                return value.LastIndexOf('@') is var at and > 0 ? Copy(value[..at], destination) : 0;
            case Transform.Domain:
                return value.LastIndexOf('@') is var sign and >= 0 ? Copy(value[(sign + 1)..], destination) : 0;
            case Transform.Area:
                return Copy(PostalCode.Area(value), destination);
            case Transform.Number:
                StreetAddress.Split(value, out ReadOnlySpan<char> number, out _, out _, out _);
                return Copy(number, destination);
            case Transform.Street:
                StreetAddress.Split(value, out _, out ReadOnlySpan<char> street, out _, out _);
                return Copy(street, destination);
            case Transform.Generation:
                return Copy(NameGeneration.Of(value), destination);
            case Transform.Words:
                // A value that is a word already, as the feature map hands them over one by one.
                return Copy(value, destination);
            case Transform.MinHash:
                // A value has several bands, and no single one; the band table makes them.
                return 0;
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }
    }

    /// <summary>What transforms make of a value one after the other; empty when it has no such feature.</summary>
    public static string ApplyAll(IReadOnlyList<TransformStep> steps, string value, NicknameTable? nicknames = null)
    {
        foreach (TransformStep step in steps)
        {
            if (value.Length == 0)
            {
                break;
            }
            var buffer = new char[Math.Max(64, value.Length * 2)];
            value = new string(buffer, 0, Apply(step, value, buffer, nicknames));
        }
        return value;
    }

    private static int Copy(ReadOnlySpan<char> value, Span<char> destination)
    {
        value.CopyTo(destination);
        return value.Length;
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> value) => value.IndexOf(' ') is var end and > 0 ? value[..end] : value;

    // The first word; short ones (mc, de, la) are spoken, and often written, as one with what follows.
    private static ReadOnlySpan<char> FirstSound(ReadOnlySpan<char> value, Span<char> joined)
    {
        int length = 0;
        foreach (char c in value)
        {
            if (c == ' ' && length > LongestParticle)
            {
                break;
            }
            if (c != ' ' && length < joined.Length)
            {
                joined[length++] = c;
            }
        }
        return joined[..length];
    }

    private static bool HasYear(ReadOnlySpan<char> value) =>
        value.Length >= 4 && !value[..4].ContainsAnyExceptInRange('0', '9') && (value.Length == 4 || value[4] == '-');

    private static int Digits(ReadOnlySpan<char> value, Span<char> destination)
    {
        int length = 0;
        foreach (char c in value)
        {
            if (char.IsAsciiDigit(c))
            {
                destination[length++] = c;
            }
        }
        return length;
    }

    private static int SortWords(ReadOnlySpan<char> value, Span<char> destination)
    {
        string[] words = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(words, StringComparer.Ordinal);
        return Copy(string.Join(' ', words), destination);
    }
}
