using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Dates;

/// <summary>Dates as <c>yyyy-MM-dd</c>, partial ones as <c>yyyy-MM</c>, <c>yyyy</c> or <c>--MM-dd</c>.</summary>
/// <remarks>Impossible dates keep their parts as written and are suspect; text that is no date is kept, cleaned, and suspect.</remarks>
internal sealed class DateStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private readonly DateReader _reader = new(options.DateOrder, options.TwoDigitYearPivot);

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        if (!_reader.TryRead(folded, out DateParts parts))
        {
            int length = MisspelledDate.TryWrite(folded, destination, Options.DateOrder);
            length = length > 0 ? length : Words.Collapse(folded, destination);
            return new StandardizedLength(HasWord(destination[..length]) ? length : 0, ValueQuality.Suspect);
        }
        if (IsPlaceholder(parts))
        {
            return StandardizedLength.Missing;
        }
        bool valid = parts.IsPossible && parts.Has(DatePart.Year);
        return new StandardizedLength(Write(parts, destination), valid ? ValueQuality.Valid : ValueQuality.Suspect);
    }

    private static int Write(DateParts parts, Span<char> destination)
    {
        int length = 0;
        if (parts.Has(DatePart.Year))
        {
            Write2(parts.Year / 100, destination, ref length);
            Write2(parts.Year % 100, destination, ref length);
        }
        else
        {
            destination[length++] = '-';
        }
        if (parts.Has(DatePart.Month))
        {
            destination[length++] = '-';
            Write2(parts.Month, destination, ref length);
        }
        if (parts.Has(DatePart.Day))
        {
            destination[length++] = '-';
            Write2(parts.Day, destination, ref length);
        }
        return length;
    }

    private static void Write2(int value, Span<char> destination, ref int length)
    {
        destination[length++] = (char)('0' + (value / 10 % 10));
        destination[length++] = (char)('0' + (value % 10));
    }

    // Dates that programs write for "none". 1970-01-01 is not one of them: people were born on that day.
    private static bool IsPlaceholder(DateParts parts) =>
        parts is { Year: 0, Month: 0, Day: 0 }
            or { Year: 1900, Month: 1, Day: 1 }
            or { Year: 1, Month: 1, Day: 1 }
            or { Year: 1111, Month: 11, Day: 11 }
            or { Year: 9999, Month: 12, Day: 31 };

    private static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (Words.IsWordCharacter(c))
            {
                return true;
            }
        }
        return false;
    }
}
